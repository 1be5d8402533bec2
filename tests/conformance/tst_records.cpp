// Records: windows, totals, order, filters, single records, parts of values, plans, and how calls end early.
#include <algorithm>
#include <map>

#include "engine/api/records.h"
#include "engine/codec/typed_json.h"
#include "tests/conformance/source_under_test.h"
#include "tests/support/expected_records.h"
#include "tests/support/fake_clock.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::DeletedRecords;
using model::Value;
using tests::MakeSource;

namespace {

model::Uuid idAt(std::uint8_t place)
{
    model::Uuid id;
    id.bytes[0] = place;
    return id;
}

model::Record recordAt(std::uint8_t place, std::vector<model::Field> fields)
{
    model::Record record{idAt(place), std::move(fields)};
    record.fields.push_back({"id", Value(record.id)});
    return record;
}

model::Record* find(std::vector<model::Record>& records, const model::Uuid& id)
{
    const auto found = std::find_if(records.begin(), records.end(), [&](const model::Record& record) { return record.id == id; });
    return found == records.end() ? nullptr : &*found;
}

std::vector<model::Uuid> idsOf(const api::RecordWindow& window)
{
    std::vector<model::Uuid> ids;
    for (const api::RecordRow& row : window.rows) ids.push_back(row.record.id);
    return ids;
}

std::vector<int> placesOf(const api::RecordWindow& window)
{
    std::vector<int> places;
    for (const api::RecordRow& row : window.rows) places.push_back(row.record.id.bytes[0]);
    return places;
}

std::vector<model::Uuid> slice(const std::vector<model::Uuid>& ids, std::uint64_t first, std::uint64_t count)
{
    const std::uint64_t begin = std::min<std::uint64_t>(first, ids.size());
    const std::uint64_t end = begin + std::min<std::uint64_t>(count, ids.size() - begin);
    return {ids.begin() + static_cast<std::ptrdiff_t>(begin), ids.begin() + static_cast<std::ptrdiff_t>(end)};
}

model::Query everything()
{
    model::Query query;
    query.deleted = DeletedRecords::Included;
    return query;
}

api::CallContext stoppedContext()
{
    std::stop_source stop;
    stop.request_stop();
    return {.stop = stop.get_token(), .timeout = {}, .onProgress = {}};
}

/// Asks to stop as soon as the call tells of progress, in the middle of its work.
class StopsAtFirstProgress {
public:
    api::CallContext context()
    {
        return {.stop = m_stop.get_token(), .timeout = {}, .onProgress = [this](const api::Progress&) { m_stop.request_stop(); }};
    }

private:
    std::stop_source m_stop;
};

} // namespace

