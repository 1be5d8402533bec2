// Kills of a real import, a hundred times over one file: what was reported is there, each commit is whole, the check is clean.
#include <algorithm>
#include <csignal>
#include <random>
#include <thread>

#include <QFile>
#include <QTemporaryDir>

#include "tests/app/cli/cli_run.h"
#include "tests/app/cli/native_on_disk.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::CliRun;
using tests::CliSetup;

class TestCliNativeSlow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHundredKilledImportsKeepWhatTheyReported()
    {
        const unsigned seed = qEnvironmentVariableIsSet("BLAZEDB_TEST_SEED") ? qEnvironmentVariableIntValue("BLAZEDB_TEST_SEED") : std::random_device{}();
        qInfo("BLAZEDB_TEST_SEED=%u", seed);
        std::mt19937 random(seed);
        QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("orders.blaze")));
        const QByteArray from = QFile::encodeName(folder.filePath(QStringLiteral("in.jsonl")));
        QVERIFY(tests::makeNative(path));
        std::set<model::Uuid> reported;
        std::uint32_t next = 0;
        std::size_t before = 0;
        for (int round = 0; round < 100; ++round) {
            const auto each = static_cast<std::uint32_t>(1 + random() % 50);
            QFile lines(QFile::decodeName(from));
            QVERIFY(lines.open(QIODevice::WriteOnly) && lines.write(tests::numberedLines(next, next + 3000)) > 0);
            lines.close();
            CliSetup setup{.password = tests::kNativePassword, .whileRunning = [&](int pid) {
                               std::this_thread::sleep_for(std::chrono::microseconds(random() % 200'000));
                               ::kill(pid, SIGKILL);
                           }};
            const CliRun killed = tests::runCli({"import", path, from, "--commit-every", QByteArray::number(each), "--report-committed"}, setup);
            for (const model::Uuid& id : tests::reportedIds(killed.out)) reported.insert(id);

            const tests::NativeContents contents = tests::contentsOf(path);

            QCOMPARE(contents.problem + contents.damage, QString());
            QVERIFY(std::includes(contents.ids.begin(), contents.ids.end(), reported.begin(), reported.end()));
            const std::size_t added = contents.ids.size() - before;
            QVERIFY2(added % each == 0 || added == 3000, qPrintable(QString::number(added)));
            before = contents.ids.size();
            next += 3000; // each round has lines of its own
        }
        qInfo("%zu records reported, %zu there", reported.size(), before);
    }
};

BLAZEDB_REGISTER_TEST(TestCliNativeSlow);
#include "tst_cli_native_slow.moc"
