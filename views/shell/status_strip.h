// The status bar: state, mode, what the tab says, running tasks.
#pragma once

#include <QStatusBar>

class QLabel;
class QToolButton;

namespace blazedb::views {

class ActivityModel;
class DatabaseView;
class Theme;

/// Object names `main.status…`. GUI thread only.
class StatusStrip final : public QStatusBar {
    Q_OBJECT

public:
    StatusStrip(const Theme& theme, ActivityModel& activity, QWidget* parent = nullptr);

    void showView(const DatabaseView* view); ///< Null: no database is shown.

Q_SIGNALS:
    void activityRequested();

private:
    void showRunning();
    void setIcon(QLabel* label, const QString& iconName);

    const Theme& m_theme;
    ActivityModel& m_activity;
    QLabel* m_stateIcon;
    QLabel* m_state;
    QLabel* m_mode;
    QLabel* m_rows;
    QToolButton* m_tasks;
};

} // namespace blazedb::views
