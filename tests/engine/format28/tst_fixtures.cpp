// Families written by the Swift library: what is read is what they hold, and looking changes nothing.
#include <algorithm>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

#include "engine/codec/blaze_binary.h"
#include "engine/format28/family_paths.h"
#include "engine/format28/family_store.h"
#include "tests/support/expected_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::copyFixture;

namespace {

struct Opened {
    std::unique_ptr<metrics::CounterSet> counters = std::make_unique<metrics::CounterSet>();
    Result<std::unique_ptr<format28::FamilyStore>> store = Error{};
};

Opened openFamily(const QString& path, format28::CatalogueUse use = format28::CatalogueUse::Trusted, const char* password = tests::kFixturePassword)
{
    Opened opened;
    opened.store = format28::FamilyStore::open(localFileSystem(), systemClock(), *opened.counters, path.toStdString(),
                                               SecureBytes::fromText(password), {use, {}, {}});
    return opened;
}

struct ReadRows {
    std::vector<model::Record> records; ///< By id.
    std::vector<std::string> problems;
    int invisibleToSwift = 0;
    int gone = 0;
};

ReadRows readAll(format28::FamilyStore& store, storage::ScanOrder order)
{
    ReadRows rows;
    const auto snapshot = store.snapshot();
    auto cursor = (*snapshot)->tree(storage::kRecordTree)->scan(order, {}, {});
    storage::RowView row;
    while (*(*cursor)->next(row)) {
        if (row.problem != nullptr) {
            rows.problems.push_back(row.problem->message);
            rows.gone += row.isGone ? 1 : 0;
            continue;
        }
        rows.invisibleToSwift += row.marks.isInvisibleToSwift ? 1 : 0;
        auto fields = codec::decodeRecord(row.bytes);
        if (fields) rows.records.push_back({model::Uuid{row.key}, *std::move(fields)});
    }
    std::sort(rows.records.begin(), rows.records.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return rows;
}

/// Names, bytes, modification and change times of all files of a folder.
QByteArray portraitOf(const QString& folder)
{
    QByteArray portrait;
    for (const QFileInfo& entry : QDir(folder).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name)) {
        struct stat status {};
        stat(qPrintable(entry.filePath()), &status);
        QFile file(entry.filePath());
        const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        portrait += entry.fileName().toUtf8() + ' ' + QByteArray::number(qlonglong(status.st_mtim.tv_sec)) + '.'
            + QByteArray::number(qlonglong(status.st_mtim.tv_nsec)) + ' ' + QByteArray::number(qlonglong(status.st_ctim.tv_nsec)) + ' '
            + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex() + '\n';
    }
    return portrait;
}

QString firstDifference(const std::vector<model::Record>& actual, const std::vector<model::Record>& expected)
{
    if (actual.size() != expected.size()) return QStringLiteral("%1 records, expected %2").arg(actual.size()).arg(expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (const QString difference = tests::differenceOf(actual[i], expected[i]); !difference.isEmpty()) return difference;
    return {};
}

bool hasFinding(const std::vector<model::Finding>& findings, model::FindingKind kind)
{
    return std::any_of(findings.begin(), findings.end(), [&](const model::Finding& finding) { return finding.kind == kind; });
}

} // namespace

class TestFixtures final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatTheSwiftLibraryWrote_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("invisibleToSwift");
        for (const char* name : {"workspace", "kinds", "overflow", "indexes", "typed", "txn", "crash", "features", "mvcc", "empty"})
            QTest::newRow(name) << QString::fromLatin1(name) << 0;
        QTest::newRow("churn") << QStringLiteral("churn") << 2;
    }
    void holdsWhatTheSwiftLibraryWrote()
    {
        QFETCH(const QString, name);
        QFETCH(const int, invisibleToSwift);
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28/") + name, folder.path()));
        const QByteArray before = portraitOf(folder.path());

        const Opened opened = openFamily(folder.filePath(name + QStringLiteral(".blazedb")));
        QVERIFY2(opened.store.has_value(), opened.store ? "" : opened.store.error().message.c_str());
        const ReadRows byPage = readAll(**opened.store, storage::ScanOrder::Storage);
        const ReadRows byKey = readAll(**opened.store, storage::ScanOrder::Key);
        const auto report = (*opened.store)->check({});

        const auto expected = tests::readExpectedRecords(folder.filePath(QStringLiteral("expected.jsonl")));
        QCOMPARE(firstDifference(byPage.records, expected), QString());
        QCOMPARE(firstDifference(byKey.records, expected), QString());
        QCOMPARE(byPage.problems.size(), std::size_t{0});
        QCOMPARE(byPage.invisibleToSwift, invisibleToSwift);
        QVERIFY(report.has_value());
        QCOMPARE(report->recordsSound, static_cast<std::uint64_t>(expected.size()));
        for (const model::Finding& finding : report->findings) QVERIFY2(finding.severity == model::FindingSeverity::Remark, finding.message.c_str());
        QCOMPARE(portraitOf(folder.path()), before);
    }

    void showsTheStateBeforeAnInterruptedTransaction()
    {
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28/txnopen"), folder.path()));
        const QString path = folder.filePath(QStringLiteral("txnopen.blazedb"));
        const QString digest = QString::fromStdString(format28::transactionDigest(path.toStdString()));
        for (const QString& entry : QDir(folder.path()).entryList({QStringLiteral("txn_in_progress-*")}, QDir::Files))
            QVERIFY(QFile::rename(folder.filePath(entry), folder.filePath(QStringLiteral("txn_in_progress-txnopen-") + digest + entry.mid(entry.lastIndexOf(QLatin1Char('.'))))));
        const QByteArray before = portraitOf(folder.path());

        const Opened opened = openFamily(path);
        QVERIFY2(opened.store.has_value(), opened.store ? "" : opened.store.error().message.c_str());

        const auto expected = tests::readExpectedRecords(folder.filePath(QStringLiteral("expected.jsonl")));
        QCOMPARE(firstDifference(readAll(**opened.store, storage::ScanOrder::Storage).records, expected), QString());
        QVERIFY(hasFinding((*opened.store)->openingFindings(), model::FindingKind::TransactionInterrupted));
        QCOMPARE(portraitOf(folder.path()), before);
    }

    void remarksTransactionFilesOfAnotherPath()
    {
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28/txnopen"), folder.path()));

        const Opened opened = openFamily(folder.filePath(QStringLiteral("txnopen.blazedb")));

        QVERIFY(opened.store.has_value());
        QVERIFY(hasFinding((*opened.store)->openingFindings(), model::FindingKind::TransactionForeign));
    }

    void findsThePagesThatNoRecordOwns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("count");
        QTest::newRow("txn") << QStringLiteral("txn") << QByteArray("10 pages");
        QTest::newRow("mvcc") << QStringLiteral("mvcc") << QByteArray("36 pages");
    }
    void findsThePagesThatNoRecordOwns()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, count);
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28/") + name, folder.path()));
        const Opened opened = openFamily(folder.filePath(name + QStringLiteral(".blazedb")));
        QVERIFY(opened.store.has_value());

        const auto report = (*opened.store)->check({});

        QVERIFY(report.has_value());
        const auto orphans = std::find_if(report->findings.begin(), report->findings.end(),
                                          [](const model::Finding& finding) { return finding.kind == model::FindingKind::OrphanPages; });
        QVERIFY(orphans != report->findings.end());
        QVERIFY2(QByteArray::fromStdString(orphans->message).startsWith(count), orphans->message.c_str());
    }

    void readsWhatADamagedFamilyStillHolds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("records");
        QTest::addColumn<int>("problems");
        QTest::addColumn<int>("gone");
        QTest::newRow("a flipped bit") << QStringLiteral("page-bit-flipped") << 38 << 1 << 0;
        QTest::newRow("a zeroed page") << QStringLiteral("page-zeroed") << 38 << 1 << 1;
        QTest::newRow("cut short") << QStringLiteral("pages-cut-short") << 21 << 18 << 0;
        QTest::newRow("garbage in the log") << QStringLiteral("log-garbage") << 39 << 0 << 0;
    }
    void readsWhatADamagedFamilyStillHolds()
    {
        QFETCH(const QString, name);
        QFETCH(const int, records);
        QFETCH(const int, problems);
        QFETCH(const int, gone);
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28-damaged/") + name, folder.path()));
        const QByteArray before = portraitOf(folder.path());

        const Opened opened = openFamily(folder.filePath(QStringLiteral("typed.blazedb")));
        QVERIFY(opened.store.has_value());
        const ReadRows rows = readAll(**opened.store, storage::ScanOrder::Storage);

        QCOMPARE(static_cast<int>(rows.records.size()), records);
        QCOMPARE(static_cast<int>(rows.problems.size()), problems);
        QCOMPARE(rows.gone, gone);
        QCOMPARE(hasFinding((*opened.store)->openingFindings(), model::FindingKind::LogUnreadable), name == QLatin1String("log-garbage"));
        QCOMPARE(portraitOf(folder.path()), before);
    }

    void refusesWhatCannotBeTrusted_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<int>("rescued");
        const auto corruption = ErrorCode::Corruption;
        QTest::newRow("catalogue altered") << QStringLiteral("catalogue-bit-flipped") << corruption << QByteArray("rescue view") << 39;
        QTest::newRow("catalogue cut") << QStringLiteral("catalogue-cut-short") << corruption << QByteArray("rescue view") << 39;
        QTest::newRow("catalogue empty") << QStringLiteral("catalogue-empty") << corruption << QByteArray("rescue view") << 39;
        QTest::newRow("catalogue missing") << QStringLiteral("catalogue-missing") << corruption << QByteArray("typed.meta is missing") << 39;
        QTest::newRow("no page file") << QStringLiteral("page-file-missing") << ErrorCode::FailedPrecondition << QByteArray("typed.blazedb is missing") << -1;
        QTest::newRow("salt missing") << QStringLiteral("salt-missing") << ErrorCode::Unauthenticated << QByteArray("typed.salt") << -1;
        QTest::newRow("salt changed") << QStringLiteral("salt-changed") << ErrorCode::Unauthenticated << QByteArray("wrong password, or the salt file") << -1;
        QTest::newRow("salt cut") << QStringLiteral("salt-cut-short") << ErrorCode::Unauthenticated << QByteArray("not this database's") << -1;
        QTest::newRow("random bytes") << QStringLiteral("random-bytes") << ErrorCode::InvalidArgument << QByteArray("not a BlazeDB database") << -1;
        QTest::newRow("SQLite") << QStringLiteral("sqlite-in-disguise") << ErrorCode::InvalidArgument << QByteArray("SQLite") << -1;
        QTest::newRow("a folder") << QStringLiteral("a-folder") << ErrorCode::InvalidArgument << QByteArray("is a folder") << -1;
    }
    void refusesWhatCannotBeTrusted()
    {
        QFETCH(const QString, name);
        QFETCH(const ErrorCode, code);
        QFETCH(const QByteArray, words);
        QFETCH(const int, rescued);
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28-damaged/") + name, folder.path()));
        const QByteArray before = portraitOf(folder.path());
        const QString path = folder.filePath(QStringLiteral("typed.blazedb"));

        const Opened opened = openFamily(path);

        QVERIFY(!opened.store.has_value());
        QCOMPARE(opened.store.error().code, code);
        QVERIFY2(opened.store.error().message.find(words.toStdString()) != std::string::npos, opened.store.error().message.c_str());
        const Opened rescue = openFamily(path, format28::CatalogueUse::Ignored);
        QCOMPARE(rescue.store.has_value(), rescued >= 0);
        if (rescued >= 0) QCOMPARE(static_cast<int>(readAll(**rescue.store, storage::ScanOrder::Key).records.size()), rescued);
        QCOMPARE(portraitOf(folder.path()), before);
    }

    void saysThatAPasswordIsWrong()
    {
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28/typed"), folder.path()));

        const Opened opened = openFamily(folder.filePath(QStringLiteral("typed.blazedb")), format28::CatalogueUse::Trusted, "Wrong-Horse-43");

        QCOMPARE(opened.store.error().code, ErrorCode::Unauthenticated);
        QVERIFY(opened.store.error().message.find("Wrong-Horse") == std::string::npos);
    }

    void rescuesTheSameRecordsFromASoundFamily()
    {
        const QTemporaryDir folder;
        QVERIFY(copyFixture(QStringLiteral("format28/overflow"), folder.path()));

        const Opened opened = openFamily(folder.filePath(QStringLiteral("overflow.blazedb")), format28::CatalogueUse::Ignored);

        QVERIFY(opened.store.has_value());
        const auto expected = tests::readExpectedRecords(folder.filePath(QStringLiteral("expected.jsonl")));
        QCOMPARE(firstDifference(readAll(**opened.store, storage::ScanOrder::Key).records, expected), QString());
    }
};
BLAZEDB_REGISTER_TEST(TestFixtures);
#include "tst_fixtures.moc"
