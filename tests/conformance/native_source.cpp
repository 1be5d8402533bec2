// A native file on a simulated disk, its records in the collection `default`.
#include <algorithm>

#include "engine/documents/document_store.h"
#include "engine/local/database.h"
#include "engine/local/local_source.h"
#include "engine/local/native_rows.h"
#include "tests/conformance/source_under_test.h"
#include "tests/support/native_database.h"

namespace blazedb::tests {

namespace {

class NativeSource final : public SourceUnderTest {
public:
    static std::unique_ptr<NativeSource> make(const SourceContent& content, Clock& clock, const std::vector<std::string>& indexedFields)
    {
        auto made = std::make_unique<NativeSource>();
        if (!made->fill(content, indexedFields)) return nullptr;
        local::Database::Parts parts{.counters = std::make_unique<metrics::CounterSet>(),
                                     .store = std::make_unique<local::NativeRows>(*made->m_documents),
                                     .facts = fixedFacts(factsOf(content)),
                                     .trees = std::make_shared<local::NativeRecordTrees>()};
        made->m_source = std::make_unique<local::LocalSource>(std::make_unique<local::Database>(std::move(parts), clock));
        return made;
    }

    api::DataSource& source() override { return *m_source; }
    bool change(std::vector<model::Record> records) override
    {
        const auto transaction = m_documents->begin();
        if (!transaction) return false;
        const auto before = m_documents->view();
        documents::DocumentCursor cursor = (*before)->collection(model::kDefaultCollection)->cursor();
        for (auto isOn = cursor.first(); isOn && *isOn; isOn = cursor.next())
            if (!(*transaction)->erase(model::kDefaultCollection, cursor.id())) return false;
        return put(**transaction, records) && (*transaction)->commit();
    }

private:
    static bool put(documents::DocumentTransaction& transaction, const std::vector<model::Record>& records)
    {
        return std::all_of(records.begin(), records.end(),
                           [&](const model::Record& record) { return transaction.insert(model::kDefaultCollection, record).has_value(); });
    }

    bool fill(const SourceContent& content, const std::vector<std::string>& indexedFields)
    {
        auto store = openOn(m_disk, m_random);
        if (!store) return false;
        m_store = *std::move(store);
        m_transactions = std::make_unique<txn::Transactions>(*m_store, systemClock());
        auto documents = documents::DocumentStore::open(*m_store, *m_transactions);
        if (!documents) return false;
        m_documents = *std::move(documents);
        const auto transaction = m_documents->begin();
        if (!transaction || !put(**transaction, content.records) || !(*transaction)->commit()) return false;
        for (const std::string& field : indexedFields)
            if (!m_documents->createIndex(model::kDefaultCollection, field)) return false;
        return damage(content.damaged);
    }

    /// Writes rows that end in their table.
    bool damage(const std::vector<model::Uuid>& ids)
    {
        const auto raw = m_transactions->begin();
        for (const model::Uuid& id : ids)
            if (!(*raw)->put("rows.1", std::as_bytes(std::span(id.bytes)), asBytes("\x30\x01\x01"))) return false;
        return (*raw)->commit().has_value();
    }

    SimulatedDisk m_disk;
    SeededRandom m_random{91};
    std::unique_ptr<storage::NativeStore> m_store;
    std::unique_ptr<txn::Transactions> m_transactions;
    std::unique_ptr<documents::DocumentStore> m_documents;
    std::unique_ptr<api::DataSource> m_source;
};

} // namespace

std::unique_ptr<SourceUnderTest> makeNativeSource(const SourceContent& content, Clock& clock)
{
    return NativeSource::make(content, clock, {});
}

std::unique_ptr<SourceUnderTest> makeIndexedNativeSource(const SourceContent& content, Clock& clock)
{
    return NativeSource::make(content, clock, {"a", "b", "title", "d.x", "s[0]", "caf\u00e9", "_blazeKind", "isDeleted"});
}

} // namespace blazedb::tests
