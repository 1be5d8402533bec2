// The real window over real files, as the program makes it, for tests that drive it.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include "app/visualizer/local_source_opener.h"
#include "app/visualizer/lock_rules.h"
#include "app/visualizer/setting_items.h"
#include "app/visualizer/settings.h"
#include "app/visualizer/settings_effects.h"
#include "app/visualizer/settings_page.h"
#include "tests/app/visualizer/fake_desktop.h"
#include "tests/support/expected_records.h"
#include "tests/support/fake_secret_store.h"
#include "tests/support/gui_guard.h"
#include "tests/support/gui_theme.h"
#include "tests/support/memory_state_store.h"
#include "views/commands/command_registry.h"
#include "views/shell/log_ring.h"
#include "views/shell/main_window.h"
#include "views/shell/remembered_secrets.h"
#include "views/widgets/view_preferences.h"

namespace blazedb::tests {

/// Opens files of this machine and notes who calls on the GUI thread. Any thread.
class WatchedOpener final : public views::SourceOpener {
public:
    explicit WatchedOpener(FileSystem& files) : m_files(files) {}

    /// Saving waits while this is set, or until it is asked to stop.
    std::atomic<bool> isSavingHeld{false};
    /// It does not hear when it is asked to stop.
    std::atomic<bool> isSavingDeaf{false};
    [[nodiscard]] int looks() const { return m_looks; } ///< At stamps of places.
    [[nodiscard]] bool isSaving() const { return m_isSaving; } ///< It has begun.

    [[nodiscard]] const BlockingCalls& calls() const { return *m_calls; }
    /// For the test itself, which may wait.
    Result<views::SourcePreview> previewNow(const std::string& place) { return m_files.preview({}, place); }
    Result<views::SourcePreview> preview(const api::CallContext& context, const std::string& place) override
    {
        m_calls->note("preview");
        return m_files.preview(context, place);
    }
    Result<std::unique_ptr<api::DataSource>> open(const api::CallContext& context, views::SourceRequest request) override
    {
        m_calls->note("open");
        BLAZE_TRY_VALUE(auto source, m_files.open(context, std::move(request)));
        return std::unique_ptr<api::DataSource>(std::make_unique<GuardedSource>(std::move(source), m_calls));
    }

    Result<FileStamp> stamp(const std::string& place) override
    {
        m_calls->note("stamp");
        ++m_looks;
        return m_files.stamp(place);
    }
    bool isFar(const std::string& place) override
    {
        m_calls->note("isFar");
        return m_files.isFar(place);
    }
    Result<views::SearchOutcome> search(const api::CallContext& context, const views::SearchOrder& order, const FoundSink& found) override
    {
        m_calls->note("search");
        return m_files.search(context, order, found);
    }
    Result<views::SaveOutcome> saveWhatIsLeft(const api::CallContext& context, api::DataSource& source, views::SaveOrder order) override
    {
        m_calls->note("saveWhatIsLeft");
        m_isSaving = true;
        while (isSavingHeld && (isSavingDeaf || !context.stop.stop_requested())) std::this_thread::sleep_for(std::chrono::milliseconds(1)); // the gate
        if (isSavingDeaf) return m_files.saveWhatIsLeft({}, source, std::move(order));
        return m_files.saveWhatIsLeft(context, source, std::move(order));
    }
    [[nodiscard]] bool namesDatabase(const std::string& place) const override { return m_files.namesDatabase(place); }
    [[nodiscard]] std::vector<std::string> passwordProblems(std::string_view password) const override { return m_files.passwordProblems(password); }

private:
    app::LocalSourceOpener m_files;
    std::atomic<bool> m_isSaving{false};
    std::atomic<int> m_looks{0};
    std::shared_ptr<BlockingCalls> m_calls = std::make_shared<BlockingCalls>();
};

class WindowBench {
public:
    explicit WindowBench(QSize size = {1100, 700}, FileSystem& files = localFileSystem())
        : opener(files)
    {
        log->append({.time = {}, .level = LogLevel::Info, .area = "app", .text = "started"});
        window = std::make_unique<views::MainWindow>(views::ShellParts{
            .opener = opener,
            .commands = commands,
            .theme = theTheme(),
            .state = state,
            .log = log,
            .makeSettingsPage = [this](QWidget* parent) { return new app::SettingsPage(settingsParts(), parent); },
            .openSample = [this] { window->openPlaces({fixture("format28/workspace")}); },
            .chooseFiles = [](QWidget*) { return QStringList(); },
            .chooseSaveFile = [this](QWidget*, const QString&, const QString&, auto use) {
                if (!fileToSave.isEmpty()) use(fileToSave);
            },
            .searchOrder = [this] { return searchOrder; },
            .secrets = &secrets,
            .preferences = &preferences,
            .version = QStringLiteral("0.1")});
        effects.applyKeys();
        window->resize(size);
        window->show();
        waitForExposure();
        window->activateWindow();
    }

