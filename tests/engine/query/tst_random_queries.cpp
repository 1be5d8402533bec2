// A long random run: the operators, and the windows over them, against the naive answer.
#include "engine/api/records.h"
#include "engine/query/executor.h"
#include "tests/support/memory_database.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestRandomQueries final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsTheOracle()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int round = 0; round < 60; ++round) {
            const auto records = random.records(random.below(400));
            const auto database = tests::openInMemory(records);
            for (int i = 0; i < 250; ++i) {
                const model::Query query = random.query();
                const auto expected = tests::answerByOracle(records, query);
                const QString place = QStringLiteral("seed %1, round %2, query %3").arg(seed).arg(round).arg(i);

                std::vector<model::Uuid> found;
                const std::uint64_t step = 1 + random.below(200);
                for (std::uint64_t first = 0;; first += step) {
                    const auto window = database.source->records().query({}, query, {first, step});
                    QVERIFY2(window.has_value(), qPrintable(place));
                    for (const api::RecordRow& row : window->rows) found.push_back(row.record.id);
                    if (window->rows.size() < step) break;
                }

                QVERIFY2(found == expected, qPrintable(place));
            }
        }
    }
};
BLAZEDB_REGISTER_TEST(TestRandomQueries);
#include "tst_random_queries.moc"
