// Families of our writer: the vectors of the specification, every fixture once round, refusals, and a cut at each write.
#include <limits>

#include <QDir>
#include <QTemporaryDir>

#include "engine/base/random.h"
#include "engine/crypto/digest.h"
#include "engine/format28/catalogue_writer.h"
#include "engine/format28/family_writer.h"
#include "engine/local/opener.h"
#include "engine/api/records.h"
#include "engine/api/upkeep.h"
#include "tests/support/expected_records.h"
#include "tests/support/failing_files.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::format28;
using tests::FailingFiles;

namespace {

constexpr const char* kPassword = "Ship-To-Shore-77";

NewFamily familyAt(const QTemporaryDir& folder)
{
    return {folder.filePath(QStringLiteral("new.blazedb")).toStdString(), SecureBytes::fromText(kPassword), {}};
}

model::Record recordOf(std::uint8_t number, std::vector<model::Field> fields)
{
    model::Record record;
    record.id.bytes[15] = number;
    record.fields = std::move(fields);
    return record;
}

Result<std::vector<model::Record>> readBack(const std::string& path)
{
    local::Opener opener;
    BLAZE_TRY_VALUE(const auto source, opener.open({}, {path, SecureBytes::fromText(kPassword), local::OpenMode::Observe}));
    model::Query query;
    query.deleted = model::DeletedRecords::Included;
    api::Window window;
    window.count = 100'000;
    window.valueBytesMax = api::kWholeValues;
    BLAZE_TRY_VALUE(api::RecordWindow answer, source->records().query({}, query, window));
    BLAZE_TRY_VALUE(const api::VerifyReport report, source->upkeep()->verify({}, api::VerifyDepth::Full));
    for (const model::Finding& finding : report.findings) qInfo("%s", finding.message.c_str());
    if (!report.findings.empty()) return Error{ErrorCode::Corruption, report.findings.front().message};
    std::vector<model::Record> records;
    for (api::RecordRow& row : answer.rows) records.push_back(std::move(row.record));
    return records;
}

Result<void> writeSmallFamily(FileSystem& files, const QTemporaryDir& folder)
{
    BLAZE_TRY_VALUE(const auto writer, FamilyWriter::create(files, systemClock(), systemRandom(), familyAt(folder)));
    for (std::uint8_t i = 1; i <= 3; ++i) BLAZE_TRY(writer->add(recordOf(i, {{"text", model::Value(std::string(6000, 'x'))}})));
    return writer->finish();
}

} // namespace

