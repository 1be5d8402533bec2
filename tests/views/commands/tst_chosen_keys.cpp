// Keys the user chose: they win over defaults, never run two commands, and give the defaults back when they go.
#include <QSignalSpy>

#include "tests/support/test_registry.h"
#include "views/commands/command_registry.h"
#include "views/commands/key_rules.h"

using namespace blazedb;
using views::CommandContext;
using views::CommandRegistry;

namespace {

QKeySequence key(const char* text)
{
    return QKeySequence(QString::fromLatin1(text));
}

views::Command command(const char* id, const QList<QKeySequence>& keys, CommandContext context = CommandContext::Window)
{
    views::Command made;
    made.id = QString::fromLatin1(id);
    made.text = made.id;
    made.keys = keys;
    made.context = context;
    return made;
}

} // namespace

class TestChosenKeys final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChosenKeyReplacesTheDefaults()
    {
        CommandRegistry commands;
        commands.add(command("a.one", {key("Ctrl+1"), key("Ctrl+F1")}));
        const QSignalSpy told(&commands, &CommandRegistry::keysChanged);

        commands.chooseKeys(QStringLiteral("a.one"), {key("Ctrl+9")});

        QCOMPARE(commands.keys(QStringLiteral("a.one")), QList<QKeySequence>{key("Ctrl+9")});
        QCOMPARE(commands.action(QStringLiteral("a.one"))->shortcuts(), QList<QKeySequence>{key("Ctrl+9")});
        QVERIFY(commands.action(QStringLiteral("a.one"))->toolTip().contains(QLatin1String("Ctrl+9")));
        QCOMPARE(told.size(), 1);
    }

    void aDefaultGivesWayAndComesBack()
    {
        CommandRegistry commands;
        commands.add(command("a.one", {key("Ctrl+1")}));
        commands.add(command("a.two", {key("Ctrl+2")}));

        commands.chooseKeys(QStringLiteral("a.two"), {key("Ctrl+1")});
        QVERIFY(commands.keys(QStringLiteral("a.one")).isEmpty());
        QCOMPARE(commands.ownersOf(key("Ctrl+1"), CommandContext::Window), QStringList{QStringLiteral("a.two")});
        QVERIFY(commands.ownersOf(key("Ctrl+2"), CommandContext::Window).isEmpty());

        commands.resetKeys(QStringLiteral("a.two"));
        QCOMPARE(commands.keys(QStringLiteral("a.one")), QList<QKeySequence>{key("Ctrl+1")});
        QCOMPARE(commands.keys(QStringLiteral("a.two")), QList<QKeySequence>{key("Ctrl+2")});
        QVERIFY(commands.chosenKeys().isEmpty());
    }

    void aKeyTakenFromAChosenCommandIsGoneThere()
    {
        CommandRegistry commands;
        commands.add(command("a.one", {}));
        commands.add(command("a.two", {}));
        commands.chooseKeys(QStringLiteral("a.one"), {key("Ctrl+7"), key("Ctrl+8")});

        commands.chooseKeys(QStringLiteral("a.two"), {key("Ctrl+7")});

        QCOMPARE(commands.keys(QStringLiteral("a.one")), QList<QKeySequence>{key("Ctrl+8")});
        commands.resetKeys(QStringLiteral("a.two"));
        QCOMPARE(commands.keys(QStringLiteral("a.one")), QList<QKeySequence>{key("Ctrl+8")}); // what was given away stays away
    }

    void tabsThatNeverMeetMayShareAKey()
    {
        CommandRegistry commands;
        commands.add(command("data.one", {key("F5")}, CommandContext::Data));
        commands.add(command("tests.one", {}, CommandContext::Tests));

        commands.chooseKeys(QStringLiteral("tests.one"), {key("F5")});

        QCOMPARE(commands.keys(QStringLiteral("data.one")), QList<QKeySequence>{key("F5")});
        QCOMPARE(commands.ownersOf(key("F5"), CommandContext::Window).size(), 2);
    }

    void choosingTheDefaultIsNoChoice()
    {
        CommandRegistry commands;
        commands.add(command("a.one", {key("Ctrl+1")}));
        commands.chooseKeys(QStringLiteral("a.one"), {key("Ctrl+9")});
        commands.chooseKeys(QStringLiteral("a.one"), {key("Ctrl+1")});
        QVERIFY(commands.chosenKeys().isEmpty());
        QCOMPARE(commands.keys(QStringLiteral("a.one")), QList<QKeySequence>{key("Ctrl+1")});
    }

    void aCommandCanBeLeftWithoutAKey()
    {
        CommandRegistry commands;
        commands.add(command("a.one", {key("Ctrl+1")}));
        commands.chooseKeys(QStringLiteral("a.one"), {});
        QVERIFY(commands.action(QStringLiteral("a.one"))->shortcuts().isEmpty());
    }

    void choicesWaitForTheirCommand()
    {
        CommandRegistry commands;
        commands.add(command("a.one", {key("Ctrl+1")}));
        commands.setChosenKeys({{QStringLiteral("a.late"), {key("Ctrl+1")}}});
        QCOMPARE(commands.keys(QStringLiteral("a.one")), QList<QKeySequence>{key("Ctrl+1")});

        commands.add(command("a.late", {key("Ctrl+5")}));

        QCOMPARE(commands.keys(QStringLiteral("a.late")), QList<QKeySequence>{key("Ctrl+1")});
        QVERIFY(commands.keys(QStringLiteral("a.one")).isEmpty());
    }

    void someKeysCannotRunACommand_data()
    {
        QTest::addColumn<QKeySequence>("key");
        QTest::addColumn<bool>("may");
        QTest::newRow("none") << QKeySequence() << false;
        QTest::newRow("letter") << key("A") << false;
        QTest::newRow("capital") << key("Shift+A") << false;
        QTest::newRow("space") << key("Space") << false;
        QTest::newRow("tab") << key("Tab") << false;
        QTest::newRow("escape") << key("Esc") << false;
        QTest::newRow("arrow") << key("Down") << false;
        QTest::newRow("modifier alone") << QKeySequence(Qt::CTRL | Qt::Key_Control) << false;
        QTest::newRow("letter with Ctrl") << key("Ctrl+A") << true;
        QTest::newRow("arrow with Alt") << key("Alt+Down") << true;
        QTest::newRow("tab with Ctrl") << key("Ctrl+Tab") << true;
        QTest::newRow("function key") << key("F2") << true;
        QTest::newRow("delete") << key("Del") << true;
        QTest::newRow("insert") << key("Ins") << true;
    }

    void someKeysCannotRunACommand()
    {
        QFETCH(QKeySequence, key);
        QFETCH(bool, may);
        QCOMPARE(views::keyProblem(key).isEmpty(), may);
    }
};

BLAZEDB_REGISTER_TEST(TestChosenKeys);
#include "tst_chosen_keys.moc"
