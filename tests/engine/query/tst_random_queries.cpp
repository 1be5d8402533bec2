// A long random run: the operators, and the windows over them, against the naive answer.
#include "engine/api/records.h"
#include "tests/support/memory_database.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestRandomQueries final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsTheOracle_data()
    {
        QTest::addColumn<quint64>("seed");
        const std::uint64_t seed = tests::testSeed();
        for (std::uint64_t round = 0; round < 40; ++round) QTest::addRow("round %d", static_cast<int>(round)) << quint64(seed + round);
    }
    void answersAsTheOracle()
    {
        QFETCH(const quint64, seed);
        tests::RandomRecords random(seed);
        const auto records = random.records(random.below(400));
        const auto database = tests::openInMemory(records);
        for (int i = 0; i < 200; ++i) {
            const model::Query query = random.query();
            const auto expected = tests::answerByOracle(records, query);
            const QString place = QStringLiteral("BLAZEDB_TEST_SEED=%1, round 0, query %2").arg(seed).arg(i);

            std::vector<model::Uuid> found;
            const std::uint64_t step = 40 + random.below(200);
            for (std::uint64_t first = 0;; first += step) {
                const auto window = database.source->records().query({}, query, {first, step});
                QVERIFY2(window.has_value(), qPrintable(place));
                for (const api::RecordRow& row : window->rows) found.push_back(row.record.id);
                if (window->rows.size() < step) break;
            }

            QVERIFY2(found == expected, qPrintable(place));
        }
    }
};
BLAZEDB_REGISTER_TEST(TestRandomQueries);
#include "tst_random_queries.moc"
