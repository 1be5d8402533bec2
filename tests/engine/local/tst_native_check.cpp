// The check of a native file finds every changed bit that is read, and its facts are those of the file.
#include <algorithm>
#include <map>
#include <set>

#include "engine/local/native_check.h"
#include "engine/local/native_facts.h"
#include "engine/local/native_import.h"
#include "engine/storage/layout.h"
#include "tests/engine/local/native_folder.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::local;
using model::RuleOutcome;
using model::VerifyDepth;
using tests::NativeFolder;

namespace {

constexpr int kRecords = 250;
constexpr int kTextBytes = 400;
constexpr int kMostInALeaf = 20; // 8,136 bytes of page body by 400 of text
constexpr int kLargeTextBytes = 40'000;

/// Records with an index on `n`, two of them large; closed.
void fill(const NativeFolder& folder)
{
    const auto file = folder.open();
    if (!file || !(*file)->documents().createIndex(model::kDefaultCollection, "n")) qFatal("no index");
    NativeImport import((*file)->documents(), systemRandom(), {.commitEvery = 100});
    for (int i = 0; i < kRecords; ++i) {
        const std::string text(i % 125 == 7 ? kLargeTextBytes : kTextBytes, static_cast<char>('a' + i % 26));
        if (!import.line("{\"n\":" + std::to_string(i % 10) + ",\"text\":\"" + text + "\"}")) qFatal("no record");
    }
    if (!import.finish() || !(*file)->close()) qFatal("not filled");
}

/// The check of a file that is opened to look at.
Result<model::VerifyReport> checked(const NativeFolder& folder, VerifyDepth depth, const api::CallContext& context = {})
{
    BLAZE_TRY_VALUE(auto file, localFileSystem().openForReading(folder.path));
    BLAZE_TRY_VALUE(const auto documents, ObservedDocuments::open(std::move(file), tests::testPassword(), {}));
    return checkNative({*documents, localFileSystem(), folder.path}, context, depth, systemClock());
}

const model::CheckedRule& ruleOf(const model::VerifyReport& report, std::string_view name)
{
    return *std::find_if(report.rules.begin(), report.rules.end(), [&](const model::CheckedRule& rule) { return rule.name == name; });
}

} // namespace

