// Rows in memory: the facets without a file below them.
#include <algorithm>

#include "tests/conformance/source_under_test.h"

namespace blazedb::tests {

namespace {

std::vector<StoredRow> rowsOf(const std::vector<model::Record>& records, const std::vector<model::Uuid>& damaged)
{
    std::vector<StoredRow> rows;
    for (const model::Record& record : records) {
        const bool isDamaged = std::find(damaged.begin(), damaged.end(), record.id) != damaged.end();
        rows.push_back(isDamaged ? damagedRow(record.id, rows.size()) : storedRow(record));
    }
    return rows;
}

} // namespace

MemoryFacts factsOf(const SourceContent& content)
{
    MemoryFacts facts;
    for (const auto& fields : content.indexes) {
        std::string name;
        for (const std::string& field : fields) name += (name.empty() ? "" : "+") + field;
        facts.indexes.push_back({name, fields, "secondary", std::nullopt});
    }
    model::MetricSample records;
    records.id = "storage.records_named";
    records.unit = model::metricunit::kRecords;
    records.value = std::uint64_t{content.records.size()};
    facts.figures.samples = {std::move(records)};
    facts.report.recordsRead = content.records.size();
    facts.report.recordsSound = content.records.size() - content.damaged.size();
    for (const model::Uuid& id : content.damaged)
        facts.report.findings.push_back({model::FindingSeverity::Damage, model::FindingKind::RecordDamaged, id, std::nullopt, "damaged", {}});
    return facts;
}

namespace {

class MemorySource final : public SourceUnderTest {
public:
    explicit MemorySource(MemoryDatabase database)
        : m_database(std::move(database))
    {
    }
    api::DataSource& source() override { return *m_database.source; }
    bool change(std::vector<model::Record> records) override
    {
        m_database.store->replace(rowsOf(records, {}));
        return true;
    }

private:
    MemoryDatabase m_database;
};

} // namespace

std::unique_ptr<SourceUnderTest> makeMemorySource(const SourceContent& content, Clock& clock)
{
    return std::make_unique<MemorySource>(openInMemory(rowsOf(content.records, content.damaged), factsOf(content), clock));
}

} // namespace blazedb::tests
