// The Data tab: what is in the database, to look at, filter, sort and take away. Wires its parts; each of them does one job.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "engine/model/query.h"
#include "engine/model/schema.h"
#include "views/data/record_text.h"
#include "views/data/record_visits.h"
#include "views/widgets/format.h"
#include "views/widgets/tab_page.h"

class QLabel;
class QStackedWidget;

namespace blazedb::views {

class ColumnStatistics;
class DataBar;
class DataFooter;
class DataSurvey;
class FilterPanel;
class FollowBar;
class ReadingBar;
class RecordFinder;
class RecordFollow;
class RecordGrid;
class RecordPanel;
class RecordQuestion;
class RecordTableModel;
class RecordTaking;
class SavedFilters;
class SourceBanner;
class StatePage;

/// Object names `data.…`; the property `state` is "loading", "ready", "empty", "no match", "failed" or "cancelled". GUI thread only.
class DataTab final : public TabPage {
    Q_OBJECT

public:
    explicit DataTab(const TabContext& context, QWidget* parent = nullptr);
    ~DataTab() override;

    [[nodiscard]] QString statusText() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void connectFollow();
    void connectBar();
    void connectGrid();
    void connectFooter();
    void connectVisits();
    void connectFilters();
    void bind(const char* id, std::function<void()> run);
    void bindCommands();
    void bindFilter();
    void bindGrid();
    void bindPlaces();
    void bindCopies();
    void bindFollow();

    void chooseCollection();
    void refresh();
    void showFollow();
    void showStatistics(const QString& field);
    void filterColumn(const QString& field);
    void showState();
    void showSelection();
    void noteRows(int first, int count);
    void takeSurvey(const model::CollectionStatistics& statistics);
    void setColumns(const QStringList& columns);
    void fillColumnMenu();
    void find(bool isForward);
    void goTo(const QString& place);
    void showRequestedRecord();
    void showRow(int row);
    [[nodiscard]] Visit here() const;
    void followReference();
    void showReferrers();
    void showReference(const model::Uuid& id, bool isShown);
    void visit(const Visit& place);
    void showPlace(quint64 position, const QString& field);
    void chooseZone(ZoneChoice zone);
    void showForms(ZoneChoice zone);
    [[nodiscard]] QString collectionKey(const QString& name) const;
    [[nodiscard]] QString chosenField() const; ///< The column of the current cell, also while the rows are being read anew.

    TabContext m_context;
    QString m_stateKey;
    QString m_lastField;
    QStringList m_referenceFields; ///< Fields that hold UUIDs, without id.
    std::optional<std::pair<quint64, QString>> m_awaited; ///< To be shown as soon as there are so many rows.
    bool m_areColumnsComplete = false;
    RecordTableModel* m_records;
    DataSurvey* m_survey;
    RecordFinder* m_finder;
    RecordFollow* m_follow;
    RecordVisits* m_visits;
    DataBar* m_bar = nullptr;
    SavedFilters* m_filters = nullptr;
    FilterPanel* m_rows = nullptr;
    FollowBar* m_followBar = nullptr;
    SourceBanner* m_source = nullptr;
    ReadingBar* m_reading = nullptr;
    QLabel* m_notice = nullptr;
    QStackedWidget* m_middle = nullptr;
    RecordGrid* m_grid = nullptr;
    RecordPanel* m_panel = nullptr;
    ColumnStatistics* m_statistics = nullptr;
    StatePage* m_statePage = nullptr;
    DataFooter* m_footer = nullptr;
    RecordQuestion* m_question = nullptr;
    RecordTaking* m_taking = nullptr;
};

QWidget* makeDataTab(TabContext context, QWidget* parent);

} // namespace blazedb::views