class TestNativeCheck final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSoundFilePassesEveryRule()
    {
        const NativeFolder folder;
        fill(folder);

        const auto report = checked(folder, VerifyDepth::Full);

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY(report->isSound() && report->findings.empty());
        for (const model::CheckedRule& rule : report->rules) QCOMPARE(rule.outcome(), RuleOutcome::Passed);
        QCOMPARE(report->recordsRead, std::uint64_t{kRecords});
        QCOMPARE(report->recordsSound, std::uint64_t{kRecords});
        QCOMPARE(ruleOf(*report, "index-entries").lookedAt, std::uint64_t{kRecords});
        QVERIFY(report->pagesRead * storage::kPageBytes >= kRecords * kTextBytes + 2 * kLargeTextBytes);
        QVERIFY(report->pagesRead * storage::kPageBytes <= static_cast<std::uint64_t>(folder.size()));
    }

    void anEmptyFileIsSound()
    {
        const NativeFolder folder;
        const auto report = checked(folder, VerifyDepth::Full);
        QVERIFY(report.has_value() && report->isSound());
        QCOMPARE(report->recordsRead, std::uint64_t{0});
    }

    void aQuickCheckLooksAtTheFixedPlacesAlone()
    {
        const NativeFolder folder;
        fill(folder);
        const auto sound = checked(folder, VerifyDepth::Quick);
        folder.turnBit(4096 + 50);

        const auto damaged = checked(folder, VerifyDepth::Quick);

        QVERIFY(sound.has_value() && sound->isSound());
        QCOMPARE(ruleOf(*sound, "record-content").outcome(), RuleOutcome::Skipped);
        QVERIFY(damaged.has_value() && !damaged->isSound());
        QCOMPARE(ruleOf(*damaged, "fixed-places").problems, std::uint64_t{1});
    }

    void aBitInAFixedPlaceIsFound_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<std::string>("says");
        QTest::newRow("key area, copy 0, its identity") << 20 << std::string("copy 0 of the key area");
        QTest::newRow("key area, copy 0, its end") << 4095 << std::string("copy 0 of the key area");
        QTest::newRow("key area, copy 1, a slot") << 4096 + 200 << std::string("copy 1 of the key area");
        QTest::newRow("the witness") << 16384 + 20 << std::string("witness");
    }

    void aBitInAFixedPlaceIsFound()
    {
        QFETCH(int, offset);
        QFETCH(std::string, says);
        const NativeFolder folder;
        fill(folder);
        folder.turnBit(offset);

        const auto report = checked(folder, VerifyDepth::Full);

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY(!report->isSound());
        QCOMPARE(report->findings.size(), std::size_t{1}); // once, although two rules come by
        QVERIFY2(report->findings.front().message.find(says) != std::string::npos, report->findings.front().message.c_str());
        QCOMPARE(report->recordsSound, std::uint64_t{kRecords});
    }

    void aBitInEitherHeaderIsFound()
    {
        int lost = 0;
        for (const int offset : {8192 + 17, 12288 + 17}) {
            const NativeFolder folder;
            fill(folder);
            folder.turnBit(offset);

            const auto report = checked(folder, VerifyDepth::Full);

            // The newest header is not replaced by the older one: then it does not open.
            if (!report) {
                ++lost;
                QCOMPARE(report.error().code, ErrorCode::Corruption);
                QVERIFY2(report.error().message.find("newest header is damaged") != std::string::npos, report.error().message.c_str());
            } else {
                QVERIFY(!report->isSound());
            }
        }
        QCOMPARE(lost, 1);
    }

    /// A turned bit in a page is found, or the page holds nothing; and one leaf that is lost costs its records, not those behind it.
    void aBitInAnyPageIsFoundOrMeansNothing()
    {
        const NativeFolder folder;
        fill(folder);
        const qint64 pages = folder.size() / static_cast<qint64>(storage::kPageBytes);
        qint64 found = 0;
        int leaves = 0;
        for (qint64 page = storage::kFirstPage; page < pages; ++page) {
            const qint64 offset = page * static_cast<qint64>(storage::kPageBytes) + 56 + (page * 131) % 8136; // somewhere in the body
            folder.turnBit(offset);
            const auto report = checked(folder, VerifyDepth::Full);
            folder.turnBit(offset);
            if (!report) {
                QCOMPARE(report.error().code, ErrorCode::Corruption);
                ++found;
                continue;
            }
            const std::uint64_t lost = ruleOf(*report, "record-content").problems;
            found += report->isSound() ? 0 : 1;
            leaves += lost > 0 && lost <= kMostInALeaf ? 1 : 0;
            QCOMPARE(report->recordsRead, std::uint64_t{kRecords});
            QCOMPARE(report->recordsSound + lost, std::uint64_t{kRecords});
        }
        const qint64 holding = (kRecords * kTextBytes + 2 * kLargeTextBytes) / static_cast<qint64>(storage::kPageBytes);
        QVERIFY2(found >= holding, qPrintable(QString::number(found)));
        QVERIFY(leaves >= kRecords / kMostInALeaf);
        QVERIFY(checked(folder, VerifyDepth::Full)->isSound());
    }

    void aCheckIsStopped()
    {
        const NativeFolder folder;
        fill(folder);
        std::stop_source source;
        api::CallContext context;
        context.stop = source.get_token();
        context.onProgress = [&](const api::Progress&) { source.request_stop(); };

        QCOMPARE(checked(folder, VerifyDepth::Full, context).error().code, ErrorCode::Cancelled);
    }

    void factsAreThoseOfTheFile()
    {
        const NativeFolder folder;
        fill(folder);
        const auto documents = ObservedDocuments::open(*localFileSystem().openForReading(folder.path), tests::testPassword(), {});
        QVERIFY(documents.has_value());
        const auto outline = readNativeOutline(localFileSystem(), folder.path);
        NativeFacts facts(**documents, localFileSystem(), systemClock(), *outline);

        const api::SourceDescription about = facts.describe();
        const auto indexes = facts.indexes();
        const StoreFigures figures = facts.figures();

        QCOMPARE(about.name, std::string("orders"));
        QCOMPARE(about.place, folder.path);
        QCOMPARE(about.identity, outline->identity);
        QCOMPARE(about.format, std::string("BlazeDB native file"));
        QVERIFY(about.encryption.starts_with("AES-256-GCM"));
        QVERIFY(about.isReadOnly && !about.readOnlyReason.empty());
        QCOMPARE(indexes.size(), std::size_t{1});
        QCOMPARE(indexes.front().fields, std::vector<std::string>{"n"});
        QCOMPARE(figures.databaseBytes, static_cast<std::uint64_t>(folder.size()));
        QCOMPARE(figures.pages, figures.databaseBytes / 8192);
        QVERIFY(figures.pagesWasted < figures.pages && figures.problem.empty());
        QVERIFY(figures.disk.has_value());
        std::set<std::string> ids;
        for (const model::MetricSample& sample : figures.samples) {
            QVERIFY2(ids.insert(sample.id).second, sample.id.c_str());
            QVERIFY2(sample.isMeasured() != !sample.reason.empty(), sample.id.c_str());
        }
    }
};

BLAZEDB_REGISTER_TEST(TestNativeCheck);
#include "tst_native_check.moc"
