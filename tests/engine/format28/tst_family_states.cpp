// Opening a family in every state the format knows: old keys, old catalogues, logs, interrupted transactions and vacuums, odd names.
#include <QFile>

#include "engine/format28/family_paths.h"
#include "tests/engine/format28/raw_family.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using format28::CatalogueUse;
using model::FindingKind;
using tests::OpenedFamily;
using tests::openRaw;
using tests::RawFamily;
using tests::readRows;

namespace {

using Texts = std::map<int, std::string>;

QString meta()
{
    return QStringLiteral("my.meta");
}

std::string transactionStem(const RawFamily& family)
{
    return "txn_in_progress-my-" + format28::transactionDigest(family.path());
}

/// The plain layout of one record, as old releases wrote it.
std::string plainLayout()
{
    return R"({"indexMap":[")" + tests::idAt(0).toString() + R"(",[0]],"nextPageIndex":1})";
}

/// The live files hold record 0 with the text "new", the copies under `stem` the text "old".
void writeLiveAndCopies(RawFamily& family, const QString& pages, const QString& catalogue)
{
    family.addRecords(1, "old");
    family.writePages(pages);
    family.write(catalogue, tests::signedCatalogue(tests::payloadOf({{0, {0}}}), family.key));
    family.pages.clear();
    family.addRecords(1, "new");
    family.writeAll();
}

} // namespace

