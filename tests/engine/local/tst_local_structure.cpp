#include "engine/api/structure.h"
#include "engine/local/local_structure.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

model::Record record(std::uint8_t place, std::vector<model::Field> fields)
{
    model::Record made;
    made.id.bytes[0] = place;
    made.fields = std::move(fields);
    return made;
}

model::Field kind(const char* name)
{
    return {"_blazeKind", Value(std::string(name))};
}

std::vector<tests::StoredRow> stored(const std::vector<model::Record>& records)
{
    std::vector<tests::StoredRow> rows;
    for (const model::Record& made : records)
        rows.push_back(tests::storedRow(made));
    return rows;
}

/// Two spellings of one kind, another kind, a record without one; two are soft-deleted.
std::vector<model::Record> smallTracker()
{
    const model::Field deleted{"isDeleted", Value(true)};
    return {record(1, {kind("bug"), {"title", Value(std::string("x"))}, {"age", Value(std::int64_t{1})}}),
            record(2, {kind("Bug"), {"title", Value()}, {"age", Value(2.0)}}),
            record(3, {kind("bug"), {"title", Value(std::string("z"))}, deleted}),
            record(4, {kind("user"), {"caf\u00e9", Value(true)}}),
            record(5, {{"cafe\u0301", Value(false)}, deleted})};
}

std::vector<std::string> namesOf(const model::CollectionStatistics& statistics)
{
    std::vector<std::string> names;
    for (const auto& field : statistics.fields)
        names.push_back(field.name);
    return names;
}

constexpr std::size_t at(model::ValueKind kind)
{
    return static_cast<std::size_t>(kind);
}

} // namespace

class TestLocalStructure final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsEveryRecordFirstThenKindsByName()
    {
        const auto database = tests::openInMemory(smallTracker());

        const auto collections = database.source->structure()->collections({}, 0);

        QVERIFY(collections.has_value());
        QCOMPARE(collections->size(), std::size_t{3});
        QCOMPARE(collections->at(0).name, std::string("default"));
        QCOMPARE(collections->at(0).records.value, std::uint64_t{3});
        QCOMPARE(collections->at(0).softDeleted.value, std::uint64_t{2});
        QCOMPARE(collections->at(1).name, std::string("bug"));
        QCOMPARE(collections->at(1).records.value, std::uint64_t{2});
        QCOMPARE(collections->at(1).softDeleted.value, std::uint64_t{1});
        QCOMPARE(collections->at(2).name, std::string("user"));
        QVERIFY(collections->at(2).records.isExact());
    }

    void countsFieldsByKindWithSoftDeletedRecords()
    {
        const auto database = tests::openInMemory(smallTracker());

        const auto bugs = database.source->structure()->statistics({}, "BUG", 0);

        QVERIFY(bugs.has_value());
        QVERIFY(bugs->isComplete);
        QCOMPARE(bugs->recordsRead, std::uint64_t{3});
        QCOMPARE(bugs->recordsTotal, std::uint64_t{3});
        QCOMPARE(namesOf(*bugs), (std::vector<std::string>{"id", "_blazeKind", "title", "age", "isDeleted"}));
        const model::FieldStatistics& title = bugs->fields[2];
        QCOMPARE(title.present, std::uint64_t{3});
        QCOMPARE(title.ofKind[at(model::ValueKind::Text)], std::uint64_t{2});
        QCOMPARE(title.ofKind[at(model::ValueKind::Null)], std::uint64_t{1});
        QVERIFY(bugs->fields[3].hasMixedKinds());
    }

    void takesCanonicallyEquivalentNamesAsOneField()
    {
        const auto database = tests::openInMemory(smallTracker());

        const auto everything = database.source->structure()->statistics({}, "default", 0);

        QVERIFY(everything.has_value());
        const auto names = namesOf(*everything);
        QCOMPARE(std::count(names.begin(), names.end(), std::string("caf\u00e9")), std::ptrdiff_t{1});
        QCOMPARE(names.size(), std::size_t{6});
    }

    void saysWhenItReadOnlyASample()
    {
        tests::RandomRecords random(11);
        const auto database = tests::openInMemory(random.records(500));

        const auto sample = database.source->structure()->statistics({}, "default", 100);
        const auto collections = database.source->structure()->collections({}, 100);

        QVERIFY(sample.has_value() && collections.has_value());
        QVERIFY(!sample->isComplete);
        QCOMPARE(sample->recordsRead, std::uint64_t{100});
        QCOMPARE(sample->recordsTotal, std::uint64_t{500});
        QVERIFY(collections->at(0).records.certainty == model::Count::Certainty::Estimate);
        QCOMPARE(database.store->rowsRead(), std::uint64_t{200});
    }

    void answersFromACompleteSurveyWithoutReadingAgain()
    {
        tests::RandomRecords random(12);
        const auto database = tests::openInMemory(random.records(300));
        api::Structure& structure = *database.source->structure();

        QVERIFY(structure.collections({}, 0));
        const auto sample = structure.statistics({}, "default", 10);

        QVERIFY(sample->isComplete);
        QCOMPARE(database.store->rowsRead(), std::uint64_t{300});
    }

    void readsAgainWhenTheDatabaseMovedOn()
    {
        const auto database = tests::openInMemory(smallTracker());
        api::Structure& structure = *database.source->structure();
        QVERIFY(structure.collections({}, 0));

        database.store->replace(stored({record(1, {kind("team")})}));
        const auto collections = structure.collections({}, 0);

        QCOMPARE(collections->size(), std::size_t{2});
        QCOMPARE(collections->at(1).name, std::string("team"));
    }

    void marksIndexedFields()
    {
        tests::MemoryFacts facts;
        facts.indexes = {{"title+age", {"title", "age"}, "secondary", std::nullopt}};
        const auto database = tests::openInMemory(stored(smallTracker()), std::move(facts));

        const auto statistics = database.source->structure()->statistics({}, "bug", 0);

        for (const auto& field : statistics->fields)
            QCOMPARE(field.isIndexed, field.name == "title" || field.name == "age");
        QCOMPARE(database.source->structure()->indexes({})->size(), std::size_t{1});
    }

    void doesNotListAKindThatCannotBeAskedFor()
    {
        const auto database = tests::openInMemory({record(1, {kind("default")}), record(2, {kind("bug")})});

        const auto collections = database.source->structure()->collections({}, 0);

        QCOMPARE(collections->size(), std::size_t{2});
        QCOMPARE(collections->at(0).records.value, std::uint64_t{2});
        QCOMPARE(collections->at(1).name, std::string("bug"));
    }
};
BLAZEDB_REGISTER_TEST(TestLocalStructure);
#include "tst_local_structure.moc"
