// The Monitor tab: is it well right now?
#pragma once

#include <vector>

#include <QDateTime>

#include "engine/api/monitor.h"
#include "engine/base/error.h"
#include "views/widgets/format.h"
#include "views/widgets/tab_page.h"

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTimer;
class QToolButton;
class QTreeView;

namespace blazedb::views {

class FigureCard;
class HealthCard;
class MeasurementLoop;
class MonitorCard;
class OpenDatabasesModel;
class StatePage;

/// Object names `monitor.…`; the property `state` is "loading", "ready", "stale" (paused, or the last measurement failed) or
/// "failed". GUI thread only.
class MonitorTab final : public TabPage {
    Q_OBJECT

public:
    explicit MonitorTab(const TabContext& context, QWidget* parent = nullptr);

    [[nodiscard]] QString statusText() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QWidget* buildBar();
    QWidget* buildCards();
    QWidget* buildAll();
    void buildMenu();
    void adoptCard(MonitorCard* card, class QLayout* layout);
    void bindCommands();
    void connectParts();

    void accept(const api::Measurement& measurement);
    void refuse(const Error& error);
    void showState();
    void setCardShown(MonitorCard* card, bool isShown);
    void setInterval(int milliseconds);
    void chooseInterval(int milliseconds);
    void followPreferences();
    void setPaused(bool isPaused);
    void showAll(bool isAll);
    void refresh();
    void countRecords();
    void copyJson();
    void copyPrometheus();

    TabContext m_context;
    MeasurementLoop* m_loop;
    OpenDatabasesModel* m_databases = nullptr; ///< Null when the tab stands alone.
    QTimer* m_allTimer;                        ///< Of the page of all databases.
    std::vector<MonitorCard*> m_cards;
    std::vector<FigureCard*> m_figureCards;
    HealthCard* m_health = nullptr;
    QPushButton* m_count = nullptr;
    QToolButton* m_all = nullptr;
    QToolButton* m_pause = nullptr;
    QComboBox* m_interval = nullptr;
    QLabel* m_freshness = nullptr;
    QLabel* m_totals = nullptr;
    QMenu* m_menu = nullptr;
    QStackedWidget* m_pages = nullptr;
    StatePage* m_statePage = nullptr;
    QScrollArea* m_scroll = nullptr;
    QTreeView* m_table = nullptr;
    quint64 m_countJob = 0;
    api::Measurement m_last;
    QDateTime m_allAt; ///< When the page of all databases heard from one last.
    ValueForms m_forms;   ///< In which the figures are written.
    bool m_hasMeasured = false;
    QString m_problem; ///< Why the last measurement failed; empty when it did not.
};

QWidget* makeMonitorTab(TabContext context, QWidget* parent);

} // namespace blazedb::views