class TestRecordsFacet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreTheRecordsAsTheyWereWritten_data() { tests::addSourceKinds(); }
    void rowsAreTheRecordsAsTheyWereWritten()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(1);
        auto records = random.records(300);
        const auto held = make({records}, systemClock());
        QVERIFY(held != nullptr);

        const auto window = held->source().records().query({}, everything(), {0, 1'000, api::kWholeValues});

        QVERIFY2(window.has_value(), window ? "" : window.error().message.c_str());
        QCOMPARE(window->rows.size(), records.size());
        for (const api::RecordRow& row : window->rows) {
            const model::Record* written = find(records, row.record.id);
            QVERIFY(written != nullptr);
            QCOMPARE(tests::differenceOf(row.record, *written), QString());
            QCOMPARE(row.marks.isRescued, false);
        }
        QVERIFY(window->skipped.empty());
    }

    void everyWindowIsItsPartOfTheResult_data() { tests::addSourceKinds(); }
    void everyWindowIsItsPartOfTheResult()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(2);
        const auto records = random.records(257);
        const auto held = make({records}, systemClock());
        QVERIFY(held != nullptr);
        for (const bool isSorted : {false, true}) {
            model::Query query = everything();
            if (isSorted) query.order = {{"a", true}};
            const auto whole = tests::answerByOracle(records, query);
            QCOMPARE(whole.size(), records.size());

            // Deep before shallow, so that no window profits from the one before it.
            for (const auto& [first, count] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
                     {250, 20}, {0, 10}, {7, 13}, {256, 1}, {257, 5}, {1'000'000, 5}, {UINT64_MAX, 5}, {5, UINT64_MAX}, {0, 0}, {0, 257}}) {
                const auto window = held->source().records().query({}, query, {first, count});

                QVERIFY2(window.has_value(), window ? "" : window.error().message.c_str());
                QCOMPARE(window->first, first);
                QVERIFY2(idsOf(*window) == slice(whole, first, count), qPrintable(QStringLiteral("%1, %2").arg(first).arg(count)));
            }
        }
    }

    void totalsSayHowSureTheyAre_data() { tests::addSourceKinds(); }
    void totalsSayHowSureTheyAre()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(3);
        const auto records = random.records(300);
        const auto held = make({records}, systemClock());
        QVERIFY(held != nullptr);
        model::Query query;
        query.offset = 10;
        query.limit = 1'000;
        const auto matching = tests::answerByOracle(records, query).size(); // the oracle applies offset and limit

        const auto early = held->source().records().query({}, query, {0, 5});
        const auto counted = held->source().records().count({}, query);
        const auto late = held->source().records().query({}, query, {0, 5});

        QVERIFY(early && counted && late);
        QVERIFY(early->total.certainty != model::Count::Certainty::Unknown);
        if (early->total.isExact()) QCOMPARE(early->total.value, static_cast<std::uint64_t>(matching));
        QCOMPARE(counted->matching, static_cast<std::uint64_t>(matching + 10)); // before offset and limit
        QCOMPARE(late->total, (model::Count{matching, model::Count::Certainty::Exact}));
        QCOMPARE(counted->sequence, late->sequence);
    }

    void answersRandomQueriesAsTheOracle_data() { tests::addSourceKinds(); }
    void answersRandomQueriesAsTheOracle()
    {
        QFETCH(const MakeSource, make);
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        const auto records = random.records(250);
        const auto held = make({records}, systemClock());
        QVERIFY(held != nullptr);
        for (int i = 0; i < 250; ++i) {
            const model::Query query = random.query();
            const auto whole = tests::answerByOracle(records, query);
            const api::Window part{random.below(whole.size() + 3), random.below(60)};
            const QString place = QStringLiteral("seed %1, query %2").arg(seed).arg(i);

            const auto window = held->source().records().query({}, query, part);

            QVERIFY2(window.has_value(), qPrintable(place));
            QVERIFY2(idsOf(*window) == slice(whole, part.first, part.count), qPrintable(place));
            if (window->total.isExact()) QVERIFY2(window->total.value == whole.size(), qPrintable(place));
            if (!whole.empty()) {
                const std::size_t at = random.below(whole.size());
                const auto position = held->source().records().positionOf({}, query, whole[at]);
                QVERIFY2(position.has_value() && *position == at, qPrintable(place));
            }
        }
    }

    void ordersByEachKeyThenById_data() { tests::addSourceKinds(); }
    void ordersByEachKeyThenById()
    {
        QFETCH(const MakeSource, make);
        const auto number = [](std::int64_t n) { return Value(n); };
        const auto held = make({{recordAt(9, {{"v", number(1)}, {"w", number(1)}}), recordAt(3, {{"v", number(1)}, {"w", number(2)}}),
                                 recordAt(5, {{"v", number(2)}}), recordAt(4, {{"v", number(2)}}), recordAt(2, {{"v", Value()}}), recordAt(1, {})}},
                               systemClock());
        QVERIFY(held != nullptr);
        const auto placesIn = [&](std::vector<model::SortKey> order) {
            model::Query query;
            query.order = std::move(order);
            return placesOf(*held->source().records().query({}, query, {}));
        };

        QCOMPARE(placesIn({}), (std::vector<int>{1, 2, 3, 4, 5, 9}));
        // Missing and null come last whatever the direction, and tie by rising id.
        QCOMPARE(placesIn({{"v", false}}), (std::vector<int>{3, 9, 4, 5, 1, 2}));
        QCOMPARE(placesIn({{"v", true}}), (std::vector<int>{4, 5, 3, 9, 1, 2}));
        QCOMPARE(placesIn({{"v", false}, {"w", false}}), (std::vector<int>{9, 3, 4, 5, 1, 2}));
        QCOMPARE(placesIn({{"v", true}, {"w", true}}), (std::vector<int>{4, 5, 3, 9, 1, 2}));
        QCOMPARE(placesIn({{"none", true}}), (std::vector<int>{1, 2, 3, 4, 5, 9}));
    }

    void hidesShowsAndSinglesOutSoftDeletedRecords_data() { tests::addSourceKinds(); }
    void hidesShowsAndSinglesOutSoftDeletedRecords()
    {
        QFETCH(const MakeSource, make);
        // A bool that is true or an integer that is not zero deletes (DM-4); nothing else does.
        const auto held = make({{recordAt(1, {{"isDeleted", Value(true)}}), recordAt(2, {{"isDeleted", Value(std::int64_t{7})}}),
                                 recordAt(3, {{"isDeleted", Value(false)}}), recordAt(4, {{"isDeleted", Value(std::int64_t{0})}}),
                                 recordAt(5, {{"isDeleted", Value(std::string("true"))}}), recordAt(6, {{"isDeleted", Value()}}), recordAt(7, {}),
                                 recordAt(8, {{"isDeleted", Value(1.0)}})}},
                               systemClock());
        QVERIFY(held != nullptr);
        const auto placesWith = [&](DeletedRecords deleted) {
            model::Query query;
            query.deleted = deleted;
            const auto window = held->source().records().query({}, query, {});
            for (const api::RecordRow& row : window->rows)
                if (row.marks.isSoftDeleted != (row.record.id.bytes[0] <= 2)) return std::vector<int>{};
            return placesOf(*window);
        };

        QCOMPARE(placesWith(DeletedRecords::Hidden), (std::vector<int>{3, 4, 5, 6, 7, 8}));
        QCOMPARE(placesWith(DeletedRecords::Included), (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}));
        QCOMPARE(placesWith(DeletedRecords::Only), (std::vector<int>{1, 2}));
    }

    void aKindIsACollectionWhateverItsCase_data() { tests::addSourceKinds(); }
    void aKindIsACollectionWhateverItsCase()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {{"_blazeKind", Value(std::string("bug"))}}), recordAt(2, {{"_blazeKind", Value(std::string("BUG"))}}),
                                 recordAt(3, {{"_blazeKind", Value(std::string("user"))}}), recordAt(4, {}),
                                 recordAt(5, {{"_blazeKind", Value(std::int64_t{1})}})}},
                               systemClock());
        QVERIFY(held != nullptr);
        const auto placesIn = [&](const char* collection) {
            model::Query query;
            query.collection = collection;
            return placesOf(*held->source().records().query({}, query, {}));
        };

        QCOMPARE(placesIn("Bug"), (std::vector<int>{1, 2}));
        QCOMPARE(placesIn("user"), (std::vector<int>{3}));
        QCOMPARE(placesIn("nobody"), std::vector<int>{});
        QCOMPARE(placesIn(model::kDefaultCollection), (std::vector<int>{1, 2, 3, 4, 5}));
    }

    void carriesOnlyTheFieldsAskedFor_data() { tests::addSourceKinds(); }
    void carriesOnlyTheFieldsAskedFor()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {{"a", Value(true)}, {"b", Value(false)}, {"isDeleted", Value(true)}})}}, systemClock());
        QVERIFY(held != nullptr);
        model::Query query = everything();
        query.fields = {"b", "none"};

        const auto window = held->source().records().query({}, query, {});

        QVERIFY(window && window->rows.size() == 1);
        const api::RecordRow& row = window->rows.front();
        QCOMPARE(row.record.fields.size(), std::size_t{1});
        QCOMPARE(row.record.fields.front().name, std::string("b"));
        QVERIFY(row.marks.isSoftDeleted); // a mark is no field: it is there all the same
    }

    void cutsLongValuesAndSaysHowLongTheyAre_data() { tests::addSourceKinds(); }
    void cutsLongValuesAndSaysHowLongTheyAre()
    {
        QFETCH(const MakeSource, make);
        const std::string text = "\u00e9" + std::string(20'000, 'x');
        const Bytes data(20'000, std::byte{7});
        const auto held = make({{recordAt(1, {{"text", Value(text)}, {"data", Value(data)}, {"n", Value(std::int64_t{1} << 60)},
                                              {"list", Value(model::Array(9'000, Value(true)))}, {"short", Value(std::string("short"))}})}},
                               systemClock());
        QVERIFY(held != nullptr);

        const auto window = held->source().records().query({}, {}, {0, 10, 64});

        QVERIFY(window && window->rows.size() == 1);
        const model::Record& record = window->rows.front().record;
        const auto field = [&](const char* name) { return *record.find(name); };
        QCOMPARE(field("text").wholeBytes, static_cast<std::uint64_t>(text.size()));
        QVERIFY(field("text").value.as<std::string>()->size() <= 64);
        QVERIFY(text.starts_with(*field("text").value.as<std::string>()));
        QCOMPARE(field("data").wholeBytes, std::uint64_t{20'000});
        QVERIFY(field("list").isCut());
        QVERIFY(!field("n").isCut() && field("n").value.isIdenticalTo(Value(std::int64_t{1} << 60)));
        QVERIFY(!field("short").isCut());
        // One record by itself comes whole.
        const auto whole = held->source().records().record({}, idAt(1));
        QVERIFY(whole && whole->record.find("text")->value.isIdenticalTo(Value(text)));
    }

    void findsAPositionOnlyInsideTheResult_data() { tests::addSourceKinds(); }
    void findsAPositionOnlyInsideTheResult()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {}), recordAt(2, {{"isDeleted", Value(true)}}), recordAt(3, {}), recordAt(4, {}), recordAt(5, {})}}, systemClock());
        QVERIFY(held != nullptr);
        model::Query query;
        query.offset = 1;
        query.limit = 2;
        const auto positionOf = [&](std::uint8_t place) { return held->source().records().positionOf({}, query, idAt(place)); };

        QCOMPARE(*positionOf(3), std::uint64_t{0});
        QCOMPARE(*positionOf(4), std::uint64_t{1});
        for (const int outside : {1, 2, 5, 99}) QCOMPARE(positionOf(static_cast<std::uint8_t>(outside)).error().code, ErrorCode::NotFound);
    }

    void findsOneRecordOrSaysThatThereIsNone_data() { tests::addSourceKinds(); }
    void findsOneRecordOrSaysThatThereIsNone()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(4);
        auto records = random.records(20);
        const auto held = make({records}, systemClock());
        QVERIFY(held != nullptr);

        for (const model::Record& record : records) {
            const auto row = held->source().records().record({}, record.id);
            QVERIFY(row.has_value());
            QCOMPARE(tests::differenceOf(row->record, record), QString());
        }
        const auto none = held->source().records().record({}, idAt(1));
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::NotFound);
    }

    void readsValuesInParts_data() { tests::addSourceKinds(); }
    void readsValuesInParts()
    {
        QFETCH(const MakeSource, make);
        std::string text;
        for (int i = 0; i < 3'000; ++i) text += "a\u00e9\u20ac\U0001F525"; // one to four bytes each
        Bytes data;
        for (int i = 0; i < 10'000; ++i) data.push_back(static_cast<std::byte>(i * 7));
        model::Dictionary dictionary{{"k", Value(1.0)}, {"l", Value(model::Array{Value(), Value(true)})}};
        const auto held = make({{recordAt(1, {{"text", Value(text)}, {"data", Value(data)}, {"dict", Value(dictionary)}, {"n", Value(std::int64_t{5})}})}}, systemClock());
        QVERIFY(held != nullptr);
        const auto readWhole = [&](const char* field, std::uint64_t step, bool isText) {
            std::string whole;
            for (;;) {
                const auto part = held->source().records().readValue({}, {idAt(1), field}, {whole.size(), step});
                if (!part || (part->bytes.empty() && whole.size() != part->wholeBytes)) return std::string("failed");
                if (part->bytes.empty()) return whole;
                if (isText && step >= 4 && !QString::fromUtf8(reinterpret_cast<const char*>(part->bytes.data()), static_cast<qsizetype>(part->bytes.size())).contains(QChar::ReplacementCharacter))
                    whole += asText(part->bytes);
                else if (!isText)
                    whole += asText(part->bytes);
                else
                    return std::string("cut inside a character");
            }
        };

        for (const std::uint64_t step : {5, 64, 4'093, 1'000'000}) {
            QVERIFY(readWhole("text", step, true) == text);
            QVERIFY(readWhole("data", step, false) == asText(data));
        }
        QCOMPARE(readWhole("dict", 7, true), codec::toTypedJson(Value(dictionary)));
        QCOMPARE(readWhole("n", 100, true), std::string("5"));
        const auto kind = held->source().records().readValue({}, {idAt(1), "dict"}, {0, 1});
        QCOMPARE(kind->kind, model::ValueKind::Dictionary);
        QVERIFY(held->source().records().readValue({}, {idAt(1), "data"}, {UINT64_MAX, 5})->bytes.empty());
        QCOMPARE(held->source().records().readValue({}, {idAt(1), "none"}, {}).error().code, ErrorCode::NotFound);
        QCOMPARE(held->source().records().readValue({}, {idAt(2), "text"}, {}).error().code, ErrorCode::NotFound);
    }

    void explainsHowItWillAnswer_data() { tests::addSourceKinds(); }
    void explainsHowItWillAnswer()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(5);
        const auto held = make({random.records(30)}, systemClock());
        QVERIFY(held != nullptr);
        model::Query query;
        query.filter = model::comparison(model::ExpressionKind::Greater, "a", Value(std::int64_t{0}));
        query.order = {{"b", true}};

        for (const api::ExplainMode mode : {api::ExplainMode::Plan, api::ExplainMode::Measure}) {
            const auto plan = held->source().records().explain({}, query, mode);

            QVERIFY(plan.has_value());
            QVERIFY(!plan->root.operation.empty());
            QVERIFY(plan->recordsToRead <= 30);
            // A source without an index on it has to look at every record, and says so.
            if (plan->readsAllRecords) QCOMPARE(plan->recordsToRead, std::uint64_t{30});
        }
    }

    void refusesWhatCannotBeAsked_data() { tests::addSourceKinds(); }
    void refusesWhatCannotBeAsked()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {{"a", Value(std::string("x"))}})}}, systemClock());
        QVERIFY(held != nullptr);
        api::Records& records = held->source().records();
        model::Query query;
        query.filter = model::comparison(model::ExpressionKind::Matches, "a", Value(std::string("(")));

        QCOMPARE(records.query({}, query, {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(records.count({}, query).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(records.positionOf({}, query, idAt(1)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(records.explain({}, query, api::ExplainMode::Plan).error().code, ErrorCode::InvalidArgument);
    }

    void namesTheRecordsItCannotRead_data() { tests::addSourceKinds(); }
    void namesTheRecordsItCannotRead()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {}), recordAt(2, {}), recordAt(3, {})}, {}, {idAt(2)}}, systemClock());
        QVERIFY(held != nullptr);
        for (const bool isSorted : {false, true}) {
            model::Query query;
            if (isSorted) query.order = {{"a", false}};

            const auto window = held->source().records().query({}, query, {});
            const auto counted = held->source().records().count({}, query);

            QVERIFY(window && counted);
            QCOMPARE(placesOf(*window), (std::vector<int>{1, 3}));
            QCOMPARE(counted->matching, std::uint64_t{2});
            for (const auto& skipped : {window->skipped, counted->skipped}) {
                QCOMPARE(skipped.size(), std::size_t{1});
                QCOMPARE(skipped.front().record, std::optional(idAt(2)));
                QVERIFY(skipped.front().severity == model::FindingSeverity::Damage);
                QVERIFY(!skipped.front().message.empty());
            }
        }
        QCOMPARE(held->source().records().record({}, idAt(2)).error().code, ErrorCode::Corruption);
        QCOMPARE(held->source().records().readValue({}, {idAt(2), "id"}, {}).error().code, ErrorCode::Corruption);
    }

    void answersCancelledWhenStoppedBeforehand_data() { tests::addSourceKinds(); }
    void answersCancelledWhenStoppedBeforehand()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {})}}, systemClock());
        QVERIFY(held != nullptr);
        api::Records& records = held->source().records();
        model::Query sorted;
        sorted.order = {{"a", false}};

        QCOMPARE(records.query(stoppedContext(), {}, {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.query(stoppedContext(), sorted, {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.count(stoppedContext(), {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.record(stoppedContext(), idAt(1)).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.positionOf(stoppedContext(), {}, idAt(1)).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.readValue(stoppedContext(), {idAt(1), "id"}, {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.explain(stoppedContext(), {}, api::ExplainMode::Measure).error().code, ErrorCode::Cancelled);
    }

    void stopsInTheMiddleOfItsWork_data() { tests::addSourceKinds(); }
    void stopsInTheMiddleOfItsWork()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(6);
        const auto held = make({random.records(1'500)}, systemClock());
        QVERIFY(held != nullptr);
        api::Records& records = held->source().records();
        model::Query sorted;
        sorted.order = {{"a", false}};

        StopsAtFirstProgress count;
        StopsAtFirstProgress query;
        StopsAtFirstProgress position;
        QCOMPARE(records.count(count.context(), {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.query(query.context(), sorted, {}).error().code, ErrorCode::Cancelled);
        QCOMPARE(records.positionOf(position.context(), sorted, idAt(1)).error().code, ErrorCode::Cancelled);
        // And the next call is not hurt by the cancelled ones.
        QVERIFY(records.count({}, sorted).has_value());
    }

    void endsWhenTheTimeRunsOut_data() { tests::addSourceKinds(); }
    void endsWhenTheTimeRunsOut()
    {
        QFETCH(const MakeSource, make);
        tests::FakeClock clock;
        tests::RandomRecords random(7);
        const auto held = make({random.records(1'500)}, clock);
        QVERIFY(held != nullptr);
        const api::CallContext context{.stop = {}, .timeout = std::chrono::milliseconds{100}, .onProgress = {}};
        model::Query sorted;
        sorted.order = {{"a", false}};

        clock.advanceWithEachReading(std::chrono::milliseconds{60});
        const auto late = held->source().records().query(context, sorted, {});
        clock.advanceWithEachReading(std::chrono::milliseconds{0});
        const auto inTime = held->source().records().query(context, sorted, {});

        QCOMPARE(late.error().code, ErrorCode::DeadlineExceeded);
        QVERIFY(inTime.has_value());
    }

    void windowsOfOneSequenceAreOfOneState_data() { tests::addSourceKinds(); }
    void windowsOfOneSequenceAreOfOneState()
    {
        QFETCH(const MakeSource, make);
        const auto stateOf = [](std::int64_t state, std::uint8_t count) {
            std::vector<model::Record> records;
            for (std::uint8_t i = 1; i <= count; ++i) records.push_back(recordAt(i, {{"state", Value(state)}}));
            return records;
        };
        const auto held = make({stateOf(1, 40)}, systemClock());
        QVERIFY(held != nullptr);
        std::map<std::uint64_t, std::int64_t> stateOfSequence;

        for (std::int64_t state = 1; state <= 3; ++state) {
            if (state > 1) QVERIFY(held->change(stateOf(state, static_cast<std::uint8_t>(40 + state))));
            for (const bool isSorted : {false, true, false}) {
                model::Query query;
                if (isSorted) query.order = {{"state", true}};
                for (const std::uint64_t first : {0, 20}) {
                    const auto window = held->source().records().query({}, query, {first, 20});
                    QVERIFY2(window.has_value(), window ? "" : window.error().message.c_str());
                    const std::int64_t known = stateOfSequence.try_emplace(window->sequence, state).first->second;
                    QCOMPARE(known, state);
                    for (const api::RecordRow& row : window->rows) QVERIFY(row.record.find("state")->value.isIdenticalTo(Value(state)));
                }
            }
        }

        QCOMPARE(stateOfSequence.size(), std::size_t{3}); // and it grew with each
    }

    void saysWhyItCannotChangeAnything_data() { tests::addSourceKinds(); }
    void saysWhyItCannotChangeAnything()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {})}}, systemClock());
        QVERIFY(held != nullptr);
        if (!held->source().describe().isReadOnly) QSKIP("this kind of source can be changed");

        const auto applied = held->source().records().apply({}, {});
        const auto begun = held->source().records().begin({}, api::Isolation::Snapshot);

        QCOMPARE(applied.error().code, ErrorCode::Unsupported);
        QCOMPARE(begun.error().code, ErrorCode::Unsupported);
        QVERIFY(!applied.error().message.empty() && !begun.error().message.empty());
        QVERIFY(!held->source().describe().readOnlyReason.empty());
    }

    void saysWhatItIs_data() { tests::addSourceKinds(); }
    void saysWhatItIs()
    {
        QFETCH(const MakeSource, make);
        const auto held = make({{recordAt(1, {})}}, systemClock());
        QVERIFY(held != nullptr);

        const api::SourceDescription description = held->source().describe();

        QVERIFY(!description.name.empty() && !description.place.empty() && !description.identity.empty() && !description.format.empty());
        QVERIFY(!description.isRescue);
        for (const model::Finding& finding : held->source().openingFindings()) QVERIFY(finding.severity == model::FindingSeverity::Remark);
    }
};
BLAZEDB_REGISTER_TEST(TestRecordsFacet);
#include "tst_records.moc"
