#include "app/visualizer/program.h"

#include <cstdio>
#include <optional>

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QMessageBox>
#include <QTimer>

#include "app/visualizer/dbus_desktop_watch.h"
#include "app/visualizer/end_signals.h"
#include "app/visualizer/file_state_store.h"
#include "app/visualizer/identity.h"
#include "app/visualizer/keychain.h"
#include "app/visualizer/local_source_opener.h"
#include "app/visualizer/lock_rules.h"
#include "app/visualizer/program_folders.h"
#include "app/visualizer/program_options.h"
#include "app/visualizer/sample_database.h"
#include "app/visualizer/screenshot.h"
#include "app/visualizer/settings.h"
#include "app/visualizer/settings_effects.h"
#include "app/visualizer/settings_page.h"
#include "app/visualizer/single_instance.h"
#include "app/visualizer/ui_script.h"
#include "engine/base/log_file.h"
#include "engine/base/logger.h"
#include "views/commands/command_registry.h"
#include "views/session/job_runner.h"
#include "views/session/stall_watchdog.h"
#include "views/shell/log_ring.h"
#include "views/shell/main_window.h"
#include "views/shell/place_list.h"
#include "views/shell/remembered_secrets.h"
#include "views/widgets/text.h"
#include "views/widgets/view_preferences.h"

namespace blazedb::app {
namespace {

constexpr int kExitFailed = 1;
const QSize kFirstSize(1360, 860);

void print(FILE* stream, const QString& text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
}

/// Everything the window borrows, and the window; goes in the reverse order.
class Program {
public:
    explicit Program(const ProgramOptions& options)
        : m_options(options)
        , m_folders(programFolders(options.settingsFolder))
        , m_settingsFile(m_folders.settings + QStringLiteral("/settings.ini"))
        , m_stateFile(m_folders.settings + QStringLiteral("/state.ini"))
        , m_settings(m_settingsFile)
        , m_log(std::make_shared<views::LogRing>())
        , m_watchdog([this](std::chrono::milliseconds soFar) {
            m_logger.log(LogLevel::Warning, "window", "the window has not answered for " + std::to_string(soFar.count()) + " ms");
        })
    {
        m_logger.addSink([log = m_log](const LogLine& line) { log->append(line); });
        startLogFile();
        m_logger.log(LogLevel::Info, "app", "BlazeDB Visualizer " BLAZEDB_VERSION " started");
        m_theme.apply(options.theme.value_or(m_settings.theme()));
        m_effects.emplace(m_settings, m_theme, m_preferences, m_commands);
        makeWindow();
        m_effects->applyKeys();
        obeySettings();
        m_lockRules.emplace(m_settings, m_desktop, [this](const QString& why) { m_window->lockAutomatically(why); });
        m_desktop.listen(m_window->jobs());
        // The session manager or a signal may end the program without closing the window.
        const auto keep = [this] { m_window->saveState(); };
        QObject::connect(qApp, &QGuiApplication::saveStateRequest, &*m_window, keep, Qt::DirectConnection);
        QObject::connect(&m_endSignals, &EndSignals::arrived, &*m_window, [keep] {
            keep();
            QCoreApplication::quit();
        });
    }

    /// Shows the window and opens what was asked for.
    void start()
    {
        if (!m_options.isSafeMode && m_settings.restoresSession()) m_window->restoreState();
        if (m_options.size) m_window->resize(*m_options.size);
        m_window->show();
        sayWhatWasSetAside();
        open(m_options.files);
        if (m_options.opensSample) openSample();
        automate();
    }

    void open(const QStringList& files)
    {
        views::MainWindow* const window = m_window->front();
        window->openPlaces(files);
        window->raise();
        window->activateWindow();
    }

    /// Makes the sample if need be, shows and unlocks it.
    void openSample()
    {
        m_window->jobs().run(
            {.title = QObject::tr("Open the sample"), .context = &*m_window},
            [folder = m_folders.data](const api::CallContext& context) { return ensureSample(context, folder); },
            [this](Result<QString> path) {
                if (path) return m_window->front()->openAndUnlock(*path);
                if (path.error().code == ErrorCode::Cancelled) return;
                const std::string why = "the sample could not be made: " + path.error().message;
                m_logger.log(LogLevel::Error, "app", why);
                print(stderr, QStringLiteral("blazedb-visualizer: %1\n").arg(views::toQString(why)));
                auto* const box = new QMessageBox(QMessageBox::Warning, QObject::tr("The sample could not be made"),
                                                  views::toQString(path.error().message), QMessageBox::Ok, m_window->front());
                box->setObjectName(QStringLiteral("main.sampleProblem"));
                box->setAttribute(Qt::WA_DeleteOnClose);
                box->open();
            });
    }

private:
    /// The program goes on without one; the log then says why there is none.
    void startLogFile()
    {
        auto file = LogFile::open(views::toUtf8(m_folders.logs + QStringLiteral("/visualizer.log")));
        if (!file) return m_logger.log(LogLevel::Warning, "app", "there is no log file: " + file.error().message);
        m_logger.addSink([log = std::shared_ptr<LogFile>(std::move(*file))](const LogLine& line) { log->append(line); });
    }

    void sayWhatWasSetAside()
    {
        QStringList problems{m_settingsFile.problem(), m_stateFile.problem()};
        problems.removeAll(QString());
        if (problems.isEmpty()) return;
        m_logger.log(LogLevel::Warning, "app", views::toUtf8(problems.join(QLatin1Char(' '))));
        auto* const box = new QMessageBox(QMessageBox::Warning, QObject::tr("Settings were set aside"), problems.join(QStringLiteral("\n\n")),
                                          QMessageBox::Ok, &*m_window);
        box->setObjectName(QStringLiteral("main.settingsProblem"));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    }

