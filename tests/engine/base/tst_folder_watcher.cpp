// Notices of a folder, and the pause where there are none.
#include <chrono>
#include <fstream>
#include <thread>

#include <QDir>
#include <QTemporaryDir>

#include "engine/base/folder_watcher.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace std::chrono_literals;

namespace {

void writeFile(const QString& path, const char* text)
{
    std::ofstream(path.toStdString(), std::ios::app) << text;
}

} // namespace

class TestFolderWatcher final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsOfWritesCreationsAndRemovals()
    {
        QTemporaryDir folder;
        const auto watch = localFolderWatcher().watch(folder.path().toStdString());
        if (!watch->isNotified()) QSKIP("this system gives no notices");
        QVERIFY(!watch->wait(0ms, {}));

        writeFile(folder.filePath(QStringLiteral("a")), "x");
        QVERIFY(watch->wait(10s, {}));
        QVERIFY(!watch->wait(0ms, {}));
        writeFile(folder.filePath(QStringLiteral("a")), "y");
        QVERIFY(watch->wait(10s, {}));
        QVERIFY(QFile::rename(folder.filePath(QStringLiteral("a")), folder.filePath(QStringLiteral("b"))));
        QVERIFY(watch->wait(10s, {}));
        QVERIFY(QFile::remove(folder.filePath(QStringLiteral("b"))));
        QVERIFY(watch->wait(10s, {}));
    }

    void followsAFolderThatIsReplaced()
    {
        QTemporaryDir parent;
        const QString path = parent.filePath(QStringLiteral("data"));
        QVERIFY(QDir().mkpath(path));
        const auto watch = localFolderWatcher().watch(path.toStdString());

        QVERIFY(QDir().rename(path, parent.filePath(QStringLiteral("old"))));
        QVERIFY(watch->wait(10s, {}));
        QVERIFY(QDir().mkpath(path));
        watch->wait(1ms, {}); // polls, and arms itself again
        writeFile(path + QStringLiteral("/a"), "x");
        QVERIFY(watch->wait(10s, {}));
    }

    void aStopEndsTheWait_data()
    {
        QTest::addColumn<bool>("isPolling");
        QTest::newRow("notified") << false;
        QTest::newRow("polling") << true;
    }

    void aStopEndsTheWait()
    {
        QFETCH(bool, isPolling);
        QTemporaryDir folder;
        const auto watch = (isPolling ? pollingFolderWatcher() : localFolderWatcher()).watch(folder.path().toStdString());
        const auto begin = std::chrono::steady_clock::now();

        {
            std::jthread waiter([&](const std::stop_token& stop) {
                while (!stop.stop_requested()) watch->wait(60s, stop);
            });
        }

        QVERIFY(std::chrono::steady_clock::now() - begin < 10s);
    }

    void aMissingFolderIsPolled()
    {
        const auto watch = localFolderWatcher().watch("/nowhere/at/all");

        QVERIFY(!watch->isNotified());
        QVERIFY(watch->wait(1ms, {}));
    }
};

BLAZEDB_REGISTER_TEST(TestFolderWatcher);
#include "tst_folder_watcher.moc"
