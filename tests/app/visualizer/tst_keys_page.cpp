// Keys on the settings page: found by name and by key, changed, in conflict, reset, exported, imported; shown wherever keys are.
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTreeView>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"
#include "views/commands/key_file.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

QString keysOf(const WindowBench& bench, const char* command)
{
    return QKeySequence::listToString(bench.commands.keys(QString::fromLatin1(command)));
}

QTreeView* list(const WindowBench& bench)
{
    return bench.find<QTreeView>("settings.keys.list");
}

void clickButton(const WindowBench& bench, const char* name)
{
    auto* const button = bench.find<QPushButton>(name);
    QVERIFY2(button && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

/// Finds the command by its id and selects it with the keyboard.
void choose(WindowBench& bench, const char* command)
{
    auto* const search = bench.find<QLineEdit>("settings.keys.search");
    search->clear();
    QTest::keyClicks(search, QString::fromLatin1(command));
    QVERIFY(list(bench)->model()->rowCount() >= 1);
    list(bench)->setFocus();
    QTest::keyClick(list(bench), Qt::Key_Home);
    if (!list(bench)->currentIndex().isValid()) QTest::keyClick(list(bench), Qt::Key_Down);
    QCOMPARE(list(bench)->currentIndex().data(Qt::ToolTipRole).toString(), QString::fromLatin1(command));
}

void press(const WindowBench& bench, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(bench.find<QLineEdit>("settings.keys.new"), key, modifiers);
}

} // namespace

class TestKeysPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKeyIsChangedAndShownEverywhere()
    {
        WindowBench bench;
        bench.showSettings("keys");
        choose(bench, "view.log");
        QVERIFY(!bench.find<QPushButton>("settings.keys.set")->isEnabled());
        press(bench, Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
        clickButton(bench, "settings.keys.set");

        QCOMPARE(keysOf(bench, "view.log"), QStringLiteral("Ctrl+Alt+J"));
        const QAction* const action = bench.commands.action(QStringLiteral("view.log")); // what the menu shows
        QCOMPARE(action->shortcut(), QKeySequence(QStringLiteral("Ctrl+Alt+J")));
        QVERIFY(action->toolTip().contains(QLatin1String("Ctrl+Alt+J")));
        bench.trigger("tools.palette");
        QTest::keyClicks(bench.find<QLineEdit>("palette.input"), QStringLiteral("Show Log"));
        QVERIFY(bench.find<QListWidget>("palette.list")->item(0)->data(Qt::AccessibleTextRole).toString().endsWith(QLatin1String("Ctrl+Alt+J")));
        QTest::keyClick(bench.find<QLineEdit>("palette.input"), Qt::Key_Escape);

        QTest::keyClick(bench.window.get(), Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(bench.find<QWidget>("log.list"));
        // And it is kept.
        QCOMPARE(views::keptKeys(bench.settings.keysText()).value(QStringLiteral("view.log")), QList<QKeySequence>{action->shortcut()});
    }

    void aKeyIsAddedToThoseThereAre()
    {
        WindowBench bench;
        bench.showSettings("keys");
        choose(bench, "window.goTo");
        press(bench, Qt::Key_F9, {});
        clickButton(bench, "settings.keys.add");
        QCOMPARE(keysOf(bench, "window.goTo"), QStringLiteral("Ctrl+P; F9"));
        clickButton(bench, "settings.keys.none");
        QCOMPARE(keysOf(bench, "window.goTo"), QString());
        clickButton(bench, "settings.keys.reset");
        QCOMPARE(keysOf(bench, "window.goTo"), QStringLiteral("Ctrl+P"));
    }

    void aConflictIsShownBeforeAnythingIsApplied()
    {
        WindowBench bench;
        bench.showSettings("keys");
        choose(bench, "view.log");
        press(bench, Qt::Key_P, Qt::ControlModifier);
        clickButton(bench, "settings.keys.set");

        QCOMPARE(keysOf(bench, "window.goTo"), QStringLiteral("Ctrl+P"));
        QCOMPARE(keysOf(bench, "view.log"), QString());
        QVERIFY(bench.find<QLabel>("settings.keys.conflict")->text().contains(QLatin1String("Go To")));
        QVERIFY(bench.find<QPushButton>("settings.keys.cancel")->hasFocus()); // the safe one
        clickButton(bench, "settings.keys.cancel");
        QVERIFY(!bench.find<QLabel>("settings.keys.conflict"));
        QCOMPARE(keysOf(bench, "window.goTo"), QStringLiteral("Ctrl+P"));

        clickButton(bench, "settings.keys.set");
        clickButton(bench, "settings.keys.takeOver");
        QCOMPARE(keysOf(bench, "view.log"), QStringLiteral("Ctrl+P"));
        QCOMPARE(keysOf(bench, "window.goTo"), QString());
    }

    void aDefaultThatSomebodyElseHasIsAskedForToo()
    {
        WindowBench bench;
        bench.commands.chooseKeys(QStringLiteral("view.log"), {QKeySequence(QStringLiteral("Ctrl+P"))});
        bench.commands.chooseKeys(QStringLiteral("window.goTo"), {QKeySequence(QStringLiteral("F9"))});
        bench.showSettings("keys");
        choose(bench, "window.goTo");

        clickButton(bench, "settings.keys.reset");
        QVERIFY(bench.find<QLabel>("settings.keys.conflict"));
        QCOMPARE(keysOf(bench, "window.goTo"), QStringLiteral("F9"));
        clickButton(bench, "settings.keys.takeOver");

        QCOMPARE(keysOf(bench, "window.goTo"), QStringLiteral("Ctrl+P"));
        QCOMPARE(keysOf(bench, "view.log"), QString());
        QVERIFY(!bench.commands.chosenKeys().contains(QStringLiteral("window.goTo")));
    }

    void aKeyThatTypesIsRefusedWithTheReason()
    {
        WindowBench bench;
        bench.showSettings("keys");
        choose(bench, "view.log");
        press(bench, Qt::Key_A, {});
        QVERIFY(!bench.find<QPushButton>("settings.keys.set")->isEnabled());
        QVERIFY(bench.find<QLabel>("settings.keys.message")->text().contains(QLatin1String("types a character")));
    }

    void commandsAreFoundByPressingTheirKey()
    {
        WindowBench bench;
        bench.showSettings("keys");
        auto* const pressed = bench.find<QLineEdit>("settings.keys.pressed");
        pressed->setFocus();
        QTest::keyClick(pressed, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);

        QVERIFY(!bench.find<QWidget>("palette.input")); // it is searched for, not run
        QCOMPARE(list(bench)->model()->rowCount(), 1);
        QCOMPARE(list(bench)->model()->index(0, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("tools.palette"));
        QTest::keyClick(pressed, Qt::Key_Tab); // leads on
        QVERIFY(!pressed->hasFocus());
        pressed->setFocus();
        QTest::keyClick(pressed, Qt::Key_Escape);
        QVERIFY(list(bench)->model()->rowCount() > 50);
    }

    void allKeysGoBackOnlyWhenThatIsConfirmed()
    {
        WindowBench bench;
        bench.showSettings("keys");
        QVERIFY(!bench.find<QPushButton>("settings.keys.resetAll")->isEnabled());
        bench.commands.chooseKeys(QStringLiteral("view.log"), {QKeySequence(QStringLiteral("F9"))});
        clickButton(bench, "settings.keys.resetAll");
        QTRY_VERIFY(bench.find<QMessageBox>("settings.keys.confirm"));
        QTest::keyClick(bench.find<QMessageBox>("settings.keys.confirm"), Qt::Key_Escape);
        QTRY_VERIFY(!bench.find<QMessageBox>("settings.keys.confirm"));
        QCOMPARE(keysOf(bench, "view.log"), QStringLiteral("F9"));

        clickButton(bench, "settings.keys.resetAll");
        QTRY_VERIFY(bench.find<QPushButton>("settings.keys.confirm.reset"));
        clickButton(bench, "settings.keys.confirm.reset");
        QVERIFY(bench.commands.chosenKeys().isEmpty());
        QVERIFY(bench.settings.keysText().isEmpty());
    }

    void whatIsExportedComesBackAndABadFileChangesNothing()
    {
        QTemporaryDir folder;
        WindowBench bench;
        bench.commands.chooseKeys(QStringLiteral("view.log"), {QKeySequence(QStringLiteral("F9"))});
        const views::KeyMap before = bench.commands.chosenKeys();
        bench.showSettings("keys");
        bench.fileToSave = bench.fileToOpen = folder.filePath(QStringLiteral("keys.json"));
        clickButton(bench, "settings.keys.export");
        QTRY_VERIFY(QFile::exists(bench.fileToOpen));
        bench.commands.setChosenKeys({});
        clickButton(bench, "settings.keys.import");
        QTRY_COMPARE(bench.commands.chosenKeys(), before);

        QFile file(folder.filePath(QStringLiteral("bad.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"format": "blazedb-visualizer-keys", "version": 1, "keys": {"view.log": ["F8"], "view.nothing": ["F7"]}})");
        file.close();
        bench.fileToOpen = file.fileName();
        clickButton(bench, "settings.keys.import");
        QTRY_VERIFY(bench.find<QLabel>("settings.keys.message") && bench.find<QLabel>("settings.keys.message")->text().contains(QLatin1String("view.nothing")));
        QCOMPARE(bench.commands.chosenKeys(), before);
    }

    void theListInHelpFollows()
    {
        WindowBench bench;
        bench.trigger("help.keys");
        const auto shown = [&] {
            const auto* const model = bench.find<QTreeView>("help.keys.list")->model();
            for (int row = 0; row < model->rowCount(); ++row)
                if (model->index(row, 2).data().toString() == QLatin1String("view.log")) return model->index(row, 1).data().toString();
            return QString();
        };
        QCOMPARE(shown(), QString());
        bench.commands.chooseKeys(QStringLiteral("view.log"), {QKeySequence(QStringLiteral("F9"))});
        QCOMPARE(shown(), QStringLiteral("F9"));
    }
};

BLAZEDB_REGISTER_TEST(TestKeysPage);
#include "tst_keys_page.moc"
