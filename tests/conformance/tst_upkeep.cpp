// Upkeep: what is sound is called sound, what is not is named.
#include <algorithm>

#include "engine/api/upkeep.h"
#include "tests/conformance/source_under_test.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::MakeSource;

class TestUpkeepFacet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWrongWithASoundDatabase_data() { tests::addSourceKinds(); }
    void findsNothingWrongWithASoundDatabase()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(13);
        const auto held = make({random.records(100)}, systemClock());
        QVERIFY(held != nullptr && held->source().upkeep() != nullptr);

        const auto quick = held->source().upkeep()->verify({}, api::VerifyDepth::Quick);
        const auto full = held->source().upkeep()->verify({}, api::VerifyDepth::Full);

        QVERIFY(quick && full);
        QVERIFY(quick->isSound() && full->isSound());
        QCOMPARE(full->recordsRead, std::uint64_t{100});
        QCOMPARE(full->recordsSound, std::uint64_t{100});
    }

    void namesEveryDamagedRecord_data() { tests::addSourceKinds(); }
    void namesEveryDamagedRecord()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(14);
        const auto records = random.records(20);
        const std::vector<model::Uuid> damaged{records[3].id, records[4].id, records[19].id};
        const auto held = make({records, {}, damaged}, systemClock());
        QVERIFY(held != nullptr);

        const auto full = held->source().upkeep()->verify({}, api::VerifyDepth::Full);

        QVERIFY(full && !full->isSound());
        QCOMPARE(full->recordsRead, std::uint64_t{20});
        QCOMPARE(full->recordsSound, std::uint64_t{17});
        for (const model::Uuid& id : damaged)
            QVERIFY(std::any_of(full->findings.begin(), full->findings.end(), [&](const model::Finding& finding) {
                return finding.record == id && finding.severity == model::FindingSeverity::Damage && !finding.message.empty();
            }));
    }

    void stopsWhenAsked_data() { tests::addSourceKinds(); }
    void stopsWhenAsked()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(15);
        const auto held = make({random.records(200)}, systemClock());
        QVERIFY(held != nullptr);
        std::stop_source stop;
        stop.request_stop();

        const auto report = held->source().upkeep()->verify({.stop = stop.get_token(), .timeout = {}, .onProgress = {}}, api::VerifyDepth::Full);

        QCOMPARE(report.error().code, ErrorCode::Cancelled);
    }

    void saysThatItCannotVacuum_data() { tests::addSourceKinds(); }
    void saysThatItCannotVacuum()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{}}, systemClock());
        QVERIFY(held != nullptr);
        if (!held->source().describe().isReadOnly) QSKIP("this kind of source can be changed");

        const auto outcome = held->source().upkeep()->vacuum({});

        QCOMPARE(outcome.error().code, ErrorCode::Unsupported);
        QVERIFY(!outcome.error().message.empty());
    }
};
BLAZEDB_REGISTER_TEST(TestUpkeepFacet);
#include "tst_upkeep.moc"
