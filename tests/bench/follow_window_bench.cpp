// What the Data tab costs while it follows a family that another process changes 503 times a second, on screen and hidden, and
// how old a change is when it is on screen. Each figure beside its bar.
#include <algorithm>
#include <map>
#include <vector>

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include "engine/local/opener.h"
#include "tests/bench/bench_tools.h"
#include "tests/bench/steady_writer.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/swift_family_writer.h"
#include "views/commands/command_registry.h"
#include "views/data/data_commands.h"
#include "views/data/data_tab.h"
#include "views/data/record_table_model.h"
#include "views/session/session.h"
#include "views/session/stall_watchdog.h"
#include "views/widgets/theme.h"

using namespace blazedb;
using namespace blazedb::bench;

namespace {

constexpr int kWarmUpMs = 4'000;
constexpr int kMeasuredMs = 15'000;
constexpr int kMiddle = 4'000;

void runFor(int ms)
{
    QTimer::singleShot(ms, qApp, [] { QCoreApplication::exit(); });
    QCoreApplication::exec();
}

/// How old each new revision is when its row is drawn with it.
class DelayMeter {
public:
    DelayMeter(QTableView& grid, const SteadyBoard& board)
        : m_grid(grid)
        , m_model(*qobject_cast<views::RecordTableModel*>(grid.model()))
        , m_board(board)
    {
    }
    void look()
    {
        const std::int64_t now = steadyNowNs();
        const int last = m_grid.rowAt(m_grid.viewport()->height() - 1);
        std::map<model::Uuid, std::int64_t> shown;
        for (int row = std::max(0, m_grid.rowAt(0)); row <= last; ++row) {
            const api::RecordRow* record = m_model.row(row);
            if (!record) continue;
            const auto revision = *record->record.find("revision")->value.as<std::int64_t>();
            shown[record->record.id] = revision;
            const auto before = m_shown.find(record->record.id);
            if (before == m_shown.end() || before->second == revision) continue;
            const std::int64_t written = m_board.writtenAt[revision];
            delaysMs.push_back(written == 0 ? 0 : static_cast<double>(now - written) / 1e6);
        }
        m_shown = std::move(shown);
    }
    std::vector<double> delaysMs;

private:
    QTableView& m_grid;
    views::RecordTableModel& m_model;
    const SteadyBoard& m_board;
    std::map<model::Uuid, std::int64_t> m_shown;
};

double coreShareOver(int ms)
{
    QElapsedTimer clock;
    clock.start();
    const double before = processorSeconds();
    runFor(ms);
    return (processorSeconds() - before) / (static_cast<double>(clock.elapsed()) / 1e3);
}

void measure(const std::string& path, const SteadyBoard& board)
{
    views::Theme theme;
    theme.apply(views::ThemeChoice::Light);
    local::Opener opener;
    tests::MemoryStateStore state;
    views::Session session(std::shared_ptr<api::DataSource>(need(opener.open({}, {path, SecureBytes::fromText(tests::SwiftFamilyWriter::kPassword), local::OpenMode::Observe}))), state);
    views::CommandRegistry commands;
    views::registerDataCommands(commands);
    const std::unique_ptr<QWidget> tab(views::makeDataTab({session, commands, theme}, nullptr));
    tab->resize(1200, 800);
    tab->show();
    auto* grid = tab->findChild<QTableView*>(QStringLiteral("data.grid"));
    runFor(kWarmUpMs);
    tab->findChild<QToolButton*>(QStringLiteral("data.follow"))->click();
    grid->verticalScrollBar()->setValue(kMiddle);
    runFor(kWarmUpMs);

    views::StallWatchdog watchdog;
    watchdog.reset();
    report("following on screen: share of a core", 100 * coreShareOver(kMeasuredMs), 25, "%");
    report("following on screen: longest time without an answer", static_cast<double>(watchdog.gapMsMax()), 100, "ms");

    DelayMeter meter(*grid, board);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &look, [&meter] { meter.look(); });
    look.start(20);
    runFor(kMeasuredMs);
    look.stop();
    std::sort(meter.delaysMs.begin(), meter.delaysMs.end());
    if (meter.delaysMs.empty()) reportMissing("a change on screen", "none was on screen");
    else report("a change on screen, 99 of 100 within", meter.delaysMs[meter.delaysMs.size() * 99 / 100], 1'000, "ms");

    tab->hide();
    runFor(kWarmUpMs / 4);
    report("following hidden: share of a core", 100 * coreShareOver(kMeasuredMs), 10, "%");
}

} // namespace

int main(int argc, char** argv)
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("follow.blazedb")).toStdString();
    const SteadyWriter writer(path); // before Qt has threads
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    measure(path, writer.board());
    return exitCode();
}
