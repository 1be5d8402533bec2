// Rescues: what can be read is in the new file, bit by bit; what cannot is named; a failure leaves nothing behind.
#include <algorithm>
#include <limits>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/api/records.h"
#include "engine/api/structure.h"
#include "engine/api/upkeep.h"
#include "engine/codec/typed_json.h"
#include "engine/local/family_import.h"
#include "engine/local/opener.h"
#include "engine/local/rescue_job.h"
#include "tests/support/expected_records.h"
#include "tests/support/failing_files.h"
#include "tests/support/memory_database.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::local;

namespace {

constexpr std::uint32_t kRounds = 10'000;
constexpr const char* kPassword = "Ship-To-Shore-77";

model::Record recordOf(int number, std::vector<model::Field> fields)
{
    model::Record record;
    record.id.bytes[15] = static_cast<std::uint8_t>(number);
    record.fields = std::move(fields);
    return record;
}

RescueRequest into(const QTemporaryDir& folder, const char* name)
{
    return {folder.filePath(QString::fromLatin1(name)).toStdString(), SecureBytes::fromText(kPassword), kRounds};
}

Result<RescueReport> rescue(api::DataSource& source, RescueRequest request, FileSystem& files = localFileSystem(), const api::CallContext& context = {})
{
    return rescueInto(context, files, systemClock(), systemRandom(), source, std::move(request));
}

std::vector<model::Record> recordsOf(api::DataSource& source)
{
    model::Query query;
    query.deleted = model::DeletedRecords::Included;
    std::vector<model::Record> records;
    auto window = source.records().query({}, query, {0, 100'000, api::kWholeValues});
    if (window)
        for (api::RecordRow& row : window->rows) records.push_back(std::move(row.record));
    return records;
}

std::vector<model::Record> recordsInFamily(const std::string& path)
{
    auto source = Opener().open({}, {path, SecureBytes::fromText(kPassword), OpenMode::Observe});
    if (!source) qFatal("%s", source.error().message.c_str());
    const auto report = (*source)->upkeep()->verify({}, api::VerifyDepth::Full);
    if (!report || !report->findings.empty()) qFatal("the new family is not sound");
    return recordsOf(**source);
}

std::vector<model::Record> recordsInLines(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) qFatal("no lines");
    std::vector<model::Record> records;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        auto record = codec::parseTypedJsonRecord({line.constData(), static_cast<std::size_t>(line.size())});
        if (!record) qFatal("%s", record.error().message.c_str());
        records.push_back(*std::move(record));
    }
    return records;
}

QString difference(const std::vector<model::Record>& actual, const std::vector<model::Record>& expected)
{
    if (actual.size() != expected.size()) return QStringLiteral("%1 records, not %2").arg(actual.size()).arg(expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (i > 0 && !(actual[i - 1].id < actual[i].id)) return QStringLiteral("not sorted");
        if (const QString found = tests::differenceOf(actual[i], expected[i]); !found.isEmpty()) return found;
    }
    return {};
}

} // namespace