    ~WindowBench()
    {
        window.reset();
        settings.reset({app::setting::kFaces, app::setting::kTextPercent, app::setting::kRowDensity, app::setting::kSizeUnits,
                        app::setting::kGroupsDigits, app::setting::kDateForm, app::setting::kZone}); // they are the program's, not the window's
    }
    WindowBench(const WindowBench&) = delete;
    WindowBench& operator=(const WindowBench&) = delete;

    /// The .blazedb file of a folder of fixtures. The window only looks, which other tests prove.
    static QString fixture(const char* folder)
    {
        const QString path = fixtureFolder(QString::fromLatin1(folder));
        return path + QLatin1Char('/') + (path.contains(QLatin1String("damaged")) ? QStringLiteral("typed") : path.section(QLatin1Char('/'), -1))
               + QStringLiteral(".blazedb");
    }

    template <typename T>
    [[nodiscard]] T* find(const char* name) const
    {
        for (T* candidate : window->findChildren<T*>(QString::fromLatin1(name))) {
            if (candidate->isVisible()) return candidate;
        }
        return nullptr;
    }
    void trigger(const char* command) { commands.action(QString::fromLatin1(command))->trigger(); }
    /// Shows the settings and there a page, by the words of its row in the list.
    void showSettings(const char* page)
    {
        trigger("file.settings");
        auto* const pages = find<QListWidget>("settings.pages");
        QVERIFY(pages);
        const auto names = app::settingPages();
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i].id != QLatin1String(page)) continue;
            QTest::mouseClick(pages->viewport(), Qt::LeftButton, {}, pages->visualItemRect(pages->item(static_cast<int>(i))).center());
        }
    }
    void closeAllTabs()
    {
        while (commands.action(QStringLiteral("file.close"))->isEnabled()) trigger("file.close");
    }

    /// Shows a database locked, and unlocks it.
    bool open(const char* folder, const char* password = kFixturePassword)
    {
        window->openPlaces({fixture(folder)});
        if (!QTest::qWaitFor([&] { return find<QLineEdit>("unlock.password"); })) return false;
        unlock(password);
        return QTest::qWaitFor([&] { return find<QWidget>("main.source") && !window->isBusy(); }, 20'000);
    }
    void unlock(const char* password = kFixturePassword)
    {
        auto* field = find<QLineEdit>("unlock.password");
        field->setText(QString::fromLatin1(password));
        QTest::keyClick(field, Qt::Key_Return);
    }

    app::SettingsPageParts settingsParts()
    {
        return {.settings = settings,
                .theme = theTheme(),
                .commands = commands,
                .files = {.jobs = window->jobs(),
                          .chooseSave = [this](QWidget*, const QString&, const QString&, auto use) { use(fileToSave); },
                          .chooseOpen = [this](QWidget*, const QString&, auto use) { use(fileToOpen); }},
                .secrets = &secrets,
                .desktop = &desktop,
                .folder = QStringLiteral("/somewhere/settings")};
    }

    WatchedOpener opener;
    views::SearchOrder searchOrder{.folders = {fixtureFolder(QStringLiteral("format28")).toStdString()}, .depthMax = 2, .excludedNames = {}, .excludedPaths = {}};
    QString fileToSave; ///< What the dialog answers; empty: it is closed.
    MemoryStateStore state;
    MemoryStateStore settingsStore;
    app::Settings settings{settingsStore};
    FakeSecretStore secretStore;
    views::RememberedSecrets secrets{secretStore, settingsStore};
    views::CommandRegistry commands;
    views::ViewPreferences preferences;
    app::SettingsEffects effects{settings, theTheme(), preferences, commands};
    FakeDesktop desktop;
    app::LockRules lockRules{settings, desktop, [this](const QString& why) { window->lockAutomatically(why); }};
    QString fileToOpen; ///< What the dialog of the settings page answers.
    std::shared_ptr<views::LogRing> log = std::make_shared<views::LogRing>();
    std::unique_ptr<views::MainWindow> window;
    GuiGuard guard{&opener.calls()};

private:
    void waitForExposure() const { QVERIFY(QTest::qWaitForWindowExposed(window.get())); }
};

/// A state of the window worth looking at.
struct WindowPage {
    const char* name;
    std::function<bool(WindowBench&)> show; ///< From any other page; false when it does not come up.
};

