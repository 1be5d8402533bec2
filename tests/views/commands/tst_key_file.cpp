// The file of keys: what is written is read again, and what is wrong is refused as a whole.
#include "tests/support/test_registry.h"
#include "views/commands/key_file.h"

using namespace blazedb;
using views::CommandRegistry;
using views::KeyMap;

namespace {

void addCommands(CommandRegistry& commands)
{
    for (const char* id : {"file.open", "file.close", "data.copy", "monitor.copy"}) {
        views::Command command;
        command.id = QString::fromLatin1(id);
        command.text = command.id;
        if (command.id == QLatin1String("data.copy")) command.context = views::CommandContext::Data;
        if (command.id == QLatin1String("monitor.copy")) command.context = views::CommandContext::Monitor;
        commands.add(command);
    }
}

QByteArray file(const char* keys)
{
    return QByteArray(R"({"format": "blazedb-visualizer-keys", "version": 1, "keys": )") + keys + "}";
}

} // namespace

class TestKeyFile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain()
    {
        CommandRegistry commands;
        addCommands(commands);
        const KeyMap chosen{{QStringLiteral("file.open"), {QKeySequence(QStringLiteral("Ctrl+Alt+O")), QKeySequence(QStringLiteral("F9"))}},
                            {QStringLiteral("file.close"), {}}};

        const Result<KeyMap> again = views::readKeys(views::writeKeys(chosen), commands);

        QVERIFY(again);
        QCOMPARE(*again, chosen);
    }

    /// A command that went with another version takes nothing of the user's choice with it.
    void whatTheProgramKeptIsReadAsFarAsItCanBe()
    {
        const KeyMap kept = views::keptKeys(file(R"({"file.open": ["Ctrl+J"], "file.gone": ["F9"], "file.close": ["Hyper+Nothing"], "data.copy": 7})"));
        QCOMPARE(kept.keys(), (QStringList{QStringLiteral("file.gone"), QStringLiteral("file.open")}));
        QVERIFY(views::keptKeys("no JSON").isEmpty());
    }

    void commandsOfDifferentTabsMayShareAKey()
    {
        CommandRegistry commands;
        addCommands(commands);
        const auto read = views::readKeys(file(R"({"data.copy": ["Ctrl+J"], "monitor.copy": ["Ctrl+J"]})"), commands);
        QVERIFY(read);
        QCOMPARE(read->size(), 2);
    }

    void whatIsWrongIsRefusedWithTheReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& text, const char* reason) { QTest::newRow(name) << text << QString::fromLatin1(reason); };
        row("empty", "", "JSON");
        row("no JSON", "keys = 1", "JSON");
        row("cut short", file(R"({"file.open": ["Ctrl+O"])").chopped(2), "JSON");
        row("another format", R"({"format": "something", "version": 1, "keys": {}})", "no file of keys");
        row("a list", "[1, 2]", "no file of keys");
        row("a newer version", R"({"format": "blazedb-visualizer-keys", "version": 2, "keys": {}})", "version 2");
        row("no keys", R"({"format": "blazedb-visualizer-keys", "version": 1})", "names no keys");
        row("an unknown command", file(R"({"file.open": ["Ctrl+O"], "file.nothing": ["F9"]})"), "file.nothing");
        row("keys that are no list", file(R"({"file.open": "Ctrl+O"})"), "no list");
        row("no key", file(R"({"file.open": ["Hyper+Nothing"]})"), "Hyper+Nothing");
        row("a number", file(R"({"file.open": [7]})"), "no key");
        row("a letter", file(R"({"file.open": ["A"]})"), "types a character");
        row("one key, two commands", file(R"({"file.open": ["Ctrl+J"], "file.close": ["Ctrl+J"]})"), "both file.close and file.open");
        row("one key of the window and of a tab", file(R"({"file.open": ["Ctrl+J"], "data.copy": ["Ctrl+J"]})"), "both data.copy and file.open");
        row("too large", QByteArray(views::kKeyFileBytesMax + 1, ' '), "too large");
    }

    void whatIsWrongIsRefusedWithTheReason()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        CommandRegistry commands;
        addCommands(commands);

        const Result<KeyMap> read = views::readKeys(text, commands);

        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(reason), read.error().message.c_str());
    }

    /// Whatever one byte of a good file becomes: an answer, never a crash.
    void aChangedByteIsReadOrRefused()
    {
        CommandRegistry commands;
        addCommands(commands);
        const QByteArray good = file(R"({"file.open": ["Ctrl+O", "Ctrl+Alt+O"], "data.copy": []})");
        for (qsizetype at = 0; at < good.size(); ++at) {
            for (const char byte : {'\0', '"', '{', ']', '\x7f', '\xff', '9'}) {
                QByteArray changed = good;
                changed[at] = byte;
                const Result<KeyMap> read = views::readKeys(changed, commands);
                QVERIFY(read || !read.error().message.empty());
            }
        }
    }
};

BLAZEDB_REGISTER_TEST(TestKeyFile);
#include "tst_key_file.moc"
