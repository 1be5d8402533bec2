#include <algorithm>

#include "engine/api/records.h"
#include "engine/local/local_monitor.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using api::HealthLevel;

class TestLocalMonitor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Semantics HM-2: WAL over 20 % of the database (over 50 % adds a suggestion), over 10 GB; 1,000,000
    // pages.
    void judgesSizes_data()
    {
        QTest::addColumn<qulonglong>("databaseBytes");
        QTest::addColumn<qulonglong>("logBytes");
        QTest::addColumn<qulonglong>("pages");
        QTest::addColumn<int>("level");
        QTest::addColumn<bool>("hasAdvice");
        const int ok = static_cast<int>(HealthLevel::Ok);
        const int warning = static_cast<int>(HealthLevel::Warning);
        QTest::newRow("small and quiet") << 1'000ULL << 0ULL << 1ULL << ok << false;
        QTest::newRow("log of a fifth") << 1'000ULL << 200ULL << 1ULL << ok << false;
        QTest::newRow("log over a fifth") << 1'000ULL << 201ULL << 1ULL << warning << false;
        QTest::newRow("log of half") << 1'000ULL << 500ULL << 1ULL << warning << false;
        QTest::newRow("log over half") << 1'000ULL << 501ULL << 1ULL << warning << true;
        QTest::newRow("empty database") << 0ULL << 0ULL << 0ULL << ok << false;
        QTest::newRow("a million pages") << 4'096'000'000ULL << 0ULL << 1'000'000ULL << ok << false;
        QTest::newRow("over a million pages") << 4'096'004'096ULL << 0ULL << 1'000'001ULL << warning << false;
        QTest::newRow("10 GiB") << (10ULL << 30) << 0ULL << 1ULL << ok << false;
        QTest::newRow("over 10 GiB") << (10ULL << 30) + 1 << 0ULL << 1ULL << warning << false;
    }
    void judgesSizes()
    {
        QFETCH(const qulonglong, databaseBytes);
        QFETCH(const qulonglong, logBytes);
        QFETCH(const qulonglong, pages);
        QFETCH(const int, level);
        QFETCH(const bool, hasAdvice);

        const api::Health health = local::judgeHealth({{databaseBytes, logBytes, pages, {}}, {}, 0});

        QCOMPARE(static_cast<int>(health.level), level);
        QCOMPARE(health.reasons.size(), std::size_t(level == 0 ? 0 : 1));
        if (hasAdvice)
            QVERIFY(!health.reasons.front().advice.empty());
        else if (level != 0)
            QVERIFY(health.reasons.front().advice.empty());
    }

    void takesDamageAsAnErrorAndRemarksAsNothing()
    {
        model::Finding remark;
        remark.message = "in use";
        model::Finding lost;
        lost.severity = model::FindingSeverity::Lost;
        lost.message = "the catalogue is missing";

        QVERIFY(local::judgeHealth({{}, {remark}, 0}).level == HealthLevel::Ok);
        QVERIFY(local::judgeHealth({{}, {remark, lost}, 0}).level == HealthLevel::Error);
        QVERIFY(local::judgeHealth({{}, {}, 1}).level == HealthLevel::Error);
    }

    void countsWhatWasReadWithoutReading()
    {
        tests::RandomRecords random(4);
        auto rows = std::vector{tests::storedRow(random.record()), tests::damagedRow(random.id(), 3)};
        const auto database = tests::openInMemory(std::move(rows));
        api::Monitor& monitor = *database.source->monitor();
        const auto figure = [&](const char* name) {
            const auto samples = *monitor.figures({});
            const auto found = std::find_if(samples.begin(), samples.end(),
                                            [&](const model::MetricSample& s) { return s.name == name; });
            return found == samples.end() ? -1.0 : found->value.value_or(-1.0);
        };

        QCOMPARE(figure("blazedb_records_read_total"), 0.0);
        QVERIFY(database.source->records().count({}, {}));

        QCOMPARE(figure("blazedb_records_read_total"), 2.0);
        QCOMPARE(figure("blazedb_records_damaged_total"), 1.0);
        QCOMPARE(figure("blazedb_queries_total"), 1.0);
        QVERIFY(monitor.health({})->level == HealthLevel::Error);
    }
};
BLAZEDB_REGISTER_TEST(TestLocalMonitor);
#include "tst_local_monitor.moc"