/// Every page of the window, one after the other.
inline std::vector<WindowPage> windowPages()
{
    const auto wait = [](auto&& isThere) { return QTest::qWaitFor(isThere, 20'000); };
    const auto openPage = [wait](const char* command, const char* part) {
        return [wait, command, part](WindowBench& bench) {
            bench.trigger(command);
            return wait([&] { return bench.find<QWidget>(part) != nullptr; });
        };
    };
    const auto settingsPage = [](const char* page) {
        return [page](WindowBench& bench) {
            bench.showSettings(page);
            return bench.find<QWidget>(qPrintable(QStringLiteral("settings.") + QLatin1String(page))) != nullptr;
        };
    };
    return {
        {"start", [](WindowBench& b) { b.closeAllTabs(); return b.find<QWidget>("main.start") != nullptr; }},
        {"unlock", [wait](WindowBench& b) {
             b.window->openPlaces({WindowBench::fixture("format28/workspace")});
             return wait([&] { return b.find<QWidget>("unlock.facts") != nullptr; });
         }},
        {"unlock, wrong password", [wait](WindowBench& b) {
             b.unlock("Not-The-Password-1");
             return wait([&] { return b.find<QWidget>("unlock.problem") != nullptr; });
         }},
        {"unlock, nothing to open", [wait](WindowBench& b) {
             b.window->openPlaces({WindowBench::fixture("format28-damaged/page-file-missing")});
             return wait([&] { return b.find<QWidget>("unlock.retry") != nullptr; });
         }},
        {"unlock, rescue offered", [wait](WindowBench& b) {
             b.window->openPlaces({WindowBench::fixture("format28-damaged/catalogue-missing")});
             return wait([&] { return b.find<QWidget>("unlock.rescue") != nullptr; });
         }},
        {"rescue", [wait](WindowBench& b) {
             QTest::mouseClick(b.find<QPushButton>("unlock.saveRest"), Qt::LeftButton);
             return wait([&] { return b.find<QWidget>("sources.rescue") != nullptr; });
         }},
        {"details of a source", [wait](WindowBench& b) {
             b.window->showDetails(WindowBench::fixture("format28/workspace"));
             return wait([&] {
                 const auto* page = b.find<QWidget>("sources.details");
                 return page && page->property("state").toString() == QLatin1String("ready");
             });
         }},
        {"find databases", openPage("file.find", "sources.found.list")},
        {"data", [](WindowBench& b) { b.closeAllTabs(); return b.open("format28/workspace"); }},
        {"findings", [wait](WindowBench& b) {
             if (!b.open("format28-damaged/pages-cut-short")) return false;
             if (!wait([&] { return b.find<QPushButton>("main.banner.show") != nullptr; })) return false;
             QTest::mouseClick(b.find<QPushButton>("main.banner.show"), Qt::LeftButton);
             return wait([&] { return b.find<QWidget>("main.findings") != nullptr; });
         }},
        {"a tab that is not built", openPage("tab.sync", "sync.state")},
        {"palette", openPage("tools.palette", "palette.input")},
        {"go to", openPage("window.goTo", "palette.input")},
        {"activity", [wait](WindowBench& b) {
             QTest::keyClick(b.find<QLineEdit>("palette.input"), Qt::Key_Escape);
             b.trigger("view.activity");
             return wait([&] { return b.find<QWidget>("activity.list") != nullptr; });
         }},
        {"log", openPage("view.log", "log.list")},
        {"settings", [wait](WindowBench& b) {
             b.trigger("view.panel");
             b.trigger("file.settings");
             return wait([&] { return b.find<QWidget>("settings.theme") != nullptr; });
         }},
        {"settings, sources", settingsPage("sources")},
        {"settings, display", settingsPage("display")},
        {"settings, monitoring", settingsPage("monitor")},
        {"settings, keys", settingsPage("keys")},
        {"settings, a key in conflict", [](WindowBench& b) {
             b.find<QLineEdit>("settings.keys.search")->setText(QStringLiteral("file.settings"));
             auto* const list = b.find<QTreeView>("settings.keys.list");
             list->setCurrentIndex(list->model()->index(0, 0));
             QTest::keyClick(b.find<QLineEdit>("settings.keys.new"), Qt::Key_P, Qt::ControlModifier);
             QTest::mouseClick(b.find<QPushButton>("settings.keys.set"), Qt::LeftButton);
             return b.find<QWidget>("settings.keys.takeOver") != nullptr;
         }},
        {"settings, advanced", settingsPage("advanced")},
        {"settings, all that fits", [](WindowBench& b) {
             b.find<QLineEdit>("settings.search")->setText(b.find<QListWidget>("settings.pages")->item(0)->text().left(1));
             return b.find<QWidget>("settings.theme") != nullptr;
         }},
        {"settings, nothing fits", [](WindowBench& b) {
             b.find<QLineEdit>("settings.search")->setText(QStringLiteral("xyzzy"));
             return b.find<QWidget>("settings.noMatch") != nullptr;
         }},
        {"settings, security", settingsPage("security")},
        {"settings, stored passwords", [wait](WindowBench& b) {
             for (const char* name : {"orders", "customers"})
                 b.secrets.store(QString::fromLatin1(name), QString::fromLatin1(name), SecureBytes::fromText("never shown"));
             return wait([&] { return b.find<QWidget>("settings.secrets") != nullptr; });
         }},
        {"unlock, stored password", [wait](WindowBench& b) {
             const Result<views::SourcePreview> about = b.opener.previewNow(WindowBench::fixture("format28/typed").toStdString());
             b.secrets.store(QString::fromStdString(about->identity), QStringLiteral("typed"), SecureBytes::fromText(kFixturePassword));
             b.window->openPlaces({WindowBench::fixture("format28/typed")});
             return wait([&] { return b.find<QWidget>("unlock.useStored") != nullptr; });
         }},
        {"support report", openPage("help.support", "help.support.text")},
        {"keys", openPage("help.keys", "help.keys.list")},
        {"licences", openPage("help.licences", "help.licences")},
    };
}

} // namespace blazedb::tests
