// A main window over made-up databases, as its tests need it.
#pragma once

#include <memory>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "tests/support/fake_opener.h"
#include "tests/support/gui_guard.h"
#include "tests/support/gui_theme.h"
#include "tests/support/memory_state_store.h"
#include "views/commands/command_registry.h"
#include "views/shell/log_ring.h"
#include "views/shell/main_window.h"

namespace blazedb::tests {

/// A tab that is built: it says so and tells the status bar.
class FakeTab final : public views::TabPage {
public:
    using TabPage::TabPage;
    [[nodiscard]] QString statusText() const override { return QStringLiteral("1–40 of 1,000"); }
};

inline std::vector<views::TabDescriptor> tabsWithFakeData()
{
    std::vector<views::TabDescriptor> tabs = views::tabDescriptors();
    tabs[1].registerCommands = {};
    tabs[1].make = [](views::TabContext, QWidget* parent) -> QWidget* { return new FakeTab(parent); };
    return tabs;
}

class ShellBench {
public:
    explicit ShellBench(views::RememberedSecrets* knownSecrets = nullptr)
        : secrets(knownSecrets)
    {
        opener.add("/work/orders.blazedb", {.name = "orders", .password = "pass", .totalBytes = 44'800'000});
        opener.add("/work/notes.blazedb", {.name = "notes", .password = "pass", .totalBytes = 205'000});
        start();
    }

    void start()
    {
        window.reset();
        commands = std::make_unique<views::CommandRegistry>();
        window = std::make_unique<views::MainWindow>(views::ShellParts{.opener = opener,
                                                                       .commands = *commands,
                                                                       .theme = theTheme(),
                                                                       .state = state,
                                                                       .log = log,
                                                                       .tabs = tabsWithFakeData(),
                                                                       .openSample = [this] { window->openPlaces({QStringLiteral("/work/notes.blazedb")}); },
                                                                       .chooseFiles = [this](QWidget*) { return chosenFiles; },
                                                                       .chooseSaveFile = [this](QWidget*, const QString&, const QString&, auto use) {
                                                                           if (!fileToSave.isEmpty()) use(fileToSave);
                                                                       },
                                                                       .searchOrder = [] { return views::SearchOrder{{"/found"}, 8, {}, {}}; },
                                                                       .secrets = secrets,
                                                                       .logger = &logger,
                                                                       .version = QStringLiteral("0.1"),
                                                                       .sessions = sessions});
        window->resize(1100, 700);
        window->show();
        QTRY_VERIFY(QTest::qWaitForWindowExposed(window.get()));
        window->activateWindow();
    }

    template <typename T>
    [[nodiscard]] T* find(const char* name) const
    {
        // Several database tabs have a part of the same name; the one on screen is meant.
        for (T* candidate : window->findChildren<T*>(QString::fromLatin1(name))) {
            if (candidate->isVisible()) return candidate;
        }
        return nullptr;
    }

    void trigger(const char* command) const { commands->action(QString::fromLatin1(command))->trigger(); }

    /// Types the password on the unlock page that is shown.
    void unlock(const char* password = "pass") const
    {
        auto* field = find<QLineEdit>("unlock.password");
        QVERIFY(field);
        QTest::keyClicks(field, QString::fromLatin1(password));
        QTest::keyClick(field, Qt::Key_Return);
    }

    FakeOpener opener;
    views::RememberedSecrets* secrets; ///< Null: there is no store.
    Logger logger;
    QString fileToSave; ///< What the dialog answers; empty: it is closed.
    MemoryStateStore state;
    std::shared_ptr<views::LogRing> log = std::make_shared<views::LogRing>();
    std::shared_ptr<views::OpenSessions> sessions = std::make_shared<views::OpenSessions>();
    QStringList chosenFiles;
    std::unique_ptr<views::CommandRegistry> commands;
    std::unique_ptr<views::MainWindow> window;
    GuiGuard guard{&opener.blockingCalls()};
};

} // namespace blazedb::tests
