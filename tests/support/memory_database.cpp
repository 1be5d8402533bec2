#include "tests/support/memory_database.h"

#include <utility>

#include "engine/local/database.h"
#include "engine/local/local_source.h"

namespace blazedb::tests {

namespace {

class FixedFacts final : public local::StoreFacts {
public:
    explicit FixedFacts(MemoryFacts facts)
        : m_facts(std::move(facts))
    {}

    api::SourceDescription describe() const override
    {
        api::SourceDescription description;
        description.name = "memory";
        description.place = "memory";
        description.identity = "memory";
        description.format = "rows in memory";
        description.readOnlyReason = "it is made for tests";
        return description;
    }
    std::vector<model::Finding> openingFindings() const override { return m_facts.openingFindings; }
    std::vector<model::IndexDescription> indexes() const override { return m_facts.indexes; }
    local::StoreFigures figures() override { return m_facts.figures; }
    Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth) override
    {
        if (context.stop.stop_requested()) return api::cancelled();
        return m_facts.report;
    }

private:
    const MemoryFacts m_facts;
};

} // namespace

std::unique_ptr<local::StoreFacts> fixedFacts(MemoryFacts facts)
{
    return std::make_unique<FixedFacts>(std::move(facts));
}

MemoryDatabase openInMemory(std::vector<StoredRow> rows, MemoryFacts facts, const Clock& clock)
{
    auto store = std::make_unique<MemoryRowStore>(std::move(rows));
    MemoryDatabase database;
    database.store = store.get();
    local::Database::Parts parts{.counters = std::make_unique<metrics::CounterSet>(),
                                 .store = std::move(store),
                                 .facts = fixedFacts(std::move(facts))};
    database.source =
        std::make_unique<local::LocalSource>(std::make_unique<local::Database>(std::move(parts), clock));
    return database;
}

MemoryDatabase openInMemory(const std::vector<model::Record>& records)
{
    std::vector<StoredRow> rows;
    rows.reserve(records.size());
    for (const model::Record& record : records)
        rows.push_back(storedRow(record));
    return openInMemory(std::move(rows));
}

} // namespace blazedb::tests
