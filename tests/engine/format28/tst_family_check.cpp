// The check of a family: each kind of damage is found by its own rule, every page is accounted for, and the work can be held.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <semaphore>
#include <set>
#include <thread>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/base/checksum.h"
#include "engine/base/random.h"
#include "engine/codec/base64.h"
#include "engine/crypto/digest.h"
#include "engine/crypto/key_derivation.h"
#include "engine/format28/check_ledger.h"
#include "engine/format28/family_store.h"
#include "engine/format28/family_writer.h"
#include "tests/engine/format28/raw_family.h"
#include "tests/support/expected_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::format28;
using model::FindingKind;
using model::FindingSeverity;

namespace {

constexpr const char* kPassword = "Ship-To-Shore-77";
constexpr std::uint32_t kRounds = 10'000; // the fewest that the reader tries

model::Uuid idOf(int number)
{
    model::Uuid id;
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

/// A family of one-page records, each with a number, an index over it, and a long record at the end (pages count … count + 2).
class TestFamily {
public:
    explicit TestFamily(int count)
    {
        auto writer = FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(), {path(), SecureBytes::fromText(kPassword), {{{"number"}}}, kRounds});
        if (!writer) qFatal("%s", writer.error().message.c_str());
        for (int i = 0; i < count; ++i)
            if (!(*writer)->add({idOf(i + 1), {{"number", model::Value(std::int64_t{i + 1}), 0}}})) qFatal("a record was not added");
        const std::string longText(9000, 'x'); // 4014 bytes and two overflow pages
        if (!(*writer)->add({idOf(count + 1), {{"text", model::Value(longText), 0}}})) qFatal("the long record was not added");
        if (!(*writer)->finish()) qFatal("the family was not finished");
    }

    [[nodiscard]] std::string path() const { return m_folder.filePath(QStringLiteral("f.blazedb")).toStdString(); }

    /// Changes the signed payload and signs it anew.
    void editCatalogue(const std::function<void(QByteArray&)>& edit) const
    {
        QFile file(m_folder.filePath(QStringLiteral("f.meta")));
        if (!file.open(QIODevice::ReadWrite)) qFatal("no catalogue");
        const QByteArray whole = file.readAll();
        const qsizetype begin = whole.indexOf("\"signedPayload\":\"") + 17;
        QByteArray payload = QByteArray::fromBase64(whole.mid(begin, whole.indexOf('"', begin) - begin).replace("\\/", "/"));
        edit(payload);
        QFile salt(m_folder.filePath(QStringLiteral("f.salt")));
        if (!salt.open(QIODevice::ReadOnly)) qFatal("no salt");
        const QByteArray saltBytes = salt.readAll();
        const auto view = [](const QByteArray& bytes) { return asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())}); };
        const SecureBytes key = crypto::pbkdf2Sha256(asBytes(std::string_view(kPassword)), view(saltBytes), kRounds);
        const auto signature = crypto::hmacSha256(key.view(), view(payload));
        const QByteArray signatureBytes(reinterpret_cast<const char*>(signature.data()), static_cast<qsizetype>(signature.size()));
        file.resize(0);
        file.seek(0);
        file.write("{\"encodingFormat\":\"blazeBinary\",\"layout\":{},\"secureLayoutVersion\":2,\"signature\":\"" + signatureBytes.toBase64()
                   + "\",\"signedAt\":\"2026-01-02T03:04:05Z\",\"signedPayload\":\"" + payload.toBase64() + "\"}");
    }

    void editPages(const std::function<void(QByteArray&)>& edit) const
    {
        QFile file(QString::fromStdString(path()));
        if (!file.open(QIODevice::ReadWrite)) qFatal("no pages");
        QByteArray bytes = file.readAll();
        edit(bytes);
        file.resize(0);
        file.seek(0);
        file.write(bytes);
    }

    Result<std::unique_ptr<FamilyStore>> open()
    {
        return FamilyStore::open(localFileSystem(), systemClock(), m_counters, path(), SecureBytes::fromText(kPassword), {});
    }
    Result<model::VerifyReport> check(const CheckRequest& request = {})
    {
        BLAZE_TRY_VALUE(const auto store, open());
        return store->check(request);
    }

private:
    QTemporaryDir m_folder;
    metrics::CounterSet m_counters;
};

QStringList rulesWith(const model::VerifyReport& report, model::RuleOutcome outcome)
{
    QStringList names;
    for (const model::CheckedRule& rule : report.rules)
        if (rule.outcome() == outcome) names << QString::fromStdString(rule.name);
    return names;
}

