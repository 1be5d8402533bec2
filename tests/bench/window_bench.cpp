// How the window keeps up with its user: the grid on 100,000 records, and the start of the program. Each figure beside its bar.
// `--write FOLDER` is what it calls itself with, so that writing the database does not count as the window's memory.
#include <algorithm>
#include <filesystem>
#include <random>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "tests/bench/bench_tools.h"
#include "tests/support/memory_state_store.h"
#include "views/commands/command_registry.h"
#include "views/data/data_commands.h"
#include "views/data/data_tab.h"
#include "views/session/session.h"
#include "views/session/stall_watchdog.h"
#include "views/widgets/theme.h"

using namespace blazedb;
using namespace blazedb::bench;

namespace {

constexpr int kRecords = 100'000;
constexpr int kWheelEvents = 2'000;
constexpr int kJumps = 100;
constexpr int kPatienceMs = 60'000;

/// Runs the event loop until the condition holds; false when that takes a minute. Left by exit(): quit() would close the window.
bool waitFor(const std::function<bool()>& isDone)
{
    QTimer look;
    QElapsedTimer clock;
    clock.start();
    bool isThere = false;
    QObject::connect(&look, &QTimer::timeout, &look, [&] {
        isThere = isDone();
        if (isThere || clock.elapsed() > kPatienceMs) QCoreApplication::exit();
    });
    look.start(5);
    QCoreApplication::exec();
    return isThere;
}

/// A call every few milliseconds out of the event loop, as events of a user come.
void eachTurn(int times, int pauseMs, const std::function<void(int)>& act)
{
    int turn = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        if (turn == times) return QCoreApplication::exit();
        act(turn++);
    });
    timer.start(pauseMs);
    QCoreApplication::exec();
}

/// Counts what is painted: a grid that does not paint is always quick.
class PaintCounter final : public QObject {
public:
    explicit PaintCounter(QWidget* watched) { watched->installEventFilter(this); }
    int paints = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) ++paints;
        return false;
    }
};

bool isLoaded(const QTableView& grid, int row)
{
    const QModelIndex id = grid.model()->index(row, 0);
    return id.isValid() && !id.data().toString().isEmpty();
}

/// The grid in a window that is shown; its memory is counted from the same window without it.
void measureGrid(const std::string& path, views::Theme& theme)
{
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    window.resize(1360, 860);
    window.show();
    eachTurn(20, 10, [](int) {});
    const double idle = residentMegabytes();
    const auto tell = [idle](const char* when) { fmt::print("    {}: {:.1f} MB above the idle window\n", when, residentMegabytes() - idle); };

    tests::MemoryStateStore state;
    views::CommandRegistry commands;
    views::registerDataCommands(commands);
    views::Session session(openFamily(path), state);
    tell("opened");
    const std::unique_ptr<QWidget> tab(views::makeDataTab({session, commands, theme}, &window));
    layout->addWidget(tab.get());
    tab->show();
    auto* grid = tab->findChild<QTableView*>(QStringLiteral("data.grid"));
    const bool isReady = waitFor([&] { return grid->model()->rowCount() == kRecords && isLoaded(*grid, 0) && session.jobs().isDrained(); });
    if (!isReady) return reportMissing("grid on 100,000 records", "the records did not come within a minute");

    tell("all records looked through");

    views::StallWatchdog watchdog;
    eachTurn(20, 10, [](int) {});
    const PaintCounter painted(grid->viewport());
    watchdog.reset();
    eachTurn(kWheelEvents, 4, [grid](int) {
        const QPointF at(grid->viewport()->rect().center());
        QCoreApplication::postEvent(grid->viewport(), new QWheelEvent(at, grid->viewport()->mapToGlobal(at), {}, QPoint(0, -120), Qt::NoButton,
                                                                      Qt::NoModifier, Qt::NoScrollPhase, false));
    });
    const int scrolled = grid->verticalScrollBar()->value();
    report("2,000 wheel events, longest gap of the event loop", static_cast<double>(watchdog.gapMsMax()), 100, "ms");
    // Each notch is at least a row, so a grid that stood still cannot pass.
    if (scrolled < kWheelEvents || painted.paints < kWheelEvents / 4) reportMissing("2,000 wheel events", "the grid did not scroll or paint");

    fmt::print("    {} paints\n", painted.paints);
    tell("scrolled");

    watchdog.reset();
    std::mt19937 random(28);
    int missed = 0;
    for (int jump = 0; jump < kJumps; ++jump) {
        const int row = static_cast<int>(random() % kRecords);
        grid->verticalScrollBar()->setValue(row);
        const int top = grid->verticalScrollBar()->value();
        if (!waitFor([&] { return isLoaded(*grid, top); })) ++missed;
    }
    report("100 jumps, longest gap of the event loop", static_cast<double>(watchdog.gapMsMax()), 100, "ms");
    if (missed > 0) reportMissing("100 jumps", "rows did not come within a minute");
    report("memory above the idle window", residentMegabytes() - idle, 64, "MB");
}

/// From the start of the process until its window answers a look-up by name; the end of the process is counted too.
void measureStart()
{
    constexpr const char* kWhat = "start of the program to a usable window";
    QProcess server;
    server.start(QStringLiteral("Xvfb"), {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                                          QStringLiteral("1600x1000x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    if (!server.waitForStarted() || !server.waitForReadyRead(10'000)) return reportMissing(kWhat, "Xvfb could not be started");
    const QString display = QLatin1Char(':') + QString::fromLatin1(server.readAllStandardOutput()).trimmed();

    QTemporaryDir folder;
    QFile script(folder.filePath(QStringLiteral("usable.json")));
    if (!script.open(QIODevice::WriteOnly) || script.write(R"([{"wait-for":"main.start","property":"visible","value":true}])") < 0) std::exit(1);
    script.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DISPLAY"), display);
    environment.insert(QStringLiteral("BLAZEDB_TEST_MODE"), QStringLiteral("1"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    bool hasFailed = false;
    const double taken = median([&] {
        QProcess program;
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        return seconds([&] {
            program.start(QStringLiteral(BLAZEDB_VISUALIZER), {QStringLiteral("--new-instance"), QStringLiteral("--settings-dir"), folder.path(),
                                                               QStringLiteral("--ui-script"), script.fileName()});
            hasFailed = !program.waitForFinished(kPatienceMs) || program.exitCode() != 0 || hasFailed;
        });
    });
    server.terminate();
    server.waitForFinished();
    if (hasFailed) return reportMissing(kWhat, "the program did not end well");
    report(kWhat, taken, 0.7, "s");
}

} // namespace

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--write") {
        writeFamily(argv[2], kRecords);
        return 0;
    }
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    views::Theme theme;
    theme.apply(views::ThemeChoice::Light);
    const QTemporaryDir folder;
    if (QProcess::execute(QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), folder.path()}) != 0) return 1;
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / fmt::format("bench-{}.blazedb", kRecords);
    measureGrid(path.string(), theme);
    measureStart();
    return exitCode();
}
