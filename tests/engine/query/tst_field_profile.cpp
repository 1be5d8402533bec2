#include <cmath>
#include <limits>

#include "engine/query/distinct_estimate.h"
#include "engine/query/field_profile.h"
#include "tests/support/memory_row_store.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

std::vector<tests::StoredRow> rowsWith(const std::vector<std::optional<Value>>& values)
{
    std::vector<tests::StoredRow> rows;
    for (const auto& value : values) {
        model::Record record;
        record.id.bytes[0] = static_cast<std::uint8_t>(rows.size() + 1);
        if (value) record.fields.push_back({"v", *value});
        rows.push_back(tests::storedRow(record));
    }
    return rows;
}

Result<model::FieldProfile> profileOf(tests::MemoryRowStore& store, const model::Query& query, const std::string& field, std::size_t valuesMax = 100)
{
    metrics::CounterSet counters;
    BLAZE_TRY_VALUE(const auto snapshot, store.snapshot());
    return query::profileField(*snapshot->tree(storage::kRecordTree), query, field, valuesMax, {}, counters);
}

Value text(const char* value)
{
    return Value(std::string(value));
}

Value integer(std::int64_t value)
{
    return Value(value);
}

} // namespace

class TestFieldProfile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Semantics, appendix B: over {1, 2.5, null, missing, "x"}: average 1.75, least 1, greatest "x" (DM-9).
    void tellsTheFiguresOfAppendixB()
    {
        tests::MemoryRowStore store(rowsWith({integer(1), Value(2.5), Value(), std::nullopt, text("x")}));

        const auto profile = profileOf(store, {}, "v");

        QVERIFY(profile);
        QCOMPARE(profile->records, 5U);
        QCOMPARE(profile->missing, 1U);
        QCOMPARE(profile->nulls(), 1U);
        QCOMPARE(*profile->mean, 1.75);
        QVERIFY(profile->least->isIdenticalTo(integer(1)));
        QVERIFY(profile->greatest->isIdenticalTo(text("x")));
        QCOMPARE(profile->distinct, (model::Count{3, model::Count::Certainty::Exact}));
    }

    void saysNothingOfAFieldThatIsNowhere()
    {
        tests::MemoryRowStore store(rowsWith({std::nullopt, Value()}));

        const auto profile = profileOf(store, {}, "v");

        QVERIFY(profile && !profile->least && !profile->greatest && !profile->mean);
        QCOMPARE(profile->distinct.value, 0U);
        QVERIFY(profile->values.empty() && profile->areValuesComplete);
    }

    // DM-9: integers and doubles of equal value are one key, a date is its own, texts after NFC; a text is no UUID.
    void countsValuesOfOneKeyTogether()
    {
        const model::Uuid id = *model::Uuid::parse("3F2504E0-4F89-11D3-9A0C-0305E82C3301");
        tests::MemoryRowStore store(rowsWith({integer(1), Value(1.0), Value(model::Date{1.0}), text("\u00E9"), text("e\u0301"), text("e\u0301"),
                                              Value(id), Value(id.toString())}));

        const auto profile = profileOf(store, {}, "v");

        QVERIFY(profile);
        QCOMPARE(profile->distinct.value, 5U);
        QCOMPARE(profile->values.size(), std::size_t{5});
        QCOMPARE(profile->values[0].records, 3U); // the texts
        QCOMPARE(profile->values[1].records, 2U); // 1 and 1.0
        QCOMPARE(profile->values[2].records, 1U);
    }

    void showsTheMostFrequentValuesAndSaysThatThereAreMore()
    {
        tests::MemoryRowStore store(rowsWith({text("b"), text("a"), text("c"), text("c")}));

        const auto profile = profileOf(store, {}, "v", 2);

        QVERIFY(profile && !profile->areValuesComplete);
        QCOMPARE(profile->values.size(), std::size_t{2});
        QVERIFY(profile->values[0].value.isIdenticalTo(text("c")));
        QVERIFY(profile->values[1].value.isIdenticalTo(text("a")));
        QCOMPARE(profile->distinct, (model::Count{3, model::Count::Certainty::Exact}));
    }

    void keepsTheDigitsOfLargeAndSmallNumbers()
    {
        tests::MemoryRowStore store(rowsWith({Value(1.0), Value(1e100), Value(1.0), Value(-1e100)}));

        const auto profile = profileOf(store, {}, "v");

        QVERIFY(profile);
        QCOMPARE(*profile->mean, 0.5);
    }

    void letsInfinityAndNotANumberThrough()
    {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        tests::MemoryRowStore infinite(rowsWith({Value(1.0), Value(kInfinity)}));
        tests::MemoryRowStore undefined(rowsWith({Value(kInfinity), Value(-kInfinity)}));

        QCOMPARE(*profileOf(infinite, {}, "v")->mean, kInfinity);
        QVERIFY(std::isnan(*profileOf(undefined, {}, "v")->mean));
    }

    void followsPathsAndTheFilter()
    {
        const auto place = [](const char* city, std::int64_t zip) {
            return Value(model::Dictionary{{"city", text(city)}, {"zip", integer(zip)}});
        };
        tests::MemoryRowStore store(rowsWith({place("Bern", 3000), place("Basel", 4000), place("Bern", 3018)}));
        model::Query query;
        query.filter.kind = model::ExpressionKind::Less;
        query.filter.field = "v.zip";
        query.filter.operands = {integer(3500)};

        const auto profile = profileOf(store, query, "v.city");

        QVERIFY(profile);
        QCOMPARE(profile->records, 2U);
        QCOMPARE(profile->values.size(), std::size_t{1});
        QCOMPARE(profile->values[0].records, 2U);
    }

    void namesRecordsItCouldNotRead()
    {
        auto rows = rowsWith({integer(1)});
        model::Uuid damaged;
        damaged.bytes[0] = 9;
        rows.push_back(tests::damagedRow(damaged, 7));
        tests::MemoryRowStore store(std::move(rows));

        const auto profile = profileOf(store, {}, "v");

        QVERIFY(profile);
        QCOMPARE(profile->records, 1U);
        QCOMPARE(profile->skipped.size(), std::size_t{1});
    }

    void agreesWithANaiveCount()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int round = 0; round < 40; ++round) {
            std::vector<std::optional<Value>> values;
            for (std::size_t i = random.below(60); i > 0; --i)
                values.push_back(random.below(5) == 0 ? std::nullopt : std::optional(random.value()));
            tests::MemoryRowStore store(rowsWith(values));

            const auto profile = profileOf(store, {}, "v", 1000);

            QVERIFY2(profile, qPrintable(QString::number(seed)));
            std::vector<model::CountedValue> naive;
            for (const auto& value : values) {
                if (!value || value->isNull()) continue;
                const auto same = std::find_if(naive.begin(), naive.end(), [&](const model::CountedValue& known) { return tests::oracleSortOrder(&known.value, &*value) == 0; });
                if (same == naive.end()) naive.push_back({*value, 1});
                else ++same->records;
            }
            QVERIFY2(profile->distinct.value == naive.size(), qPrintable(QString::number(seed)));
            for (const model::CountedValue& shown : profile->values) {
                const auto same = std::find_if(naive.begin(), naive.end(), [&](const model::CountedValue& known) { return tests::oracleSortOrder(&known.value, &shown.value) == 0; });
                QVERIFY2(same != naive.end() && same->records == shown.records, qPrintable(QString::number(seed)));
                QVERIFY(tests::oracleSortOrder(&*profile->least, &shown.value) <= 0 && tests::oracleSortOrder(&*profile->greatest, &shown.value) >= 0);
            }
        }
    }

    // 1.04 / sqrt(4096) = 1.6 % standard error; four of them are exceeded once in 16,000 hashes, and these are fixed.
    void estimatesHowManyDifferentKeysThereAre_data()
    {
        QTest::addColumn<int>("keys");
        for (const int keys : {0, 1, 100, 5'000, 20'000, 300'000}) QTest::newRow(qPrintable(QString::number(keys))) << keys;
    }

    void estimatesHowManyDifferentKeysThereAre()
    {
        QFETCH(int, keys);
        query::DistinctEstimate estimate;
        for (int i = 0; i < keys; ++i) {
            estimate.add("key " + std::to_string(i));
            estimate.add("key " + std::to_string(i));
        }
        QVERIFY2(std::abs(static_cast<double>(estimate.value()) - keys) <= 0.065 * keys, qPrintable(QString::number(estimate.value())));
    }

    void boundsWhatItKeeps()
    {
        query::FieldProfiler profiler;
        constexpr std::size_t kKeys = query::FieldProfiler::kValuesMax + 20'000;
        for (int lap = 0; lap < 2; ++lap) {
            for (std::size_t i = 0; i < kKeys; ++i) {
                const Value value(static_cast<std::int64_t>(i));
                profiler.add(&value);
            }
        }

        const model::FieldProfile profile = profiler.finish(10);

        QVERIFY(!profile.areValuesComplete);
        QCOMPARE(profile.distinct.certainty, model::Count::Certainty::Estimate);
        QVERIFY(std::abs(static_cast<double>(profile.distinct.value) - double(kKeys)) <= 0.065 * double(kKeys));
        for (const model::CountedValue& shown : profile.values) QCOMPARE(shown.records, 2U);
    }
};

BLAZEDB_REGISTER_TEST(TestFieldProfile);
#include "tst_field_profile.moc"
