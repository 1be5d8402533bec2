#include "engine/codec/field_names.h"

#include <algorithm>
#include <mutex>

#include "engine/model/text_order.h"

namespace blazedb::codec {

FieldNames::FieldNames() = default;

FieldNames::~FieldNames()
{
    for (const auto& chunk : m_chunks) delete chunk.load(std::memory_order_relaxed);
}

std::optional<std::string_view> FieldNames::name(FieldNumber number) const
{
    if (number >= size()) return std::nullopt;
    const Chunk& chunk = *m_chunks[number / kChunkNames].load(std::memory_order_acquire);
    return std::string_view(chunk[number % kChunkNames]);
}

std::optional<FieldNumber> FieldNames::find(std::string_view name) const
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_numbers.find(name);
    return found == m_numbers.end() ? std::nullopt : std::optional(found->second);
}

std::vector<FieldNumber> FieldNames::equivalents(std::string_view name) const
{
    const std::string normal = model::toNfc(name);
    const std::shared_lock lock(m_mutex);
    std::vector<FieldNumber> numbers;
    if (const auto found = m_numbers.find(normal); found != m_numbers.end()) numbers.push_back(found->second);
    if (const auto found = m_variants.find(normal); found != m_variants.end()) numbers.insert(numbers.end(), found->second.begin(), found->second.end());
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

Result<FieldNumber> FieldNames::add(std::string_view name)
{
    if (name.size() > kMaxFieldNameBytes) return Error{ErrorCode::InvalidArgument, "field name of more than 65,535 bytes"};
    if (!model::isValidUtf8(name)) return Error{ErrorCode::InvalidArgument, "field name is not UTF-8"};
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_numbers.find(name); found != m_numbers.end()) return found->second;
    const std::size_t number = m_size.load(std::memory_order_relaxed);
    if (number >= kMaxNames)
        return Error{ErrorCode::ResourceExhausted, "the collection has 1,000,000 field names; names that are data belong into a nested dictionary"};
    auto& slot = m_chunks[number / kChunkNames];
    if (slot.load(std::memory_order_relaxed) == nullptr) slot.store(std::make_unique<Chunk>().release(), std::memory_order_release);
    std::string& kept = (*slot.load(std::memory_order_relaxed))[number % kChunkNames];
    kept = name;
    m_numbers.emplace(kept, static_cast<FieldNumber>(number));
    if (std::string normal = model::toNfc(name); normal != name) m_variants[std::move(normal)].push_back(static_cast<FieldNumber>(number));
    m_size.store(number + 1, std::memory_order_release);
    return static_cast<FieldNumber>(number);
}

} // namespace blazedb::codec
