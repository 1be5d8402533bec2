#include "engine/query/sort.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/model/predicate.h"
#include "engine/codec/order_key.h"

namespace blazedb::query {

namespace {

/// Eight bytes of a key, padded with zeros, as a number that orders as they do.
std::uint64_t sortPrefix(std::string_view key)
{
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < sizeof prefix; ++i)
        prefix = prefix << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
    return prefix;
}

} // namespace

Sort::Sort(std::unique_ptr<Operator> input, std::vector<model::SortKey> order, RunWatch& watch)
    : m_input(std::move(input))
    , m_order(std::move(order))
    , m_watch(watch)
{}

Result<const Row*> Sort::next()
{
    if (!m_isDrained) {
        BLAZE_TRY(drain());
        BLAZE_TRY(sortRuns());
        m_isDrained = true;
    }
    if (m_runs.empty()) return nullptr;
    const auto isAfter = [this](const Run& left, const Run& right) { return isRunAfter(left, right); };
    std::pop_heap(m_runs.begin(), m_runs.end(), isAfter);
    Run& run = m_runs.back();
    const Entry& entry = m_entries[run.next++];
    m_row = Row{.id = entry.id,
                .marks = entry.marks,
                .isSoftDeleted = entry.isSoftDeleted,
                .bytes = {},
                .fields = nullptr};
    if (run.next == run.end)
        m_runs.pop_back();
    else
        std::push_heap(m_runs.begin(), m_runs.end(), isAfter);
    return &m_row;
}

Result<void> Sort::drain()
{
    for (;;) {
        BLAZE_TRY_VALUE(const Row* row, m_input->next());
        if (row == nullptr) return {};
        append(*row);
    }
}

void Sort::append(const Row& row)
{
    Entry entry{
        .keyOffset = m_keys.size(), .marks = row.marks, .isSoftDeleted = row.isSoftDeleted, .id = row.id};
    for (const model::SortKey& key : m_order)
        codec::appendOrderKey(m_keys, model::resolveField(*row.fields, key.field), key.descending);
    entry.keyBytes = static_cast<std::uint32_t>(m_keys.size() - entry.keyOffset);
    entry.prefix = sortPrefix(std::string_view(m_keys).substr(entry.keyOffset));
    m_entries.push_back(entry);
}

Result<void> Sort::sortRuns()
{
    for (std::size_t begin = 0; begin < m_entries.size(); begin += kRunRows) {
        BLAZE_TRY(m_watch.look());
        const std::size_t end = std::min(begin + kRunRows, m_entries.size());
        std::sort(m_entries.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_entries.begin() + static_cast<std::ptrdiff_t>(end),
                  [this](const Entry& left, const Entry& right) { return isBefore(left, right); });
        m_runs.push_back({begin, end});
    }
    std::make_heap(m_runs.begin(), m_runs.end(),
                   [this](const Run& left, const Run& right) { return isRunAfter(left, right); });
    return {};
}

bool Sort::isBefore(const Entry& left, const Entry& right) const
{
    if (left.prefix != right.prefix) return left.prefix < right.prefix;
    const std::size_t common = std::min(left.keyBytes, right.keyBytes);
    const int order = std::memcmp(m_keys.data() + left.keyOffset, m_keys.data() + right.keyOffset, common);
    if (order != 0) return order < 0;
    return left.id < right.id; // keys without a difference are of equal length
}

bool Sort::isRunAfter(const Run& left, const Run& right) const
{
    return isBefore(m_entries[right.next], m_entries[left.next]);
}

} // namespace blazedb::query
