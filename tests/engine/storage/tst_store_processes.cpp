// Real processes on a real file: one that is killed at any moment, and one that reads while another writes.
#include <cstdlib>
#include <random>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include "engine/base/exclusive_file.h"
#include "engine/storage/observed_store.h"
#include "tests/engine/storage/worker_state.h"
#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

int killBudget()
{
    const char* chosen = std::getenv("BLAZEDB_KILLS");
    return chosen != nullptr ? std::atoi(chosen) : 15;
}

Credential workerPassword()
{
    return Password{SecureBytes::fromText("worker")};
}

void startWorker(QProcess& worker, const QString& path, int pauseUs)
{
    worker.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    worker.start(QStringLiteral(BLAZEDB_STORE_WORKER), {path, QString::number(pauseUs)});
}

/// The last whole line, as a number; `before` when there is none.
std::uint64_t lastNumber(const QByteArray& output, std::uint64_t before)
{
    const qsizetype end = output.lastIndexOf('\n');
    if (end < 0) return before;
    const qsizetype start = output.lastIndexOf('\n', end - 1) + 1;
    return output.mid(start, end - start).toULongLong();
}

/// Commits as the file's own row says; then the rows must be those of that many.
std::uint64_t commitsIn(const ExpectedRows& rows)
{
    const auto found = rows.find({"meta", "commit"});
    return found == rows.end() ? 0 : std::stoull(found->second);
}

} // namespace

class TestStoreProcesses final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKilledWriterLosesNothingItAcknowledged()
    {
        const std::uint64_t seed = testSeed();
        std::mt19937_64 random(seed);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("killed.blaze"));
        WorkerRows expected;
        std::uint64_t applied = 0;
        std::uint64_t acknowledged = 0;
        for (int kill = 0; kill < killBudget(); ++kill) {
            QProcess worker;
            startWorker(worker, path, 0);
            QVERIFY(worker.waitForStarted());
            // From within the opening on; the longer ones see closings and openings.
            const auto lifeMs = static_cast<int>(kill % 4 == 0 ? random() % 20 : random() % 250);
            worker.waitForFinished(lifeMs);
            worker.kill(); // SIGKILL
            QVERIFY(worker.waitForFinished());
            QCOMPARE(worker.exitStatus(), QProcess::CrashExit); // not an error of its own
            acknowledged = lastNumber(worker.readAllStandardOutput(), acknowledged);

            if (acknowledged == 0) { // perhaps killed while the database was made
                QFile::remove(path);
                continue;
            }
            auto file = openExclusive(path.toStdString(), OpenMode::Existing);
            QVERIFY2(file.has_value(), file ? "" : file.error().message.c_str());
            auto store = NativeStore::open(*std::move(file), workerPassword(), Access::ReadWrite, {});
            QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
            const auto rows = rowsOf(*(*store)->nativeSnapshot());
            QVERIFY(rows.has_value());
            const std::uint64_t commits = commitsIn(*rows);
            QVERIFY2(commits >= acknowledged, qPrintable(QStringLiteral("seed %1, kill %2: %3 acknowledged, %4 there").arg(seed).arg(kill).arg(acknowledged).arg(commits)));
            while (applied < commits) applyWorkerCommit(expected, ++applied);
            QCOMPARE(applied, commits); // nothing was taken back either
            QVERIFY2(*rows == expected, qPrintable(QStringLiteral("seed %1, kill %2: other rows").arg(seed).arg(kill)));
            QCOMPARE(findingsOf(**store), std::string());
        }
        qInfo("seed %llu: %d kills, %llu commits", static_cast<unsigned long long>(seed), killBudget(), static_cast<unsigned long long>(applied));
        QVERIFY(applied > 100);
    }

    void anotherProcessReadsWholeCommitsBesideABusyWriter()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("observed.blaze"));
        QProcess worker;
        startWorker(worker, path, 0);
        QVERIFY(worker.waitForReadyRead(10'000));
        StoreOptions options;
        options.cacheBytes = std::size_t{1} << 20;
        auto observer = ObservedStore::open(*localFileSystem().openForReading(path.toStdString()), workerPassword(), {systemRandom(), systemClock(), options, {}});
        QVERIFY2(observer.has_value(), observer ? "" : observer.error().message.c_str());
        QVERIFY((*observer)->isAnnounced());

        WorkerRows expected;
        std::uint64_t applied = 0;
        std::uint64_t scans = 0;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 2500) {
            const auto refreshed = (*observer)->refresh();
            QVERIFY2(refreshed.has_value(), refreshed ? "" : refreshed.error().message.c_str());
            const auto rows = rowsOf(*(*observer)->nativeSnapshot());
            QVERIFY2(rows.has_value(), rows ? "" : rows.error().message.c_str());
            const std::uint64_t commits = commitsIn(*rows);
            QVERIFY(commits >= applied);
            while (applied < commits) applyWorkerCommit(expected, ++applied);
            QVERIFY(*rows == expected);
            ++scans;
        }
        QCOMPARE(worker.state(), QProcess::Running);
        worker.kill();
        QVERIFY(worker.waitForFinished());
        const std::uint64_t acknowledged = lastNumber(worker.readAllStandardOutput(), 0);

        // The writer's death changes nothing for the observer.
        QVERIFY((*observer)->refresh().has_value());
        QVERIFY(commitsIn(*rowsOf(*(*observer)->nativeSnapshot())) >= acknowledged);
        qInfo("%llu full scans beside %llu commits", static_cast<unsigned long long>(scans), static_cast<unsigned long long>(applied));
        QVERIFY(scans > 5);
    }

    void marksOfADeadReaderAreGone()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("marks")).toStdString();
        const auto writer = openExclusive(path, OpenMode::CreateNew);
        const auto readers = [&] { return readerMarksOf(**writer)->marksOfOthers(1000); };
        {
            auto first = *localFileSystem().openForReading(path);
            auto second = *localFileSystem().openForReading(path);
            QVERIFY(readerMarksOf(*first)->holdMark(7).has_value());
            QVERIFY(readerMarksOf(*second)->holdMark(5).has_value());
            QVERIFY(readerMarksOf(*second)->holdMark(900).has_value());
            QVERIFY(readerMarksOf(*second)->holdMark(7).has_value());
            QCOMPARE(readers(), (std::vector<std::uint64_t>{5, 7, 900}));
            QCOMPARE(readerMarksOf(**writer)->marksOfOthers(7), (std::vector<std::uint64_t>{5}));
            readerMarksOf(*second)->dropMark(5);
            first.reset();
            QCOMPARE(readers(), (std::vector<std::uint64_t>{7, 900}));
        }
        QCOMPARE(readers(), std::vector<std::uint64_t>{});
    }
};
BLAZEDB_REGISTER_TEST(TestStoreProcesses);
#include "tst_store_processes.moc"
