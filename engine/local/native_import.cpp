#include "engine/local/native_import.h"

#include <utility>

#include "engine/codec/typed_json.h"
#include "engine/local/native_documents.h"

namespace blazedb::local {

/// Numbers of names that no file knows: enough to bring two records into the same form.
class NativeImport::Numbers final : public codec::FieldNumbering {
public:
    Result<codec::FieldNumber> numberOf(std::string_view name) override { return m_names.add(name); }

private:
    codec::FieldNames m_names;
};

NativeImport::NativeImport(documents::DocumentStore& store, Random& random, NativeImportRequest request, Committed committed)
    : m_store(store)
    , m_random(random)
    , m_request(std::move(request))
    , m_onCommitted(std::move(committed))
    , m_numbers(std::make_unique<Numbers>())
{}

NativeImport::~NativeImport() = default;

Result<void> NativeImport::line(std::string_view text)
{
    ++m_lines;
    if (text.find_first_not_of(" \t\r") == std::string_view::npos) return {};
    auto added = add(text);
    if (!added) {
        m_transaction.reset();
        return std::move(added).error().in("line " + std::to_string(m_lines));
    }
    if (m_request.commitEvery != 0 && m_pending.total() >= m_request.commitEvery) return commit();
    return {};
}

Result<void> NativeImport::finish()
{
    return m_pending.total() == 0 ? Result<void>{} : commit();
}

Result<void> NativeImport::add(std::string_view text)
{
    BLAZE_TRY_VALUE(codec::NewRecord parsed, codec::parseTypedJsonNewRecord(text));
    if (!parsed.hasId) {
        BLAZE_TRY_VALUE(parsed.record.id, newRecordId(m_random));
    }
    if (!m_transaction) {
        BLAZE_TRY_VALUE(m_transaction, m_store.begin(txn::Isolation::Bulk));
    }
    BLAZE_TRY(store(parsed.record));
    if (m_onCommitted) m_ids.push_back(parsed.record.id);
    return {};
}

Result<void> NativeImport::store(const model::Record& record)
{
    auto inserted = m_transaction->insert(m_request.collection, record);
    if (!inserted && inserted.error().code == ErrorCode::AlreadyExists) return takeTwin(record, inserted.error());
    if (inserted) ++m_pending.inserted;
    return inserted;
}

Result<void> NativeImport::takeTwin(const model::Record& record, const Error& refused)
{
    BLAZE_TRY_VALUE(const auto there, m_transaction->get(m_request.collection, record.id));
    if (!there) return refused; // another collection has the id
    BLAZE_TRY_VALUE(const Bytes old, canonical(*there));
    BLAZE_TRY_VALUE(const Bytes fresh, canonical(record));
    if (old == fresh) {
        ++m_pending.unchanged;
        return {};
    }
    if (!m_request.isReplacing) return Error{ErrorCode::AlreadyExists, "record " + record.id.toString() + " is there already, with other content"};
    BLAZE_TRY(m_transaction->put(m_request.collection, record));
    ++m_pending.replaced;
    return {};
}

Result<Bytes> NativeImport::canonical(const model::Record& record)
{
    codec::RowEncoder encoder(*m_numbers);
    BLAZE_TRY_VALUE(const ByteView row, encoder.encode(record));
    return Bytes(row.begin(), row.end());
}

Result<void> NativeImport::commit()
{
    const auto transaction = std::move(m_transaction);
    BLAZE_TRY(transaction->commit());
    m_committed.inserted += m_pending.inserted;
    m_committed.replaced += m_pending.replaced;
    m_committed.unchanged += m_pending.unchanged;
    m_pending = {};
    const std::vector<model::Uuid> ids = std::exchange(m_ids, {});
    return m_onCommitted ? m_onCommitted(ids) : Result<void>{};
}

} // namespace blazedb::local
