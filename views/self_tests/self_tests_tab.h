// The Tests tab: is it really sound?
#pragma once

#include "engine/base/result.h"
#include "views/self_tests/test_run.h"
#include "views/widgets/tab_page.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace blazedb::views {

class JobProgressStrip;
class RunHistory;
class StatePage;
class TestFindingsModel;
class TestListModel;

/// Object names `tests.…`; the property `state` is "not run", "loading", "stale" (held by Pause), "ready", "cancelled" or
/// "failed". Looking never changes the database. GUI thread only.
class SelfTestsTab final : public TabPage {
    Q_OBJECT

public:
    explicit SelfTestsTab(const TabContext& context, QWidget* parent = nullptr);

    [[nodiscard]] QString statusText() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override; ///< Enter in the list of tests.

private:
    void build();
    QWidget* buildBar();
    QWidget* buildChoice();
    QWidget* buildHistory();
    QWidget* buildResult();
    void connectParts();
    void bindCommands();

    void runTicked();
    void runSelected();
    void run(const QStringList& rules);
    void accept(const QStringList& rules, Result<model::VerifyReport> report);
    void showStopped(const Error& error);
    void showRun(const TestRun& run);
    void showHistoryRow();
    void compareSelected();
    void showComparison(const TestRun& older, const TestRun& newer);
    void showFindings(std::vector<ComparedFinding> findings, bool isComparison);
    void sayWhatIsShown();
    void setState(const QString& state);
    void refreshActions();
    void copyFindings();
    void exportReport();
    void exportReportTo(const QString& path);
    void goToRecord(const QModelIndex& index);
    [[nodiscard]] QList<int> selectedRuns() const; ///< Rows of the history.

    TabContext m_context;
    QString m_stateKey;
    TestListModel* m_tests;
    TestFindingsModel* m_findings;
    RunHistory* m_history;
    TestRun m_shown; ///< What the report exports.
    bool m_hasShown = false;
    quint64 m_job = 0;
    QString m_summaryText;
    QPushButton* m_runAll = nullptr;
    QPushButton* m_runSelected = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_compare = nullptr;
    QLabel* m_freshness = nullptr;
    JobProgressStrip* m_progress = nullptr;
    QTreeView* m_list = nullptr;
    QTreeView* m_runs = nullptr;
    QLabel* m_icon = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_lookedAt = nullptr;
    QLabel* m_message = nullptr;
    QLineEdit* m_filter = nullptr;
    QStackedWidget* m_middle = nullptr;
    StatePage* m_statePage = nullptr;
    QTreeView* m_table = nullptr;
};

QWidget* makeSelfTestsTab(TabContext context, QWidget* parent);

} // namespace blazedb::views