    [[nodiscard]] views::SearchOrder searchOrder() const
    {
        views::SearchOrder order;
        for (const QString& folder : m_settings.searchFolders()) order.folders.push_back(views::toUtf8(folder));
        for (const QString& name : m_settings.searchExclusions()) order.excludedNames.push_back(views::toUtf8(name));
        order.excludedPaths = {views::toUtf8(m_folders.data)}; // the program's own
        order.depthMax = static_cast<std::size_t>(m_settings.searchDepth());
        return order;
    }

    void makeWindow()
    {
        views::ShellParts parts{.opener = m_opener, .commands = m_commands, .theme = m_theme, .state = m_stateFile, .log = m_log};
        parts.makeSettingsPage = [this](QWidget* parent) {
            return new SettingsPage({.settings = m_settings,
                                     .theme = m_theme,
                                     .commands = m_commands,
                                     .files = {.jobs = m_window->jobs()},
                                     .secrets = &m_secrets,
                                     .desktop = &m_desktop,
                                     .folder = m_folders.settings},
                                    parent);
        };
        parts.preferences = &m_preferences;
        parts.openSample = [this] { openSample(); };
        parts.publicPassword = [sample = samplePath(m_folders.data)](const QString& place) {
            return place == sample ? QString::fromLatin1(kSamplePassword) : QString();
        };
        parts.settingsFacts = [this] { return m_settings.choices(); };
        parts.searchOrder = [this] { return searchOrder(); };
        parts.secrets = &m_secrets;
        parts.logger = &m_logger;
        parts.version = QStringLiteral(BLAZEDB_VERSION);
        m_window.emplace(std::move(parts));
        m_window->resize(kFirstSize);
        QObject::connect(&*m_window, &views::MainWindow::themeChosen, &m_settings, &Settings::setTheme);
    }

    void obeySettings()
    {
        const auto obey = [this] { m_window->places().setRemembering(m_settings.remembersPlaces()); };
        obey();
        QObject::connect(&m_settings, &Settings::changed, &*m_window, obey);
    }

    void automate()
    {
        if (m_options.uiScript.isEmpty()) {
            if (!m_options.screenshot.isEmpty()) takePicture();
            return;
        }
        QString problem;
        auto* const script = new UiScript(m_options.uiScript, &*m_window, problem, &*m_window);
        const auto finish = [this](const QString& why) {
            if (!why.isEmpty()) {
                print(stderr, QStringLiteral("ui-script: %1\n").arg(why));
                QCoreApplication::exit(kExitFailed);
            } else if (m_options.screenshot.isEmpty()) {
                QCoreApplication::exit(0);
            } else {
                takePicture();
            }
        };
        if (!problem.isEmpty()) {
            QTimer::singleShot(0, &*m_window, [finish, problem] { finish(problem); });
            return;
        }
        QObject::connect(script, &UiScript::finished, &*m_window, finish);
        script->start();
    }

    void takePicture()
    {
        saveWhenCalm(*m_window, m_options.screenshot, [this](bool isSaved) {
            if (!isSaved) print(stderr, QStringLiteral("blazedb-visualizer: %1 could not be written\n").arg(m_options.screenshot));
            QCoreApplication::exit(isSaved ? 0 : kExitFailed);
        });
    }

    ProgramOptions m_options;
    ProgramFolders m_folders;
    FileStateStore m_settingsFile;
    FileStateStore m_stateFile;
    Settings m_settings;
    Keychain m_keychain{QString::fromLatin1(kApplicationId)};
    views::RememberedSecrets m_secrets{m_keychain, m_stateFile};
    std::shared_ptr<views::LogRing> m_log;
    Logger m_logger;
    views::StallWatchdog m_watchdog;
    LocalSourceOpener m_opener;
    views::CommandRegistry m_commands;
    views::Theme m_theme;
    views::ViewPreferences m_preferences;
    std::optional<SettingsEffects> m_effects;
    DbusDesktopWatch m_desktop;
    std::optional<LockRules> m_lockRules;
    EndSignals m_endSignals;
    std::optional<views::MainWindow> m_window;
};

/// Options and help need no display, so they are read before the window system is.
OptionsAnswer optionsOf(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return readProgramOptions(QCoreApplication::arguments(), qEnvironmentVariable("BLAZEDB_TEST_MODE") == QLatin1String("1"));
}

} // namespace

int runProgram(int argc, char** argv)
{
    QCoreApplication::setOrganizationName(QString::fromLatin1(kOrganisation));
    QCoreApplication::setOrganizationDomain(QString::fromLatin1(kOrganisationDomain));
    QCoreApplication::setApplicationName(QString::fromLatin1(kApplicationName));
    QCoreApplication::setApplicationVersion(QStringLiteral(BLAZEDB_VERSION));
    const OptionsAnswer answer = optionsOf(argc, argv);
    if (answer.exitCode) {
        print(*answer.exitCode == 0 ? stdout : stderr, answer.text);
        return *answer.exitCode;
    }
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QString::fromLatin1(kApplicationId));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/org.blazedb.Visualizer.svg")));

    const QString name = instanceName(answer.options.settingsFolder);
    if (!answer.options.isNewInstance && !answer.options.opensSample && handOver(name, answer.options.files)) return 0;
    makeOwnFolder(programFolders(answer.options.settingsFolder).settings);
    Program program(answer.options);
    std::optional<SingleInstance> instance;
    if (!answer.options.isNewInstance) {
        instance.emplace(name);
        QObject::connect(&*instance, &SingleInstance::filesArrived, &application, [&program](const QStringList& files) { program.open(files); });
    }
    program.start();
    return QApplication::exec();
}

} // namespace blazedb::app
