// What opening and reading met: a banner above the tabs, and the list behind it.
#pragma once

#include <vector>

#include <QAbstractTableModel>
#include <QWidget>

#include "engine/model/finding.h"

class QFrame;
class QLabel;
class QPushButton;
class QTreeView;

namespace blazedb::views {

class Session;
class Theme;

/// The findings of a session, worst first. Rows are only looked up.
class FindingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Severity, What, Where, Advice, ColumnCount };

    FindingsModel(const Theme& theme, QObject* parent);
    void setFindings(std::vector<model::Finding> findings);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const model::Finding& finding, int column) const;

    const Theme& m_theme;
    std::vector<model::Finding> m_findings;
};

/// Hidden while there is nothing to say. Object names `main.banner…` and `main.findings`. GUI thread only.
class FindingsPanel final : public QWidget {
    Q_OBJECT

public:
    /// Borrows both.
    FindingsPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    void rescueRequested();

private:
    void build();
    void refresh();
    void foldList(bool isOpen);

    Session& m_session;
    const Theme& m_theme;
    FindingsModel* m_model;
    QFrame* m_banner;
    QLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_explanation;
    QPushButton* m_fold;
    QPushButton* m_dismiss;
    QPushButton* m_rescue;
    QTreeView* m_list;
    bool m_isDismissed = false;
};

/// The words of the banner for these findings; empty when there are none. Translated.
QString findingsSentence(const std::vector<model::Finding>& findings, bool isRescue);

} // namespace blazedb::views