class TestFamilyStates final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The keys of 11.2, tried against the signature.
    void opensWithEveryKeyThatWasEverUsed_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("hasSalt");
        QTest::addColumn<int>("rounds");
        QTest::newRow("of today") << QByteArray(tests::kKey600000) << true << 600'000;
        QTest::newRow("of a test run") << QByteArray(tests::kKey100000) << true << 100'000;
        QTest::newRow("before 2.7.1") << QByteArray(tests::kKeyAshPile10000) << false << 10'000;
    }
    void opensWithEveryKeyThatWasEverUsed()
    {
        QFETCH(const QByteArray, key);
        QFETCH(const bool, hasSalt);
        QFETCH(const int, rounds);
        RawFamily family(QStringLiteral("my.blazedb"), key.constData());
        family.addRecords(2);
        family.writeAll();
        if (!hasSalt) QFile::remove(family.at(QStringLiteral("my.salt")));

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY2(opened.isOpen(), opened.problem().c_str());
        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "text"}, {1, "text"}}));
        QCOMPARE((*opened.store)->figures().keyRounds, static_cast<std::uint32_t>(rounds));
        QCOMPARE(opened.hasFinding(FindingKind::LegacyKey), rounds != 600'000);
    }

    /// Version 1 and unsigned catalogues prove no key; the pages do.
    void opensOldCataloguesAndSaysThatNobodySignedThem_data()
    {
        QTest::addColumn<QByteArray>("catalogue");
        const QByteArray layout = QByteArray::fromStdString(plainLayout());
        QTest::newRow("wrapper of version 1") << QByteArray("{\"layout\":" + layout + R"(,"signature":"AAAA","signedAt":"2025-01-02T03:04:05Z"})");
        QTest::newRow("version 1 by number") << QByteArray("{\"layout\":" + layout + R"(,"secureLayoutVersion":1,"signature":"AAAA","signedAt":"2025-01-02T03:04:05Z"})");
        QTest::newRow("no wrapper") << layout;
    }
    void opensOldCataloguesAndSaysThatNobodySignedThem()
    {
        QFETCH(const QByteArray, catalogue);
        for (const char* key : {tests::kKey600000, tests::kKeyAshPile10000}) {
            RawFamily family(QStringLiteral("my.blazedb"), key);
            family.addRecords(1);
            family.writeAll();
            if (key != tests::kKey600000) QFile::remove(family.at(QStringLiteral("my.salt")));
            family.write(meta(), catalogue.toStdString());

            const OpenedFamily opened = openRaw(family.path());

            QVERIFY2(opened.isOpen(), opened.problem().c_str());
            QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "text"}}));
            QVERIFY(opened.hasFinding(FindingKind::CatalogueUnsigned));
        }
    }

    void tellsAnAlteredCatalogueFromAWrongPassword()
    {
        RawFamily family;
        family.addRecords(1);
        family.writeAll();
        family.write(meta(), tests::signedCatalogue(tests::payloadOf({{0, {0}}}), Bytes(32)));

        QCOMPARE(openRaw(family.path()).store.error().code, ErrorCode::Corruption);
        QCOMPARE(openRaw(family.path(), localFileSystem(), "Another-Password-1").store.error().code, ErrorCode::Unauthenticated);
        const OpenedFamily rescue = openRaw(family.path(), localFileSystem(), tests::kVectorPassword, CatalogueUse::Ignored);
        QVERIFY(rescue.isOpen());
        QCOMPARE(readRows(**rescue.store).texts, (Texts{{0, "text"}}));
    }

    void refusesNewerFormats_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("1.0.0") << QByteArray("1.0.0") << true;
        QTest::newRow("1.9") << QByteArray("1.9") << true;
        QTest::newRow("2.0.0") << QByteArray("2.0.0") << false;
        QTest::newRow("one part") << QByteArray("1") << false;
        QTest::newRow("10.0") << QByteArray("10.0") << false;
        QTest::newRow("no number") << QByteArray("x.y") << false;
    }
    void refusesNewerFormats()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const bool, isRead);
        RawFamily family;
        family.addRecords(1);
        family.writeAll();
        family.write(meta(), tests::signedCatalogue(tests::payloadOf({{0, {0}}}, tests::metaDataOf("formatVersion", version.toStdString())), family.key));

        const OpenedFamily opened = openRaw(family.path());

        QCOMPARE(opened.isOpen(), isRead);
        if (!isRead) QCOMPARE(opened.store.error().code, ErrorCode::Unsupported);
    }

    void readsRecordsStoredAsJsonAndSaysSo()
    {
        RawFamily family;
        const std::string bare = tests::jsonRecord(0, "old");
        family.pages.push_back(family.maker.main(asBytes(bare)));
        family.addRecords(1, "new"); // one page is converted already
        family.writeAll();
        family.write(meta(), tests::signedCatalogue(tests::payloadOf({{0, {0}}, {1, {1}}}, "[]", "json"), family.key));

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY2(opened.isOpen(), opened.problem().c_str());
        QVERIFY(opened.hasFinding(FindingKind::OldEncoding));
        for (const storage::ScanOrder order : {storage::ScanOrder::Key, storage::ScanOrder::Storage})
            QCOMPARE(readRows(**opened.store, order).texts, (Texts{{0, "old"}, {1, "new"}}));
        const auto report = (*opened.store)->check({});
        QCOMPARE(report->recordsSound, std::uint64_t{2});
        QVERIFY(std::any_of(report->findings.begin(), report->findings.end(), [](const auto& finding) {
            return finding.kind == FindingKind::OldEncoding && finding.message.starts_with("1 ") && finding.severity == model::FindingSeverity::Remark;
        }));
        // A rescue finds them as well.
        const OpenedFamily rescue = openRaw(family.path(), localFileSystem(), tests::kVectorPassword, CatalogueUse::Ignored);
        QCOMPARE(readRows(**rescue.store).texts, (Texts{{0, "old"}, {1, "new"}}));
    }

    void laysTheLogOverThePages_data()
    {
        QTest::addColumn<bool>("isUnified");
        QTest::newRow("legacy") << false;
        QTest::newRow("unified") << true;
    }
    void laysTheLogOverThePages()
    {
        QFETCH(const bool, isUnified);
        RawFamily family;
        family.addRecords(3, "page");
        family.writeAll();
        const format28::Page fresh = family.maker.main(tests::recordBytes(1, "log"));
        const format28::Page beyond = family.maker.main(tests::recordBytes(3, "grown")); // a page the file does not have yet
        Bytes log;
        const auto append = [&](const Bytes& entry) { log.insert(log.end(), entry.begin(), entry.end()); };
        if (isUnified) {
            append(tests::unifiedLogEntry(1, 1, 1, 1, fresh));
            append(tests::unifiedLogEntry(2, 1, 1, 3, beyond));
            append(tests::unifiedLogEntry(3, 1, 2, 2, {}));
            append(tests::unifiedLogEntry(4, 1, 3, 0, {}));
            append(tests::unifiedLogEntry(5, 2, 1, 0, fresh)); // never committed
        } else {
            append(tests::legacyLogEntry(1, fresh));
            append(tests::legacyLogEntry(3, beyond));
            append(tests::legacyLogEntry(2, format28::Page{}));
        }
        append(Bytes(30, std::byte{'W'})); // a torn tail
        family.write(QStringLiteral("my.wal"), log);
        family.write(meta(), tests::signedCatalogue(tests::payloadOf({{0, {0}}, {1, {1}}, {2, {2}}, {3, {3}}}), family.key));

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY2(opened.isOpen(), opened.problem().c_str());
        for (const storage::ScanOrder order : {storage::ScanOrder::Key, storage::ScanOrder::Storage}) {
            const auto rows = readRows(**opened.store, order);
            QCOMPARE(rows.texts, (Texts{{0, "page"}, {1, "log"}, {3, "grown"}}));
            QCOMPARE(rows.problems.at(2).code, ErrorCode::NotFound); // zeroed by the log
        }
        QVERIFY(opened.hasFinding(FindingKind::LogApplied));
        QVERIFY(opened.hasFinding(FindingKind::LogUnreadable));
    }

    void remarksAnUnsignedOverrideOfTheIndexes()
    {
        RawFamily family;
        family.addRecords(1);
        family.writeAll();
        family.write(QStringLiteral("my.meta.indexes"), std::string("{}"));

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY(opened.isOpen());
        QVERIFY(opened.hasFinding(FindingKind::IndexOverride));
        QCOMPARE(readRows(**opened.store).texts.size(), std::size_t{1});
    }

    /// 6.7: any phase; the log belongs to the transaction and is not laid over the copies.
    void showsTheStateBeforeATransaction_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::addColumn<bool>("hasLivePages");
        for (const bool hasLivePages : {true, false}) {
            QTest::addRow("open, live pages %d", hasLivePages) << QByteArray(R"({"phase":"open","startedAtISO8601":"2026-01-02T03:04:05Z"})") << hasLivePages;
            QTest::addRow("committing, live pages %d", hasLivePages) << QByteArray(R"({"phase":"committing","startedAtISO8601":"2026-01-02T03:04:05Z"})") << hasLivePages;
            QTest::addRow("no state file, live pages %d", hasLivePages) << QByteArray() << hasLivePages;
        }
        QTest::newRow("state is damaged") << QByteArray("{") << true;
    }
    void showsTheStateBeforeATransaction()
    {
        QFETCH(const QByteArray, state);
        QFETCH(const bool, hasLivePages);
        RawFamily family;
        const QString stem = QString::fromStdString(transactionStem(family));
        writeLiveAndCopies(family, stem + QStringLiteral(".blazedb"), stem + QStringLiteral(".meta"));
        if (!state.isEmpty()) family.write(stem + QStringLiteral(".state"), state.toStdString());
        family.write(QStringLiteral("my.wal"), tests::legacyLogEntry(0, family.maker.main(tests::recordBytes(0, "inside"))));
        if (!hasLivePages) QFile::remove(family.at(QStringLiteral("my.blazedb"))); // stopped between removing and copying back

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY2(opened.isOpen(), opened.problem().c_str());
        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "old"}}));
        QVERIFY(opened.hasFinding(FindingKind::TransactionInterrupted));
    }

    void showsTheFilesWhenOnlyTheStateIsLeft()
    {
        RawFamily family;
        family.addRecords(1, "live");
        family.writeAll();
        family.write(QString::fromStdString(transactionStem(family)) + QStringLiteral(".state"), std::string(R"({"phase":"open"})"));

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY(opened.isOpen());
        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "live"}}));
        QVERIFY(opened.hasFinding(FindingKind::TransactionInterrupted));
    }

    void doesNotTakeTheCopiesOfAnotherPath()
    {
        RawFamily family;
        const QString stem = QStringLiteral("txn_in_progress-my-") + QString(64, QLatin1Char('a'));
        writeLiveAndCopies(family, stem + QStringLiteral(".blazedb"), stem + QStringLiteral(".meta"));

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY(opened.isOpen());
        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "new"}}));
        QVERIFY(opened.hasFinding(FindingKind::TransactionForeign));
        QVERIFY(!opened.hasFinding(FindingKind::TransactionInterrupted));
    }

    /// 6.8.
    void resolvesAnInterruptedVacuum_data()
    {
        QTest::addColumn<QStringList>("markers");
        QTest::addColumn<bool>("hasBackup");
        QTest::addColumn<QStringList>("missing");
        QTest::addColumn<QByteArray>("text");
        const QString begun = QStringLiteral("my.vacuum_in_progress");
        const QString done = QStringLiteral("my.vacuum_success");
        QTest::newRow("before the swap") << QStringList{begun} << false << QStringList{} << QByteArray("new");
        QTest::newRow("after the swap") << QStringList{begun} << true << QStringList{} << QByteArray("old");
        QTest::newRow("in the middle of the swap") << QStringList{begun} << true << QStringList{QStringLiteral("my.blazedb"), QStringLiteral("my.meta")} << QByteArray("old");
        QTest::newRow("pages swapped, catalogue not") << QStringList{begun} << true << QStringList{QStringLiteral("my.meta")} << QByteArray("old");
        QTest::newRow("finished") << QStringList{begun, done} << true << QStringList{} << QByteArray("new");
        QTest::newRow("no marker") << QStringList{} << true << QStringList{} << QByteArray("new");
    }
    void resolvesAnInterruptedVacuum()
    {
        QFETCH(const QStringList, markers);
        QFETCH(const bool, hasBackup);
        QFETCH(const QStringList, missing);
        QFETCH(const QByteArray, text);
        RawFamily family;
        writeLiveAndCopies(family, QStringLiteral("my.vacuum_backup.blazedb"), QStringLiteral("my.vacuum_backup.meta"));
        if (!hasBackup)
            for (const char* name : {"my.vacuum_backup.blazedb", "my.vacuum_backup.meta"}) QFile::remove(family.at(QString::fromLatin1(name)));
        for (const QString& name : missing) QFile::remove(family.at(name));
        for (const QString& name : markers) family.write(name, ByteView());

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY2(opened.isOpen(), opened.problem().c_str());
        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, text.toStdString()}}));
        QCOMPARE(opened.hasFinding(FindingKind::VacuumInterrupted), !markers.isEmpty());
    }

    /// 1.1.
    void findsTheSideFilesOfOddNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("base");
        QTest::newRow("my.db") << QStringLiteral("my.db") << QStringLiteral("my");
        QTest::newRow("no extension") << QStringLiteral("my") << QStringLiteral("my");
        QTest::newRow("two dots") << QStringLiteral("a.b.blazedb") << QStringLiteral("a.b");
        QTest::newRow("hidden") << QStringLiteral(".hidden") << QStringLiteral(".hidden");
        QTest::newRow("hidden with an extension") << QStringLiteral(".hidden.blazedb") << QStringLiteral(".hidden");
        QTest::newRow("a dot at the end") << QStringLiteral("my.") << QStringLiteral("my.");
        QTest::newRow("spaces") << QStringLiteral("my data.blazedb") << QStringLiteral("my data");
        QTest::newRow("space in the extension") << QStringLiteral("my.blaze db") << QStringLiteral("my.blaze db");
        QTest::newRow("not Latin") << QString::fromUtf8("データ.blazedb") << QString::fromUtf8("データ");
    }
    void findsTheSideFilesOfOddNames()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, base);
        RawFamily family(name);
        family.base = base;
        family.addRecords(1);
        family.writeAll();

        const OpenedFamily opened = openRaw(family.path());

        QVERIFY2(opened.isOpen(), opened.problem().c_str());
        QCOMPARE(readRows(**opened.store).texts.size(), std::size_t{1});
    }
};
BLAZEDB_REGISTER_TEST(TestFamilyStates);
#include "tst_family_states.moc"