const model::CheckedRule& ruleNamed(const model::VerifyReport& report, const char* name)
{
    const auto found = std::find_if(report.rules.begin(), report.rules.end(), [&](const model::CheckedRule& rule) { return rule.name == name; });
    if (found == report.rules.end()) qFatal("no rule %s", name);
    return *found;
}

std::string pageListOf(int record, int page)
{
    return "{\"id\":\"" + idOf(record).toString() + "\",\"pages\":[" + std::to_string(page) + "]}";
}

void replaceOnce(QByteArray& text, const std::string& from, const std::string& to)
{
    const qsizetype at = text.indexOf(QByteArray::fromStdString(from));
    if (at < 0) qFatal("%s is not there", from.c_str());
    text.replace(at, static_cast<qsizetype>(from.size()), QByteArray::fromStdString(to));
}

} // namespace

class TestFamilyCheck final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Checksums are compared many at once: the wrong ones, and no others, are told, wherever they stand among the sound.
    void aWrongChecksumIsToldOfItsRecordAlone()
    {
        constexpr int kRecords = 40;
        const std::set<int> wrong{3, 4, 17, 39};
        tests::RawFamily family;
        std::vector<std::pair<std::uint8_t, std::vector<PageNumber>>> entries;
        for (int number = 0; number < kRecords; ++number) {
            const auto main = static_cast<PageNumber>(family.pages.size());
            const auto key = static_cast<std::uint8_t>(number);
            const bool isLong = number % 5 != 1; // short ones between
            const Bytes record = tests::recordBytes(key, std::string(isLong ? 4'500 + static_cast<std::size_t>(number) * 89 : 20, 'l'));
            entries.push_back({key, {main}});
            if (!isLong) {
                family.pages.push_back(family.maker.main(record));
                continue;
            }
            std::vector<PageNumber> overflow;
            for (std::size_t at = 4014; at < record.size(); at += 4052) overflow.push_back(main + 1 + static_cast<PageNumber>(overflow.size()));
            for (const Page& page : family.maker.chain(record, overflow, wrong.contains(number) ? 1 : 0)) family.pages.push_back(page);
        }
        family.writeAll();
        family.write(QStringLiteral("my.meta"), tests::signedCatalogue(tests::payloadOf(entries), family.key));
        const auto opened = tests::openRaw(family.path());
        QVERIFY2(opened.isOpen(), opened.problem().c_str());

        const auto report = (*opened.store)->check({});

        QVERIFY(report.has_value());
        std::set<int> told;
        for (const model::Finding& finding : report->findings) {
            if (finding.kind != FindingKind::RecordDamaged) continue;
            QVERIFY2(finding.message.find("checksum") != std::string::npos, finding.message.c_str());
            told.insert(static_cast<int>(finding.record->bytes[15]));
        }
        QVERIFY(told == wrong);
        QCOMPARE(report->recordsRead, std::uint64_t{kRecords});
        QCOMPARE(report->recordsSound, std::uint64_t{kRecords} - wrong.size());
        QCOMPARE(report->pages->total(), std::uint64_t{family.pages.size()});
    }

    void aSoundFamilyPassesEveryRule()
    {
        TestFamily family(5);
        const auto report = family.check();
        QVERIFY(report.has_value());
        QVERIFY(report->isSound());
        QCOMPARE(rulesWith(*report, model::RuleOutcome::Passed).size(), static_cast<qsizetype>(kCheckRules));
        QCOMPARE(report->findings.size(), std::size_t{0});
        QCOMPARE(report->pages->main, std::uint64_t{6});
        QCOMPARE(report->pages->overflow, std::uint64_t{2});
        QCOMPARE(report->pages->total(), std::uint64_t{8});
        QCOMPARE(report->recordsSound, std::uint64_t{6});
        QCOMPARE(report->bytesRead, std::uint64_t{8 * 4096});
        // Five entries of the index, and six records looked up in it.
        QCOMPARE(ruleNamed(*report, "index-entries").lookedAt, std::uint64_t{11});
        for (const model::CheckedRule& rule : report->rules) {
            QVERIFY2(!rule.suite.empty() && !rule.title.empty() && !rule.checks.empty() && !rule.unit.empty(), rule.name.c_str());
        }
    }

    void aQuickCheckReadsNoPages()
    {
        TestFamily family(5);
        family.editPages([](QByteArray& bytes) { bytes[4096 + 50] = static_cast<char>(bytes[4096 + 50] ^ 1); });
        CheckRequest request;
        request.depth = model::VerifyDepth::Quick;
        const auto report = family.check(request);
        QVERIFY(report.has_value());
        QVERIFY(report->isSound());
        QCOMPARE(report->pagesRead, std::uint64_t{0});
        QCOMPARE(ruleNamed(*report, "record-content").outcome(), model::RuleOutcome::Skipped);
        QVERIFY(!report->pages.has_value());
    }

    /// Each edit breaks one thing; exactly that rule fails (or remarks), and says where.
    void eachDamageIsFoundByItsRule_data()
    {
        QTest::addColumn<int>("edit");
        QTest::addColumn<QString>("failed");
        QTest::addColumn<QString>("remarked");
        QTest::addColumn<QString>("words");
        int number = 0;
        const auto row = [&](const char* name, const char* failed, const char* remarked, const char* words) {
            QTest::newRow(name) << number++ << QString::fromLatin1(failed) << QString::fromLatin1(remarked) << QString::fromLatin1(words);
        };
        row("a flipped bit in a page", "record-content", "", "page 1: the page does not authenticate");
        row("a flipped bit in a chain", "record-content", "", "page 6: an overflow page does not authenticate");
        row("a zeroed page", "", "record-content", "deleted by the app before it saved its catalogue, or lost");
        row("a file cut short", "record-places", "", "shorter than the catalogue says");
        row("two records on one page", "pages-once,record-ids", "pages-accounted", "page 1 belongs to two records");
        row("swapped pages", "record-ids", "", "the page holds another record");
        row("a free page in use", "free-pages", "", "1 pages are on the list of free pages although records use them: 2");
        row("a free page twice", "free-pages", "", "1 pages are on the list of free pages twice: 8");
        row("a next page in use", "", "next-page", "page 3 is the next to be taken, but pages up to 7 are in use");
        row("an id twice", "catalogue-entries", "", "more than once");
        row("an entry without pages", "catalogue-entries", "pages-accounted", "1 entries of the catalogue name no record or no page");
        row("a foreign page", "", "pages-accounted", "1 pages hold something that is not BlazeDB's: 8");
        row("an orphan", "", "pages-accounted", "1 pages belong to no record: 8; 1 hold other versions of records that are there");
        row("an index without an entry", "", "index-entries", "the index number lacks 1 record: 00000000-0000-0000-0000-000000000002");
        row("an index entry for nobody", "", "index-entries", "names records that are not there, 1 record: 00000000-0000-0000-0000-000000000063");
        row("an index entry under another value", "", "index-entries", "lists under another value than they have 1 record: 00000000-0000-0000-0000-000000000003");
        row("garbage in the log", "log-readable", "", "could not be read from byte 0");
    }

    void eachDamageIsFoundByItsRule()
    {
        QFETCH(int, edit);
        QFETCH(QString, failed);
        QFETCH(QString, remarked);
        QFETCH(QString, words);
        TestFamily family(5);
        constexpr qsizetype kPage = 4096;
        switch (edit) {
        case 0: family.editPages([](QByteArray& bytes) { bytes[kPage + 50] = static_cast<char>(bytes[kPage + 50] ^ 1); }); break;
        case 1: family.editPages([](QByteArray& bytes) { bytes[6 * kPage + 100] = static_cast<char>(bytes[6 * kPage + 100] ^ 1); }); break;
        case 2: family.editPages([](QByteArray& bytes) { bytes.replace(kPage, kPage, QByteArray(kPage, '\0')); }); break;
        // Page 4 and what follows: the fifth record's page, and the long record's.
        case 3: family.editPages([](QByteArray& bytes) { bytes.truncate(4 * kPage); }); break;
        case 4: family.editCatalogue([](QByteArray& text) { replaceOnce(text, pageListOf(3, 2), pageListOf(3, 1)); }); break;
        case 5:
            family.editPages([](QByteArray& bytes) {
                const QByteArray second = bytes.mid(kPage, kPage);
                bytes.replace(kPage, kPage, bytes.mid(2 * kPage, kPage));
                bytes.replace(2 * kPage, kPage, second);
            });
            break;
        case 6: family.editCatalogue([](QByteArray& text) { replaceOnce(text, "\"deletedPages\":[]", "\"deletedPages\":[2]"); }); break;
        case 7:
            family.editPages([](QByteArray& bytes) { bytes += QByteArray(kPage, '\0'); });
            family.editCatalogue([](QByteArray& text) { replaceOnce(text, "\"deletedPages\":[]", "\"deletedPages\":[8,8]"); });
            break;
        case 8: family.editCatalogue([](QByteArray& text) { replaceOnce(text, "\"nextPageIndex\":8", "\"nextPageIndex\":3"); }); break;
        case 9: family.editCatalogue([](QByteArray& text) { replaceOnce(text, pageListOf(3, 2), pageListOf(3, 2) + "," + pageListOf(3, 2)); }); break;
        case 10: family.editCatalogue([](QByteArray& text) { replaceOnce(text, pageListOf(1, 0), "{\"id\":\"" + idOf(1).toString() + "\"}"); }); break;
        case 11: family.editPages([](QByteArray& bytes) { bytes += QByteArray(kPage, 'q'); }); break;
        case 12: family.editPages([](QByteArray& bytes) { bytes += bytes.left(kPage); }); break;
        case 13: family.editCatalogue([](QByteArray& text) { replaceOnce(text, "{\"ids\":[\"" + idOf(2).toString() + "\"],\"key\":{\"components\":[2]}},", ""); }); break;
        case 14:
            family.editCatalogue([](QByteArray& text) {
                replaceOnce(text, "{\"ids\":[\"" + idOf(2).toString() + "\"]", "{\"ids\":[\"" + idOf(2).toString() + "\",\"" + idOf(99).toString() + "\"]");
            });
            break;
        case 15: family.editCatalogue([](QByteArray& text) { replaceOnce(text, "{\"components\":[3]}", "{\"components\":[33]}"); }); break;
        case 16: {
            QFile log(QString::fromStdString(family.path()).replace(QLatin1String(".blazedb"), QLatin1String(".wal")));
            QVERIFY(log.open(QIODevice::WriteOnly));
            log.write(QByteArray(5000, 'g'));
            break;
        }
        default: QFAIL("no such edit");
        }

        const auto report = family.check();

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QStringList texts;
        for (const model::Finding& finding : report->findings) {
            texts << QString::fromStdString(finding.message);
            QVERIFY2(!finding.rule.empty(), finding.message.c_str());
            QVERIFY2(!finding.advice.empty(), finding.message.c_str());
        }
        const QString all = texts.join(QLatin1Char('\n'));
        QCOMPARE(rulesWith(*report, model::RuleOutcome::Failed).join(QLatin1Char(',')), failed);
        if (edit == 10) // the page of the entry is an orphan, and the index names a record that is gone
            QVERIFY(rulesWith(*report, model::RuleOutcome::Remarked).contains(remarked));
        else
            QCOMPARE(rulesWith(*report, model::RuleOutcome::Remarked).join(QLatin1Char(',')), remarked);
        QVERIFY2(all.contains(words), qPrintable(all));
        QCOMPARE(report->isSound(), failed.isEmpty());
        const std::uint64_t pages = static_cast<std::uint64_t>(QFile(QString::fromStdString(family.path())).size()) / 4096;
        QCOMPARE(report->pages->total(), pages);
    }

    void everyPageOfTheFixturesIsAccountedFor_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* top : {"format28", "format28-damaged"}) {
            const QDir root(tests::fixtureFolder(QString::fromLatin1(top)));
            for (const QString& name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                // Damaged ones that open all the same; the others are another test's.
                if (QLatin1String(top) == QLatin1String("format28-damaged") && !name.startsWith(QLatin1String("page-")) && name != QLatin1String("pages-cut-short")
                    && name != QLatin1String("log-garbage"))
                    continue;
                const QDir folder(root.filePath(name));
                for (const QString& file : folder.entryList({QStringLiteral("*.blazedb")}, QDir::Files))
                    if (!file.startsWith(QLatin1String("txn_"))) QTest::newRow(qPrintable(name + QLatin1Char('/') + file)) << folder.filePath(file);
            }
        }
    }

    void everyPageOfTheFixturesIsAccountedFor()
    {
        QFETCH(QString, path);
        metrics::CounterSet counters;
        auto store = FamilyStore::open(localFileSystem(), systemClock(), counters, path.toStdString(), SecureBytes::fromText(tests::kFixturePassword), {});
        QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
        const auto report = (*store)->check({});
        QVERIFY(report.has_value());
        QCOMPARE(report->pages->total(), (*store)->figures().pagesInFile);
        QCOMPARE(report->pages->foreign, std::uint64_t{0});
        QCOMPARE(ruleNamed(*report, "index-entries").remarks, std::uint64_t{0});
    }

    void imagesThatNothingReachesAreFoundInTheLog()
    {
        TestFamily family(5);
        // An insert whose catalogue was not saved: its page is only in the log. Entry of 6.2, with the image of page 0 for page 8.
        QByteArray image;
        family.editPages([&](QByteArray& bytes) { image = bytes.left(4096); });
        QByteArray entry("ELAW");
        const auto appendLe = [&](std::uint32_t value) {
            for (int i = 0; i < 4; ++i) entry += static_cast<char>(value >> (8 * i));
        };
        appendLe(8);
        appendLe(4096);
        appendLe(crc32(asBytes({image.constData(), 4096})));
        QFile log(QString::fromStdString(family.path()).replace(QLatin1String(".blazedb"), QLatin1String(".wal")));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write(entry + image);
        log.close();

        const auto report = family.check();

        QVERIFY(report.has_value());
        QVERIFY(report->isSound());
        QCOMPARE(ruleNamed(*report, "log-reached").remarks, std::uint64_t{1});
        QCOMPARE(report->pages->orphan, std::uint64_t{1});
        QCOMPARE(report->pages->total(), std::uint64_t{9});
    }

    void tellsHowFarItIsAndStops()
    {
        TestFamily family(2000);
        std::vector<CheckProgress> told;
        CheckRequest request;
        request.onProgress = [&](const CheckProgress& progress) { told.push_back(progress); };
        QVERIFY(family.check(request).has_value());
        QVERIFY(told.size() >= 2);
        for (std::size_t i = 1; i < told.size(); ++i) {
            QVERIFY(told[i].pagesDone >= told[i - 1].pagesDone);
            QCOMPARE(told[i].pagesTotal, std::uint64_t{2003});
        }
        QCOMPARE(told.back().pagesDone, std::uint64_t{2003});

        std::stop_source stop;
        request.stop = stop.get_token();
        request.onProgress = [&](const CheckProgress&) { stop.request_stop(); };
        const auto stopped = family.check(request);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        CheckRequest late;
        late.isOverdue = [] { return true; };
        QCOMPARE(family.check(late).error().code, ErrorCode::DeadlineExceeded);
    }

    void canBeHeldAndGoesOnOrEnds_data()
    {
        QTest::addColumn<bool>("isCancelled");
        QTest::newRow("goes on") << false;
        QTest::newRow("cancelled while it is held") << true;
    }

    void canBeHeldAndGoesOnOrEnds()
    {
        QFETCH(bool, isCancelled);
        TestFamily family(200);
        auto store = family.open();
        QVERIFY(store.has_value());
        PauseGate gate;
        std::stop_source stop;
        std::binary_semaphore isHeld(0);
        std::atomic<bool> isDone = false;
        Result<model::VerifyReport> report = Error{};
        std::jthread worker([&] {
            CheckRequest request;
            request.pause = &gate;
            request.stop = stop.get_token();
            // Told at the first page: from there on it is held.
            request.onProgress = [&](const CheckProgress& progress) {
                if (progress.pagesDone > 0) return;
                gate.pause();
                isHeld.release();
            };
            report = (*store)->check(request);
            isDone = true;
        });
        isHeld.acquire();
        QVERIFY(!isDone);
        const auto begin = std::chrono::steady_clock::now();
        if (isCancelled) stop.request_stop();
        else gate.resume();
        worker.join();
        QCOMPARE(report.has_value(), !isCancelled);
        if (isCancelled) {
            QCOMPARE(report.error().code, ErrorCode::Cancelled);
            QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(100));
        }
    }

    void listsSoManyFindingsAndCountsTheRest()
    {
        CheckLedger ledger(systemClock());
        for (std::uint64_t i = 0; i < CheckLedger::kFindingsPerRuleMax + 5; ++i)
            ledger.add(CheckRule::RecordContent, {FindingSeverity::Damage, FindingKind::RecordDamaged, {}, {}, "x", "y"});
        ledger.add(CheckRule::RecordIds, {FindingSeverity::Remark, FindingKind::Other, {}, {}, "x", "y"});
        const model::VerifyReport report = ledger.take();
        QCOMPARE(report.findings.size(), CheckLedger::kFindingsPerRuleMax + 1);
        QCOMPARE(report.findingsLeftOut, std::uint64_t{5});
        QCOMPARE(ruleNamed(report, "record-content").problems, CheckLedger::kFindingsPerRuleMax + 5);
        QVERIFY(!report.isSound());
    }
};

BLAZEDB_REGISTER_TEST(TestFamilyCheck);
#include "tst_family_check.moc"
