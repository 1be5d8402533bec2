#include <thread>
#include <vector>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/base/log_file.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

LogLine line(std::string text)
{
    // 2001-01-01T00:00:00Z is 978,307,200 s after 1970.
    return {std::chrono::system_clock::time_point(std::chrono::milliseconds(978'307'200'042)), LogLevel::Warning, "window", std::move(text)};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class TestLogFile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTimeLevelAreaAndTextOnOneLine()
    {
        QCOMPARE(QString::fromStdString(LogFile::textOf(line("two\nlines\x1b[31m"))), QStringLiteral("2001-01-01T00:00:00.042Z warning window: two lines [31m"));
    }

    void hasEachLineAtOnce()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log/visualizer.log"));
        const auto log = LogFile::open(path.toStdString());
        QVERIFY(log);

        (*log)->append(line("first"));

        QVERIFY(contentOf(path).endsWith("window: first\n")); // while the file is still open: a crash now loses nothing
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    }

    void goesOnWhereItEnded()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("visualizer.log"));
        (*LogFile::open(path.toStdString()))->append(line("first"));
        (*LogFile::open(path.toStdString()))->append(line("second"));

        QCOMPARE(contentOf(path).count('\n'), 2);
    }

    void startsAnewWhenAFileIsFull()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("visualizer.log"));
        {
            const auto log = LogFile::open(path.toStdString(), {.bytesMax = 100, .olderFiles = 2});
            for (const char* text : {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}) (*log)->append(line(text));
        }

        // "2001-01-01T00:00:00.042Z warning window: " is 41 bytes, so two lines fill a file.
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files, QDir::Name),
                 (QStringList{QStringLiteral("visualizer.log"), QStringLiteral("visualizer.log.1"), QStringLiteral("visualizer.log.2")}));
        QVERIFY(contentOf(path).endsWith("nine\n"));
        QCOMPARE(contentOf(path).count('\n'), 1);
        QVERIFY(contentOf(path + QStringLiteral(".1")).endsWith("eight\n"));
        QVERIFY(contentOf(path + QStringLiteral(".2")).endsWith("six\n"));
    }

    void keepsLinesOfSeveralThreadsWhole()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("visualizer.log"));
        {
            const auto log = LogFile::open(path.toStdString());
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 4; ++thread)
                threads.emplace_back([&log] {
                    for (int i = 0; i < 200; ++i) (*log)->append(line("abcdefghij"));
                });
        }

        const QList<QByteArray> lines = contentOf(path).trimmed().split('\n');
        QCOMPARE(lines.size(), 800);
        for (const QByteArray& text : lines) QCOMPARE(text, QByteArray("2001-01-01T00:00:00.042Z warning window: abcdefghij"));
    }

    void refusesAPlaceThatCannotBeWritten()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("in-the-way")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!LogFile::open(folder.filePath(QStringLiteral("in-the-way/visualizer.log")).toStdString()));
    }
};

BLAZEDB_REGISTER_TEST(TestLogFile);
#include "tst_log_file.moc"
