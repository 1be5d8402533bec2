// Dumps as a source: what the Swift library exported is what is shown, and each change of the file is told by its own rule.
#include <algorithm>
#include <functional>

#include <QFile>
#include <QTemporaryDir>

#include "engine/api/records.h"
#include "engine/api/upkeep.h"
#include "engine/codec/dump_text.h"
#include "engine/crypto/digest.h"
#include "engine/local/dump_contents.h"
#include "engine/local/dump_export.h"
#include "engine/local/opener.h"
#include "tests/support/expected_records.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::local;
using model::FindingSeverity;

namespace {

QByteArray featuresDump()
{
    QFile file(tests::fixtureFolder(QStringLiteral("format28/features/features.blazedump")));
    if (!file.open(QIODevice::ReadOnly)) qFatal("no dump");
    return file.readAll();
}

std::string hex(std::string_view text)
{
    return crypto::toHex(crypto::sha256(asBytes(text)));
}

std::string dumpOf(const std::string& header, const std::string& payload, std::uint64_t count, const std::string& headerHash, const std::string& payloadHash)
{
    return "{\"header\":" + header + ",\"manifest\":{\"combinedHash\":\"" + hex(headerHash + payloadHash) + "\",\"headerHash\":\"" + headerHash
        + "\",\"payloadHash\":\"" + payloadHash + "\",\"payloadSize\":" + std::to_string(payload.size()) + ",\"recordCount\":" + std::to_string(count)
        + "},\"records\":" + payload + "}";
}

constexpr const char* kHeader = R"({"databaseId":"FF0FB73D-805D-4D4E-ACC3-10379A299224","databaseName":"hello","exportedAt":"2026-03-16T21:28:54Z","formatVersion":1,"schemaVersion":{"major":0,"minor":0}})";
/// Of release 2.7.0 (9.3): hashed in this order of keys.
constexpr const char* kHeader270 =
    R"({"databaseName":"hello","toolVersion":"BlazeDB-1.0","databaseId":"FF0FB73D-805D-4D4E-ACC3-10379A299224","schemaVersion":{"minor":0,"major":0},"formatVersion":1,"exportedAt":"2026-03-16T21:28:54Z"})";
constexpr const char* kHash270 = "d2b7f0cd155294b318c8406b7996270c1115775363ad5ea611bedb9fa7144add";
constexpr const char* kPayloadHash270 = "e930b0efafd3c62c270c46c8c33813e60f3d7c9625ff30c7ddbea509997e02d1";
/// The same records in another order of keys, as the file has them.
constexpr const char* kPayload270Reordered =
    R"([{"storage":{"name":"Bob","id":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49","age":25,"createdAt":"2026-03-16T21:28:50Z","active":false,"project":"Default"}},{"storage":{"id":"9FC88B04-CCED-4FC1-962B-CE8BA50E98B2","name":"Charlie","age":35,"createdAt":"2026-03-16T21:28:52Z","active":true,"project":"Default"}},{"storage":{"id":"AFCCA996-6104-4E58-9F68-36FD533AABB0","name":"Alice","age":30,"createdAt":"2026-03-16T21:28:49Z","active":true,"project":"Default"}}])";

Result<DumpContents> readText(const std::string& text, DumpReading reading = DumpReading::Whole)
{
    return readDumpText({}, systemClock(), text, "d.blazedump", reading);
}

QStringList rulesWith(const model::VerifyReport& report, model::RuleOutcome outcome)
{
    QStringList names;
    for (const model::CheckedRule& rule : report.rules)
        if (rule.outcome() == outcome) names << QString::fromStdString(rule.name);
    return names;
}

