// The Activity panel: what runs, how far it is, how to stop it, and what ran before.
#pragma once

#include <QWidget>

class QPushButton;
class QTreeView;

namespace blazedb::views {

class ActivityModel;

/// Object names `activity.…`. GUI thread only.
class ActivityPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ActivityPanel(ActivityModel& model, QWidget* parent = nullptr);

private:
    void build();
    void refreshButtons();

    ActivityModel& m_model;
    QTreeView* m_list;
    QPushButton* m_cancel;
    QPushButton* m_clear;
};

} // namespace blazedb::views