class TestRescueJob final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void savesEveryFixtureBothWays_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"kinds", "overflow", "churn", "indexes", "features", "typed"}) QTest::newRow(name) << QString::fromLatin1(name);
    }

    void savesEveryFixtureBothWays()
    {
        QFETCH(QString, name);
        QTemporaryDir folder;
        const QString from = tests::fixtureFolder(QStringLiteral("format28/") + name + QLatin1Char('/') + name + QStringLiteral(".blazedb"));
        auto source = Opener().open({}, {from.toStdString(), SecureBytes::fromText(tests::kFixturePassword), OpenMode::Observe});
        QVERIFY(source.has_value());
        const auto expected = tests::readExpectedRecords(tests::fixtureFolder(QStringLiteral("format28/") + name + QStringLiteral("/expected.jsonl")));

        const auto lines = rescue(**source, into(folder, "out.jsonl"));
        const auto family = rescue(**source, into(folder, "out.blazedb"));

        QVERIFY2(lines.has_value(), lines ? "" : lines.error().message.c_str());
        QVERIFY2(family.has_value(), family ? "" : family.error().message.c_str());
        QCOMPARE(difference(recordsInLines(folder.filePath(QStringLiteral("out.jsonl")).toStdString()), expected), QString());
        QCOMPARE(difference(recordsInFamily(folder.filePath(QStringLiteral("out.blazedb")).toStdString()), expected), QString());
        QCOMPARE(family->lost(), std::uint64_t{0});
        QCOMPARE(family->written, static_cast<std::uint64_t>(expected.size()));
        if (name == QLatin1String("indexes")) {
            QCOMPARE(family->indexes.size(), std::size_t{10});
        }
        if (name == QLatin1String("churn")) {
            QCOMPARE(family->softDeleted, std::uint64_t{36});
        }
    }

    void namesWhatIsLost_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isRescueView");
        QTest::addColumn<int>("written");
        QTest::addColumn<int>("lost");
        QTest::newRow("page-bit-flipped") << QStringLiteral("page-bit-flipped") << false << 38 << 1;
        QTest::newRow("page-zeroed") << QStringLiteral("page-zeroed") << false << 38 << 0; // a remark: the app may have deleted it
        QTest::newRow("pages-cut-short") << QStringLiteral("pages-cut-short") << false << 21 << 18;
        QTest::newRow("catalogue-missing") << QStringLiteral("catalogue-missing") << true << 39 << 0;
    }

    void namesWhatIsLost()
    {
        QFETCH(QString, name);
        QFETCH(bool, isRescueView);
        QFETCH(int, written);
        QFETCH(int, lost);
        QTemporaryDir folder;
        const QString from = tests::fixtureFolder(QStringLiteral("format28-damaged/") + name + QStringLiteral("/typed.blazedb"));
        auto source = Opener().open({}, {from.toStdString(), SecureBytes::fromText(tests::kFixturePassword), isRescueView ? OpenMode::Rescue : OpenMode::Observe});
        QVERIFY(source.has_value());
        const auto report = rescue(**source, into(folder, "out.blazedb"));
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(static_cast<int>(report->written), written);
        QCOMPARE(static_cast<int>(report->lost()), lost);
        QCOMPARE(static_cast<int>(recordsInFamily(folder.filePath(QStringLiteral("out.blazedb")).toStdString()).size()), written);
    }

    void sameSourceSameLines()
    {
        QTemporaryDir folder;
        auto database = tests::openInMemory(std::vector<model::Record>{recordOf(3, {}), recordOf(1, {{"a", model::Value(std::int64_t{1}), 0}}), recordOf(2, {})});
        QVERIFY(rescue(*database.source, into(folder, "one.jsonl")).has_value());
        QVERIFY(rescue(*database.source, into(folder, "two.jsonl")).has_value());
        QFile one(folder.filePath(QStringLiteral("one.jsonl")));
        QFile two(folder.filePath(QStringLiteral("two.jsonl")));
        QVERIFY(one.open(QIODevice::ReadOnly) && two.open(QIODevice::ReadOnly));
        const QByteArray text = one.readAll();
        QCOMPARE(text, two.readAll());
        QCOMPARE(text.count('\n'), 3);
    }

    /// No space from the n-th change of the disk on: nothing is left. A crash there: no half file bears the final name.
    void aFailureAtAnyStepLeavesNoHalfFile_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isCrash");
        for (const char* name : {"out.blazedb", "out.jsonl"}) {
            QTest::addRow("%s, no space", name) << QByteArray(name) << false;
            QTest::addRow("%s, crash", name) << QByteArray(name) << true;
        }
    }

    void aFailureAtAnyStepLeavesNoHalfFile()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, isCrash);
        std::vector<model::Record> records;
        for (int i = 1; i <= 5; ++i) records.push_back(recordOf(i, {{"text", model::Value(std::string(70'000, 'x')), 0}}));
        auto database = tests::openInMemory(records);
        int cuts = 0;
        for (int changes = 0;; ++changes) {
            QTemporaryDir folder;
            tests::FailingFiles files(changes);
            files.isCrash = isCrash;
            const auto report = rescue(*database.source, into(folder, name.constData()), files);
            if (report) break;
            ++cuts;
            QCOMPARE(report.error().code, ErrorCode::ResourceExhausted);
            const QString final = folder.filePath(QString::fromLatin1(name));
            if (!isCrash && name.endsWith(".blazedb")) QVERIFY2(QDir(folder.path()).entryList(QDir::Files).isEmpty(), qPrintable(QString::number(changes)));
            if (!QFile::exists(final)) continue;
            // Named, so whole: only the last step, making the name durable, can have failed.
            const auto read = name.endsWith(".blazedb") ? recordsInFamily(final.toStdString()) : recordsInLines(final.toStdString());
            QCOMPARE(read.size(), records.size());
        }
        QVERIFY(cuts >= 4);
    }

    void anOldFileStaysUntilTheNewOneIsWhole()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.jsonl"));
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        auto database = tests::openInMemory(std::vector<model::Record>{recordOf(1, {})});
        tests::FailingFiles files(1);
        QVERIFY(!rescue(*database.source, into(folder, "out.jsonl"), files));
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
        old.close();
        QVERIFY(rescue(*database.source, into(folder, "out.jsonl")).has_value());
        QCOMPARE(recordsInLines(path.toStdString()).size(), std::size_t{1});
    }

    void stopsAndLeavesNothing()
    {
        QTemporaryDir folder;
        std::vector<model::Record> records;
        for (int i = 1; i <= 200; ++i) records.push_back(recordOf(i, {}));
        records.back().id.bytes[0] = 1;
        for (int i = 1; i <= 200; ++i) {
            records.push_back(recordOf(i, {}));
            records.back().id.bytes[0] = 2;
        }
        auto database = tests::openInMemory(records);
        for (const char* name : {"out.jsonl", "out.blazedb"}) {
            std::stop_source stop;
            api::CallContext context;
            context.stop = stop.get_token();
            // After the first window of records.
            context.onProgress = [&](const api::Progress&) { stop.request_stop(); };
            const auto report = rescue(*database.source, into(folder, name), localFileSystem(), context);
            QVERIFY(!report);
            QCOMPARE(report.error().code, ErrorCode::Cancelled);
        }
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    void neverWritesOverWhatItReads()
    {
        QTemporaryDir folder;
        QVERIFY(tests::copyFixture(QStringLiteral("format28/typed"), folder.path()));
        auto source = Opener().open({}, {folder.filePath(QStringLiteral("typed.blazedb")).toStdString(), SecureBytes::fromText(tests::kFixturePassword), OpenMode::Observe});
        QVERIFY(source.has_value());
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("typed.meta")), folder.filePath(QStringLiteral("link.jsonl"))));
        for (const char* name : {"typed.meta", "typed.salt", "link.jsonl", "typed.blazedb"}) {
            const auto report = rescue(**source, into(folder, name));
            QVERIFY2(!report, name);
            QCOMPARE(report.error().code, ErrorCode::InvalidArgument);
        }
    }

    void aWeakPasswordIsRefusedBeforeAnythingIsWritten()
    {
        QTemporaryDir folder;
        auto database = tests::openInMemory(std::vector<model::Record>{recordOf(1, {})});
        RescueRequest request = into(folder, "out.blazedb");
        request.password = SecureBytes::fromText("weak");
        const auto report = rescue(*database.source, std::move(request));
        QCOMPARE(report.error().code, ErrorCode::InvalidArgument);
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    /// A record counts for more than an index that no family can hold.
    void anIndexThatCannotBeKeptIsDropped()
    {
        QTemporaryDir folder;
        tests::MemoryFacts facts;
        facts.indexes = {{"size", {"size"}, "secondary", std::nullopt}};
        std::vector<tests::StoredRow> rows{tests::storedRow(recordOf(1, {{"size", model::Value(1.5), 0}})),
                                           tests::storedRow(recordOf(2, {{"size", model::Value(std::numeric_limits<double>::quiet_NaN()), 0}}))};
        auto database = tests::openInMemory(std::move(rows), facts);
        const auto report = rescue(*database.source, into(folder, "out.blazedb"));
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(report->written, std::uint64_t{2});
        QVERIFY(report->indexes.empty());
        QVERIFY(std::any_of(report->findings.begin(), report->findings.end(),
                            [](const model::Finding& finding) { return finding.kind == model::FindingKind::IndexStale; }));
    }

    void importNamesTheRecordThatCannotBeHeld_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("not JSON") << QByteArray("{") << QByteArray("record 2 (line 3)");
        QTest::newRow("no id") << QByteArray("{\"a\":1}") << QByteArray("record 2 (line 3)");
        QTest::newRow("an id twice") << QByteArray(R"({"id":"00000000-0000-0000-0000-000000000001"})") << QByteArray("is there twice");
        QTest::newRow("NaN in an index key") << QByteArray(R"({"id":"00000000-0000-0000-0000-000000000002","size":{"$double":"NaN"}})")
                                             << QByteArray("record 2 (line 3): record 00000000-0000-0000-0000-000000000002: the indexed field size is not a finite number");
    }

    void importNamesTheRecordThatCannotBeHeld()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, words);
        QTemporaryDir folder;
        QFile lines(folder.filePath(QStringLiteral("in.jsonl")));
        QVERIFY(lines.open(QIODevice::WriteOnly));
        lines.write("{\"id\":\"00000000-0000-0000-0000-000000000001\",\"size\":1}\n\n" + line); // no line end at the end
        lines.close();
        FamilyImport request{folder.filePath(QStringLiteral("new.blazedb")).toStdString(), SecureBytes::fromText(kPassword), {{"size"}}, kRounds};
        const auto written = importFamilyFile({}, localFileSystem(), systemClock(), lines.fileName().toStdString(), std::move(request));
        QVERIFY(!written);
        QVERIFY2(QByteArray::fromStdString(written.error().message).contains(words), written.error().message.c_str());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("in.jsonl")});
    }
};

BLAZEDB_REGISTER_TEST(TestRescueJob);
#include "tst_rescue_job.moc"
