// Structure: collections, the fields in them, indexes; held against a count over the records themselves.
#include <algorithm>
#include <map>
#include <set>

#include "engine/api/structure.h"
#include "engine/model/text_order.h"
#include "tests/conformance/source_under_test.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Count;
using tests::MakeSource;

namespace {

bool isDeleted(const model::Record& record)
{
    const model::Field* mark = record.find("isDeleted");
    if (mark == nullptr) return false;
    if (const bool* flag = mark->value.as<bool>()) return *flag;
    const auto* number = mark->value.as<std::int64_t>();
    return number != nullptr && *number != 0;
}

/// Live and soft-deleted records of each kind; the empty name is everything.
std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> countByHand(const std::vector<model::Record>& records)
{
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> counts;
    for (const model::Record& record : records) {
        const auto count = [&](const std::string& name) { ++(isDeleted(record) ? counts[name].second : counts[name].first); };
        count({});
        const model::Field* kind = record.find("_blazeKind");
        const auto* name = kind != nullptr ? kind->value.as<std::string>() : nullptr;
        if (name != nullptr) count(QString::fromStdString(*name).normalized(QString::NormalizationForm_C).toLower().toStdString());
    }
    return counts;
}

std::string loweredName(const std::string& name)
{
    return QString::fromStdString(name).normalized(QString::NormalizationForm_C).toLower().toStdString();
}

} // namespace

class TestStructureFacet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsCollectionsExactlyWhenAllIsRead_data() { tests::addSourceKinds(); }
    void countsCollectionsExactlyWhenAllIsRead()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(8);
        const auto records = random.records(400);
        const auto held = make({records}, systemClock());
        QVERIFY(held != nullptr && held->source().structure() != nullptr);
        auto expected = countByHand(records);
        expected.erase("default"); // means every record, and cannot be asked for as a kind

        const auto found = held->source().structure()->collections({}, 0);

        QVERIFY(found.has_value());
        QCOMPARE(found->front().name, std::string("default"));
        QCOMPARE(found->size(), expected.size());
        for (std::size_t i = 0; i < found->size(); ++i) {
            const model::CollectionSummary& collection = (*found)[i];
            const auto& [live, deleted] = expected.at(i == 0 ? std::string() : loweredName(collection.name));
            QCOMPARE(collection.records, (Count{live, Count::Certainty::Exact}));
            QCOMPARE(collection.softDeleted, (Count{deleted, Count::Certainty::Exact}));
            if (i > 1) QVERIFY(loweredName((*found)[i - 1].name) < loweredName(collection.name));
        }
    }

    void aSampleSaysThatItIsOne_data() { tests::addSourceKinds(); }
    void aSampleSaysThatItIsOne()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(9);
        const auto held = make({random.records(400)}, systemClock());
        QVERIFY(held != nullptr);

        const auto collections = held->source().structure()->collections({}, 100);
        const auto statistics = held->source().structure()->statistics({}, model::kDefaultCollection, 100);

        QVERIFY(collections && statistics);
        QVERIFY(collections->front().records.certainty == Count::Certainty::Estimate);
        QVERIFY(!statistics->isComplete);
        QCOMPARE(statistics->recordsRead, std::uint64_t{100});
        QCOMPARE(statistics->recordsTotal, std::uint64_t{400});
        QCOMPARE(collections->front().records.value + collections->front().softDeleted.value, std::uint64_t{400});
    }

    void countsFieldsAndTheirKinds_data() { tests::addSourceKinds(); }
    void countsFieldsAndTheirKinds()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(10);
        const auto records = random.records(300);
        const auto held = make({records, {{"_blazeKind"}}}, systemClock());
        QVERIFY(held != nullptr);
        for (const std::string collection : {"default", "BUG", "nobody"}) {
            std::map<std::string, std::map<model::ValueKind, std::uint64_t>> expected;
            std::uint64_t members = 0;
            for (const model::Record& record : records) {
                const model::Field* kind = record.find("_blazeKind");
                const auto* name = kind != nullptr ? kind->value.as<std::string>() : nullptr;
                if (collection != "default" && (name == nullptr || loweredName(*name) != loweredName(collection))) continue;
                ++members;
                for (const model::Field& field : record.fields) ++expected[field.name][field.value.kind()];
            }

            const auto statistics = held->source().structure()->statistics({}, collection, 0);

            QVERIFY(statistics && statistics->isComplete);
            QCOMPARE(statistics->recordsRead, members);
            QCOMPARE(statistics->fields.size(), expected.size());
            for (std::size_t i = 0; i < statistics->fields.size(); ++i) {
                const model::FieldStatistics& field = statistics->fields[i];
                const auto& kinds = expected.at(field.name);
                std::uint64_t present = 0;
                for (const auto& [kind, count] : kinds) {
                    QCOMPARE(field.ofKind[static_cast<std::size_t>(kind)], count);
                    present += count;
                }
                QCOMPARE(field.present, present);
                QCOMPARE(field.isIndexed, field.name == "_blazeKind");
                if (i == 0) QCOMPARE(field.name, std::string("id"));
                if (i > 1) QVERIFY(statistics->fields[i - 1].present >= field.present);
            }
        }
    }

    void namesItsIndexes_data() { tests::addSourceKinds(); }
    void namesItsIndexes()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(11);
        const auto held = make({random.records(3), {{"_blazeKind"}, {"z", "id"}}}, systemClock());
        QVERIFY(held != nullptr);

        const auto indexes = held->source().structure()->indexes({});

        QVERIFY(indexes.has_value());
        std::set<std::vector<std::string>> fields;
        for (const model::IndexDescription& index : *indexes) fields.insert(index.fields);
        QCOMPARE(fields, (std::set<std::vector<std::string>>{{"_blazeKind"}, {"z", "id"}})); // in index order, not sorted
    }

    void stopsWhenAsked_data() { tests::addSourceKinds(); }
    void stopsWhenAsked()
    {
        QFETCH(const MakeSource, make);
        tests::RandomRecords random(12);
        const auto held = make({random.records(1'500)}, systemClock());
        QVERIFY(held != nullptr);
        api::Structure& structure = *held->source().structure();
        std::stop_source before;
        before.request_stop();
        const api::CallContext stopped{.stop = before.get_token(), .timeout = {}, .onProgress = {}};
        std::stop_source during;
        const api::CallContext stopping{.stop = during.get_token(), .timeout = {}, .onProgress = [&](const api::Progress&) { during.request_stop(); }};

        QCOMPARE(structure.collections(stopped, 0).error().code, ErrorCode::Cancelled);
        QCOMPARE(structure.statistics(stopped, "default", 0).error().code, ErrorCode::Cancelled);
        QCOMPARE(structure.indexes(stopped).error().code, ErrorCode::Cancelled);
        QCOMPARE(structure.collections(stopping, 0).error().code, ErrorCode::Cancelled);
        QVERIFY(structure.collections({}, 0).has_value());
    }
};
BLAZEDB_REGISTER_TEST(TestStructureFacet);
#include "tst_structure.moc"
