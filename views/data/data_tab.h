// The Data tab: what is in the database, to look at, filter, sort and take away.
#pragma once

#include "engine/model/query.h"
#include "views/data/export_job.h"
#include "views/widgets/tab_page.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace blazedb::views {

class RecordGrid;
class RecordPanel;
class RecordTableModel;
class StatePage;

/// Object names `data.…`; the property `state` is "loading", "ready", "empty", "no match" or "failed". GUI thread only.
class DataTab final : public TabPage {
    Q_OBJECT

public:
    explicit DataTab(const TabContext& context, QWidget* parent = nullptr);

    [[nodiscard]] QString statusText() const override;

private:
    void build();
    QWidget* buildBar();
    QWidget* buildFooter();
    void bindCommands();
    void connectParts();

    void applyFilter();
    void runQuery();
    void setFilterText(const model::Query& query);
    void narrow(model::ExpressionKind kind, const QString& field, bool usesValue);
    void showState();
    void showTotal();
    void noteRows(int first, int count);
    void survey();
    void fillCollections(const std::vector<model::CollectionSummary>& collections);
    void fillColumnMenu();
    void goTo();
    void showRequestedRecord();
    void findNext();
    void showRow(int row);
    void showPlace(std::uint64_t position, const QString& field);
    void say(const QString& text);
    void copyAs(RecordForm form);
    void exportMatching();
    [[nodiscard]] TakeRequest takeSelection(RecordForm form) const;

    TabContext m_context;
    QString m_stateKey;
    model::Query m_query;
    bool m_areColumnsComplete = false;
    quint64 m_surveyJob = 0;
    quint64 m_findJob = 0;
    RecordTableModel* m_records;
    QComboBox* m_collection = nullptr;
    QLineEdit* m_filter = nullptr;
    QToolButton* m_clear = nullptr;
    QCheckBox* m_deleted = nullptr;
    QToolButton* m_columns = nullptr;
    QLabel* m_problem = nullptr;
    QStackedWidget* m_middle = nullptr;
    RecordGrid* m_grid = nullptr;
    RecordPanel* m_panel = nullptr;
    StatePage* m_statePage = nullptr;
    QLabel* m_total = nullptr;
    QLabel* m_sample = nullptr;
    QLabel* m_message = nullptr;
    QLineEdit* m_find = nullptr;
    QLineEdit* m_goTo = nullptr;
};

QWidget* makeDataTab(TabContext context, QWidget* parent);

} // namespace blazedb::views
