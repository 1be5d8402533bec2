// How much memory an export holds: the catalogue and a bounded cache, however many records there are.
#include <QTemporaryDir>

#include "engine/local/family_import.h"
#include "tests/app/cli/cli_run.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

constexpr int kLetters = 3'500;

/// Random-looking ids in no order, and a text each that fills most of a page.
std::string recordLines(int count)
{
    std::string lines;
    lines.reserve(static_cast<std::size_t>(count) * (kLetters + 200));
    for (int i = 0; i < count; ++i) {
        const auto scattered = static_cast<unsigned>(i) * 2'654'435'761U; // Knuth's multiplier: every number once
        char id[40];
        std::snprintf(id, sizeof id, "%08X-0000-4000-8000-%012X", scattered, static_cast<unsigned>(i));
        lines += "{\"id\":{\"$uuid\":\"" + std::string(id) + "\"},\"note\":\"" + std::string(kLetters, static_cast<char>('a' + i % 26)) + "\"}\n";
    }
    return lines;
}

} // namespace

class TestExportMemory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doesNotGrowWithTheRecords()
    {
        constexpr int kFew = 10'000; // 35 MB of text: more than the cache of decoded records holds
        constexpr int kMany = 40'000;
        // What a record may cost: its line in the catalogue (127 bytes of JSON here) while that is read, its entry in the
        // tables made of it, its place in the order. Its text, three and a half times this, may not.
        constexpr long kBytesARecordMax = 1'000;
        QTemporaryDir folder;
        long peakKb[2] = {0, 0};
        int i = 0;
        api::CallContext patient;
        patient.timeout = std::chrono::minutes(10);
        for (const int count : {kFew, kMany}) {
            const std::string path = folder.filePath(QStringLiteral("r%1.blazedb").arg(count)).toStdString();
            const auto written = local::importFamily(patient, localFileSystem(), systemClock(), recordLines(count),
                                                     {path, SecureBytes::fromText(tests::kFixturePassword), {}});
            QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
            QCOMPARE(*written, static_cast<std::uint64_t>(count));

            const tests::CliRun run = tests::runCli({"export", QByteArray::fromStdString(path), "--to", QByteArray::fromStdString(path + ".jsonl")});

            QVERIFY2(run.exitCode == 0, run.err.constData());
            peakKb[i++] = run.peakKb;
        }
        qInfo("%ld kB at %d records, %ld kB at %d", peakKb[0], kFew, peakKb[1], kMany);
        QVERIFY((peakKb[1] - peakKb[0]) * 1024 <= (kMany - kFew) * kBytesARecordMax);
    }
};

BLAZEDB_REGISTER_TEST(TestExportMemory);
#include "tst_export_memory.moc"
