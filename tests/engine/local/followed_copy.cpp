#include "tests/engine/local/followed_copy.h"

#include <algorithm>
#include <utility>

namespace blazedb::tests {

namespace {

/// What was told and not readable is asked for again so often, also when nothing more is told.
constexpr std::chrono::milliseconds kAskAgain{200};

} // namespace

api::Changes::Sink FollowedCopy::sink()
{
    return [this](const api::ChangeBatch& batch) {
        {
            const std::lock_guard lock(m_mutex);
            m_isEverything = m_isEverything || batch.isEverything;
            for (const model::Change& change : batch.changes) m_touched.push_back(change.id);
            ++m_batches;
        }
        m_changesTold += batch.changes.size();
        m_arrived.notify_all();
    };
}

std::string FollowedCopy::differenceAfter(const FamilyState& expected, std::chrono::milliseconds atMost)
{
    const auto end = std::chrono::steady_clock::now() + atMost;
    for (;;) {
        const std::uint64_t seen = takeOver();
        std::string difference = stateDifference(m_records, expected);
        const auto now = std::chrono::steady_clock::now();
        if (difference.empty() || now >= end) return difference;
        const auto until = m_unread.empty() ? end : std::min(end, now + kAskAgain);
        std::unique_lock lock(m_mutex);
        m_arrived.wait_until(lock, until, [&] { return m_batches != seen; });
    }
}

std::uint64_t FollowedCopy::takeOver()
{
    std::vector<model::Uuid> touched;
    bool isEverything = false;
    std::uint64_t batches = 0;
    {
        const std::lock_guard lock(m_mutex);
        touched.swap(m_touched);
        isEverything = std::exchange(m_isEverything, false);
        batches = m_batches;
    }
    if (isEverything) readEverything();
    const std::set<model::Uuid> unread = std::exchange(m_unread, {});
    for (const model::Uuid& id : unread) readAgain(id);
    for (const model::Uuid& id : touched) readAgain(id);
    return batches;
}

void FollowedCopy::readEverything()
{
    model::Query all;
    all.deleted = model::DeletedRecords::Included;
    const auto window = m_source.records().query({}, all, {0, 100'000, api::kWholeValues});
    if (!window) {
        const std::lock_guard lock(m_mutex);
        m_isEverything = true;
        return;
    }
    m_records.clear();
    m_unread.clear();
    for (const api::RecordRow& row : window->rows) put(row.record);
    for (const model::Finding& finding : window->skipped)
        if (finding.record) m_unread.insert(*finding.record);
}

void FollowedCopy::readAgain(const model::Uuid& id)
{
    const auto row = m_source.records().record({}, id);
    if (row) return put(row->record);
    const bool isGone = row.error().code == ErrorCode::NotFound;
    if (isGone) m_records.erase(id);
    if (!isGone || m_isDisturbed) m_unread.insert(id);
}

void FollowedCopy::put(const model::Record& record)
{
    std::vector<model::Field> fields = record.fields;
    std::erase_if(fields, [](const model::Field& field) { return field.name == model::fieldname::kId; });
    m_records[record.id] = encodedState({{record.id, fields}}).begin()->second;
}

} // namespace blazedb::tests
