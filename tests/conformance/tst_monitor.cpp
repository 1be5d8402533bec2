// Monitor: figures that are measured, or say why not, and a verdict with its reasons.
#include <algorithm>
#include <set>

#include "engine/api/monitor.h"
#include "engine/api/records.h"
#include "tests/conformance/source_under_test.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::MakeSource;

class TestMonitorFacet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresOrSaysWhyNot_data() { tests::addSourceKinds(); }
    void measuresOrSaysWhyNot()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(16);
        const auto held = make({random.records(50)}, systemClock());
        QVERIFY(held != nullptr && held->source().monitor() != nullptr);

        const auto measured = held->source().monitor()->measure({});

        QVERIFY(measured.has_value());
        std::set<std::string> ids;
        for (const model::MetricSample& sample : measured->figures) {
            QVERIFY2(ids.insert(sample.id).second, sample.id.c_str());
            QVERIFY2(!sample.unit.empty(), sample.id.c_str());
            QVERIFY2(sample.isMeasured() == sample.reason.empty(), sample.id.c_str());
            if (sample.id == "storage.records_named") QCOMPARE(sample.number(), std::optional(50.0));
        }
        QVERIFY(ids.contains("storage.records_named"));
    }

    void isWellUntilDamageIsMet_data() { tests::addSourceKinds(); }
    void isWellUntilDamageIsMet()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(17);
        const auto records = random.records(20);
        const auto held = make({records, {}, {records[7].id}}, systemClock());
        QVERIFY(held != nullptr);

        const auto before = held->source().monitor()->measure({});
        QVERIFY(held->source().records().count({}, {}).has_value());
        const auto after = held->source().monitor()->measure({});

        QVERIFY(before && after);
        QVERIFY(before->health.level == api::HealthLevel::Ok && before->health.reasons.empty());
        QVERIFY(after->health.level == api::HealthLevel::Error);
        QVERIFY(!after->health.reasons.empty() && !after->health.reasons.front().message.empty());
    }

    void stopsWhenAsked_data() { tests::addSourceKinds(); }
    void stopsWhenAsked()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{}}, systemClock());
        QVERIFY(held != nullptr);
        std::stop_source stop;
        stop.request_stop();
        const api::CallContext stopped{.stop = stop.get_token(), .timeout = {}, .onProgress = {}};

        QCOMPARE(held->source().monitor()->measure(stopped).error().code, ErrorCode::Cancelled);
    }
};
BLAZEDB_REGISTER_TEST(TestMonitorFacet);
#include "tst_monitor.moc"