std::vector<model::Record> allRecords(api::DataSource& source)
{
    model::Query query;
    query.deleted = model::DeletedRecords::Included;
    std::vector<model::Record> records;
    auto window = source.records().query({}, query, {0, 100'000, api::kWholeValues});
    if (window)
        for (api::RecordRow& row : window->rows) records.push_back(std::move(row.record));
    return records;
}

} // namespace

class TestDumpSource final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The library's own reader turned the vectors into garbage before it exported them (4.4), so they differ from the family's.
    void showsWhatTheSwiftLibraryExported()
    {
        const QString path = tests::fixtureFolder(QStringLiteral("format28/features/features.blazedump"));
        Opener opener;
        const auto preview = opener.preview(path.toStdString());
        QVERIFY(preview.has_value());
        QVERIFY(!preview->needsPassword);
        QCOMPARE(preview->name, std::string("features"));
        const auto source = opener.open({}, {path.toStdString(), {}, OpenMode::Observe});
        QVERIFY2(source.has_value(), source ? "" : source.error().message.c_str());
        const auto expected = tests::readExpectedRecords(tests::fixtureFolder(QStringLiteral("format28/features/expected.jsonl")));

        const auto records = allRecords(**source);

        QCOMPARE(records.size(), expected.size());
        for (const model::Record& record : records) {
            const auto same = std::find_if(expected.begin(), expected.end(), [&](const model::Record& known) { return known.id == record.id; });
            QVERIFY(same != expected.end());
            for (const model::Field& field : same->fields) {
                const model::Field* shown = record.find(field.name);
                QVERIFY2(shown != nullptr, field.name.c_str());
                if (field.name == "embedding") {
                    QCOMPARE(shown->value.as<model::Vector>()->elements.size(), field.value.as<model::Vector>()->elements.size());
                } else if (const auto* date = field.value.as<model::Date>()) {
                    QCOMPARE(shown->value.as<model::Date>()->seconds, std::floor(date->seconds));
                } else if (const auto* real = field.value.as<double>(); real != nullptr && *real == std::trunc(*real)) {
                    QCOMPARE(*shown->value.as<std::int64_t>(), static_cast<std::int64_t>(*real));
                } else {
                    QVERIFY2(shown->value.isIdenticalTo(field.value), field.name.c_str());
                }
            }
        }
        // The first element of the first record as it stands in the text, with all its digits.
        const model::Field* vector = records.front().find("embedding");
        QCOMPARE(vector->value.as<model::Vector>()->elements.front(), 4.885611087434818e-35);
        const auto report = (*source)->upkeep()->verify({}, api::VerifyDepth::Full);
        QVERIFY(report.has_value());
        QCOMPARE(rulesWith(*report, model::RuleOutcome::Passed).size(), static_cast<qsizetype>(report->rules.size()));
    }

    void isRecognisedByItsContent()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("no suffix"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(featuresDump());
        file.close();
        Opener opener;
        QCOMPARE(opener.preview(path.toStdString())->format, std::string("BlazeDB dump"));
        const auto source = opener.open({}, {path.toStdString(), {}, OpenMode::Observe});
        QVERIFY(source.has_value());
        QCOMPARE(allRecords(**source).size(), std::size_t{40});
    }

    void eachChangeIsToldByItsRule_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("failed");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << QString();
        QTest::newRow("a value") << QByteArray("no 5 jumps") << QByteArray("no 6 jumps") << QStringLiteral("payload-hash");
        QTest::newRow("a longer value") << QByteArray("no 5 jumps") << QByteArray("no 55 jumps") << QStringLiteral("payload-hash,payload-size");
        QTest::newRow("the name") << QByteArray("\"databaseName\":\"features\"") << QByteArray("\"databaseName\":\"featured\"") << QStringLiteral("header-hash");
        QTest::newRow("the count") << QByteArray("\"recordCount\":40") << QByteArray("\"recordCount\":41") << QStringLiteral("record-count");
        QTest::newRow("the combined hash") << QByteArray("\"combinedHash\":\"5e") << QByteArray("\"combinedHash\":\"5f") << QStringLiteral("combined-hash");
        QTest::newRow("a hash") << QByteArray("\"payloadHash\":\"2b") << QByteArray("\"payloadHash\":\"2c") << QStringLiteral("payload-hash,combined-hash");
        QTest::newRow("an id") << QByteArray("\"id\":\"011D1450-") << QByteArray("\"ix\":\"011D1450-") << QStringLiteral("dump-records,payload-hash");
        QTest::newRow("JSON inside a record") << QByteArray("\"title\":\"Café number 5\"") << QByteArray("\"title\";\"Café number 5\"")
                                              << QStringLiteral("dump-records,payload-hash");
    }

    void eachChangeIsToldByItsRule()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, failed);
        QByteArray text = featuresDump();
        if (!from.isEmpty()) {
            const qsizetype at = text.indexOf(from);
            QVERIFY(at >= 0);
            text.replace(at, from.size(), to);
        }
        const auto contents = readText(text.toStdString());
        QVERIFY2(contents.has_value(), contents ? "" : contents.error().message.c_str());
        QCOMPARE(rulesWith(contents->report, model::RuleOutcome::Failed).join(QLatin1Char(',')), failed);
        QCOMPARE(contents->report.isSound(), failed.isEmpty());
        QCOMPARE(contents->rows.size(), failed.startsWith(QLatin1String("dump-records")) ? std::size_t{39} : std::size_t{40});
    }

    /// The worked example of 9.3: hashed in another order than written. A remark names both hashes; the records are there.
    void theDumpOfRelease270IsRemarked()
    {
        const auto contents = readText(dumpOf(codec::dumpHeaderText(*codec::DumpReader().header(kHeader270)), kPayload270Reordered, 3, kHash270, kPayloadHash270));
        QVERIFY2(contents.has_value(), contents ? "" : contents.error().message.c_str());
        QCOMPARE(contents->rows.size(), std::size_t{3});
        // The header happens to be written sorted here, so that nothing excuses its hash; its own text has it:
        const auto asHashed = readText(dumpOf(kHeader270, kPayload270Reordered, 3, kHash270, kPayloadHash270));
        QVERIFY(asHashed.has_value());
        QVERIFY(asHashed->report.isSound());
        QCOMPARE(rulesWith(asHashed->report, model::RuleOutcome::Remarked), (QStringList{QStringLiteral("header-hash"), QStringLiteral("payload-hash")}));
        const auto payload = std::find_if(asHashed->report.findings.begin(), asHashed->report.findings.end(),
                                          [](const model::Finding& finding) { return finding.rule == "payload-hash"; });
        QVERIFY(payload->message.find("payloadHash") != std::string::npos);
        QVERIFY(payload->advice.find("2.7.0") != std::string::npos);
    }

    void aDumpThatIsCutShortIsRescued()
    {
        const QByteArray text = featuresDump();
        const std::string cut = text.left(text.size() / 2).toStdString();
        const auto whole = readText(cut);
        QVERIFY(!whole);
        QCOMPARE(whole.error().code, ErrorCode::Corruption);
        const auto rescued = readText(cut, DumpReading::Salvage);
        QVERIFY2(rescued.has_value(), rescued ? "" : rescued.error().message.c_str());
        QVERIFY(rescued->rows.size() > 15 && rescued->rows.size() < 25);
        QVERIFY(!rescued->report.isSound());
    }

    void twoRecordsOfOneIdAreTold()
    {
        const std::string record = R"({"storage":{"id":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49"}})";
        const std::string payload = "[" + record + "," + record + "]";
        const auto contents = readText(dumpOf(kHeader, payload, 2, hex(kHeader), hex(payload)));
        QVERIFY(contents.has_value());
        QCOMPARE(contents->rows.size(), std::size_t{1});
        QCOMPARE(rulesWith(contents->report, model::RuleOutcome::Failed), QStringList{QStringLiteral("dump-ids")});
    }

    /// Whole doubles over 2^53 do not survive the library's reading: it would refuse the dump, although nothing was changed.
    void aValueThatDoesNotSurviveIsARemark()
    {
        const std::string payload = R"([{"storage":{"id":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49","n":1e+16}}])";
        const auto contents = readText(dumpOf(kHeader, payload, 1, hex(kHeader), hex(payload)));
        QVERIFY(contents.has_value());
        QVERIFY(contents->report.isSound());
        QCOMPARE(rulesWith(contents->report, model::RuleOutcome::Remarked), QStringList{QStringLiteral("payload-hash")});
    }

    void whatIsNoDumpIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << QByteArray() << ErrorCode::Corruption;
        QTest::newRow("not JSON") << QByteArray("BZDB") << ErrorCode::Corruption;
        QTest::newRow("nothing in it") << QByteArray("{}") << ErrorCode::Corruption;
        QTest::newRow("newer") << QByteArray(R"({"header":{"formatVersion":2},"manifest":{},"records":[]})") << ErrorCode::Unsupported;
        QTest::newRow("records are no list") << QByteArray(R"({"header":{},"manifest":{},"records":7})") << ErrorCode::Corruption;
        QTest::newRow("something behind") << featuresDump() + "x" << ErrorCode::Corruption;
    }

    void whatIsNoDumpIsSaid()
    {
        QFETCH(QByteArray, text);
        QFETCH(ErrorCode, code);
        const auto contents = readText(text.toStdString());
        QVERIFY(!contents);
        QCOMPARE(contents.error().code, code);
        QVERIFY(contents.error().message.starts_with("d.blazedump: "));
    }

    /// Whatever kinds a record has: our dump verifies by the rules of the library, and reads back to the form it announced.
    void ourDumpsVerify()
    {
        QTemporaryDir folder;
        std::vector<model::Record> records = tests::readExpectedRecords(tests::fixtureFolder(QStringLiteral("format28/kinds/expected.jsonl")));
        auto database = tests::openInMemory(records);
        const std::string path = folder.filePath(QStringLiteral("k.blazedump")).toStdString();

        const auto report = writeDump({}, localFileSystem(), systemClock(), systemRandom(), *database.source, {path, "a test"});

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        const auto refused = static_cast<std::size_t>(std::count_if(report->findings.begin(), report->findings.end(), [](const model::Finding& finding) {
            return finding.kind == model::FindingKind::RecordRefused;
        }));
        QVERIFY(refused > 0); // NaN and infinities are among the kinds
        QCOMPARE(report->written + refused, static_cast<std::uint64_t>(records.size()));
        const auto contents = readDump({}, localFileSystem(), systemClock(), path, DumpReading::Whole);
        QVERIFY2(contents.has_value(), contents ? "" : contents.error().message.c_str());
        QCOMPARE(rulesWith(contents->report, model::RuleOutcome::Passed).size(), static_cast<qsizetype>(contents->report.rules.size()));
        QCOMPARE(static_cast<std::uint64_t>(contents->rows.size()), report->written);
        QCOMPARE(contents->header.toolVersion.value_or(""), std::string("a test"));
    }
};

BLAZEDB_REGISTER_TEST(TestDumpSource);
#include "tst_dump_source.moc"
