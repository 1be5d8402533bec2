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

        const auto figures = held->source().monitor()->figures({});

        QVERIFY(figures.has_value());
        std::set<std::string> names;
        for (const model::MetricSample& sample : *figures) {
            QVERIFY2(names.insert(sample.name).second, sample.name.c_str());
            QVERIFY2(!sample.unit.empty(), sample.name.c_str());
            QVERIFY2(sample.value.has_value() != !sample.reason.empty(), sample.name.c_str());
            if (sample.name == "blazedb_records") QCOMPARE(*sample.value, 50.0);
        }
        QVERIFY(names.contains("blazedb_records"));
    }

    void isWellUntilDamageIsMet_data() { tests::addSourceKinds(); }
    void isWellUntilDamageIsMet()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(17);
        const auto records = random.records(20);
        const auto held = make({records, {}, {records[7].id}}, systemClock());
        QVERIFY(held != nullptr);

        const auto before = held->source().monitor()->health({});
        QVERIFY(held->source().records().count({}, {}).has_value());
        const auto after = held->source().monitor()->health({});

        QVERIFY(before && after);
        QVERIFY(before->level == api::HealthLevel::Ok && before->reasons.empty());
        QVERIFY(after->level == api::HealthLevel::Error);
        QVERIFY(!after->reasons.empty() && !after->reasons.front().message.empty());
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

        QCOMPARE(held->source().monitor()->figures(stopped).error().code, ErrorCode::Cancelled);
        QCOMPARE(held->source().monitor()->health(stopped).error().code, ErrorCode::Cancelled);
    }
};
BLAZEDB_REGISTER_TEST(TestMonitorFacet);
#include "tst_monitor.moc"