class TestFamilyWriter final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signsTheCatalogueOfTheVectors()
    {
        const Bytes key(32, std::byte{0x42});
        WrittenCatalogue catalogue;
        for (std::uint8_t i = 1; i <= 3; ++i) {
            WrittenRecord record;
            record.id.bytes[15] = i;
            record.firstPage = i;
            catalogue.records.push_back(record);
        }
        catalogue.nextPage = 4;
        catalogue.metaData = {{"schemaVersion", "1"}};
        QCOMPARE(signedPayload(catalogue),
                 std::string(R"({"deletedPages":[],"encodingFormat":"blazeBinary","fieldTypes":[],"indexMap":[{"id":"00000000-0000-0000-0000-000000000001","pages":[1]},{"id":"00000000-0000-0000-0000-000000000002","pages":[2]},{"id":"00000000-0000-0000-0000-000000000003","pages":[3]}],"metaData":[{"key":"schemaVersion","value":1}],"nextPageIndex":4,"searchIndexedFields":[],"secondaryIndexDefinitions":[],"secondaryIndexes":[],"version":1})"));
        QCOMPARE(crypto::toHex(crypto::hmacSha256(key, asBytes(signedPayload(catalogue)))),
                 std::string("f76713e8543e0115f9df9c47663481036dedfb868c9daaad03d04e56eb086a63"));
        const auto when = std::chrono::system_clock::time_point(std::chrono::seconds(1'767'323'045)); // 2026-01-02T03:04:05Z
        const std::string file = catalogueFile(catalogue, key, when);
        QVERIFY(file.starts_with(R"({"encodingFormat":"blazeBinary","layout":{"deletedPages":[],"encodingFormat":"blazeBinary","fieldTypes":{},"indexMap":["00000000-0000-0000-0000-000000000001",[1],"00000000-0000-0000-0000-000000000002",[2],"00000000-0000-0000-0000-000000000003",[3]],"metaData":{"schemaVersion":1},"nextPageIndex":4,"searchIndexedFields":[],"secondaryIndexDefinitions":{},"secondaryIndexes":{},"version":1},"secureLayoutVersion":2,"signature":"92cT)"));
        QVERIFY(file.find(R"("signedAt":"2026-01-02T03:04:05Z","signedPayload":"eyJk)") != std::string::npos);
    }

    void signsTheEmptyCatalogueOfTheVectors()
    {
        const Bytes key(32, std::byte{0x42});
        WrittenCatalogue catalogue;
        catalogue.metaData = {{"formatVersion", "\"1.0.0\""}};
        QCOMPARE(crypto::toHex(crypto::hmacSha256(key, asBytes(signedPayload(catalogue)))),
                 std::string("2a68e80c306666d21a7bf91ce30664c385edadb7c17d2f0de7375ea2d9983d28"));
    }

    void everyFixtureReadsBackEqual_data()
    {
        QTest::addColumn<QString>("folder");
        const QString root = QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/data/format28");
        for (const QString& name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) QTest::newRow(qPrintable(name)) << root + QLatin1Char('/') + name;
    }

    void everyFixtureReadsBackEqual()
    {
        QFETCH(QString, folder);
        QTemporaryDir out;
        const auto expected = tests::readExpectedRecords(folder + QStringLiteral("/expected.jsonl"));
        NewFamily family = familyAt(out);
        const std::string path = family.path;
        family.indexes = {{{"_blazeKind"}}, {{"status", "project"}}};
        auto writer = FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(), std::move(family));
        QVERIFY(writer.has_value());
        for (const model::Record& record : expected) {
            const auto added = (*writer)->add(record);
            QVERIFY2(added.has_value(), added ? "" : added.error().message.c_str());
        }
        QVERIFY((*writer)->finish().has_value());
        QCOMPARE(QDir(out.path()).entryList(QDir::Files).size(), 4);
        const auto read = readBack(path);
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(read->size(), expected.size());
        for (const model::Record& record : *read) {
            const auto same = std::find_if(expected.begin(), expected.end(), [&](const model::Record& known) { return known.id == record.id; });
            QVERIFY(same != expected.end());
            const QString difference = tests::differenceOf(record, *same);
            QVERIFY2(difference.isEmpty(), qPrintable(difference));
        }
    }

    void weakPasswordsAreRefused_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<bool>("isAccepted");
        QTest::newRow("short") << QStringLiteral("Short-1") << false;
        QTest::newRow("no upper case") << QStringLiteral("all-lower-case-1") << false;
        QTest::newRow("no lower case") << QStringLiteral("ALL-UPPER-CASE-1") << false;
        QTest::newRow("no number") << QStringLiteral("No-Number-At-All") << false;
        QTest::newRow("empty") << QString() << false;
        // Eleven characters: each woman with a skin tone is one.
        QTest::newRow("clusters are counted") << QStringLiteral("Ab1") + QString::fromUtf8("👩🏽👩🏽👩🏽👩🏽👩🏽👩🏽👩🏽👩🏽") << false;
        QTest::newRow("good") << QStringLiteral("Correct-Horse-42") << true;
        QTest::newRow("other scripts") << QString::fromUtf8("Ünïcödé-Wörter-٣") << true;
    }

    void weakPasswordsAreRefused()
    {
        QFETCH(QString, password);
        QFETCH(bool, isAccepted);
        QCOMPARE(passwordProblems(password.toStdString()).empty(), isAccepted);
    }

    void whatSwiftCannotReadIsRefused()
    {
        QTemporaryDir folder;
        NewFamily family = familyAt(folder);
        family.indexes = {{{"size"}}};
        auto writer = FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(), std::move(family));
        QVERIFY(writer.has_value());
        const auto codeOf = [&](const model::Record& record) {
            const auto added = (*writer)->add(record);
            return added ? ErrorCode::Internal : added.error().code;
        };
        QCOMPARE(codeOf(recordOf(1, {{"size", model::Value(std::numeric_limits<double>::quiet_NaN())}})), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(recordOf(1, {{"size", model::Value(std::numeric_limits<double>::infinity())}})), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(recordOf(1, {{"blob", model::Value(Bytes(40'524'014))}})), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(recordOf(1, {{"id", model::Value(recordOf(2, {}).id)}})), ErrorCode::InvalidArgument);
        QVERIFY((*writer)->add(recordOf(1, {})).has_value());
        QCOMPARE(codeOf(recordOf(1, {})), ErrorCode::AlreadyExists);
        writer->reset();
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    void anExistingFamilyIsNeverReplaced()
    {
        QTemporaryDir folder;
        QVERIFY(writeSmallFamily(localFileSystem(), folder).has_value());
        QFile::remove(folder.filePath(QStringLiteral("new.blazedb")));
        const auto again = FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(), familyAt(folder));
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
    }

    /// No space: nothing is left. A crash: the name is either not there, or the family is whole.
    void aCutAtAnyWriteLeavesNothingOrAll_data()
    {
        QTest::addColumn<bool>("isCrash");
        QTest::newRow("no space") << false;
        QTest::newRow("crash") << true;
    }

    void aCutAtAnyWriteLeavesNothingOrAll()
    {
        QFETCH(bool, isCrash);
        int cuts = 0;
        for (int changes = 0;; ++changes) {
            QTemporaryDir folder;
            FailingFiles files(changes);
            files.isCrash = isCrash;
            const bool isWritten = writeSmallFamily(files, folder).has_value();
            const bool isNamed = QFile::exists(folder.filePath(QStringLiteral("new.blazedb")));
            if (isWritten) break;
            ++cuts;
            if (!isCrash) QVERIFY2(QDir(folder.path()).entryList(QDir::Files).isEmpty(), qPrintable(QString::number(changes)));
            else if (isNamed) QVERIFY(readBack(folder.filePath(QStringLiteral("new.blazedb")).toStdString()).has_value());
        }
        QVERIFY(cuts >= 12);
    }
};

BLAZEDB_REGISTER_TEST(TestFamilyWriter);
#include "tst_family_writer.moc"
