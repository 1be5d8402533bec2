#include "engine/local/record_cache.h"

#include <iterator>
#include <utility>
#include <variant>

namespace blazedb::local {

namespace {

struct SizeOf {
    std::uint64_t operator()(const std::string& text) const { return text.capacity(); }
    std::uint64_t operator()(const Bytes& bytes) const { return bytes.capacity(); }
    std::uint64_t operator()(const model::Vector& vector) const
    {
        return vector.elements.capacity() * sizeof(double);
    }
    std::uint64_t operator()(const model::Array& array) const
    {
        std::uint64_t bytes = 0;
        for (const model::Value& element : array)
            bytes += sizeof element + std::visit(*this, element.storage);
        return bytes;
    }
    std::uint64_t operator()(const model::Dictionary& dictionary) const
    {
        std::uint64_t bytes = 0;
        for (const model::DictionaryEntry& entry : dictionary)
            bytes += sizeof entry + entry.key.capacity() + std::visit(*this, entry.value.storage);
        return bytes;
    }
    template <typename T>
    std::uint64_t operator()(const T&) const
    {
        return 0;
    }
};

} // namespace

std::uint64_t approximateBytes(const model::Record& record)
{
    std::uint64_t bytes = sizeof(api::RecordRow);
    for (const model::Field& field : record.fields)
        bytes += sizeof field + field.name.capacity() + std::visit(SizeOf{}, field.value.storage);
    return bytes;
}

std::size_t RecordCache::KeyHash::operator()(const Key& key) const noexcept
{
    return model::UuidHash{}(key.id) ^ (key.version * 0x9E3779B97F4A7C15ULL) ^ key.valueBytesMax;
}

RecordCache::RecordCache(std::uint64_t bytesMax)
    : m_bytesMax(bytesMax)
{}

RecordCache::SharedRow RecordCache::find(const Key& key)
{
    auto state = m_state.lock();
    const auto found = state->byKey.find(key);
    if (found == state->byKey.end()) return nullptr;
    state->entries.splice(state->entries.begin(), state->entries, found->second);
    return found->second->row;
}

void RecordCache::insert(const Key& key, SharedRow row)
{
    const std::uint64_t bytes = approximateBytes(row->record);
    std::list<Entry> dropped; // destroyed after the lock is gone
    auto state = m_state.lock();
    if (state->byKey.contains(key)) return;
    state->entries.push_front({key, std::move(row), bytes});
    state->byKey.emplace(key, state->entries.begin());
    state->bytes += bytes;
    while (state->bytes > m_bytesMax && state->entries.size() > 1) {
        const auto last = std::prev(state->entries.end());
        state->bytes -= last->bytes;
        state->byKey.erase(last->key);
        dropped.splice(dropped.end(), state->entries, last);
    }
}

std::uint64_t RecordCache::bytes()
{
    return m_state.lock()->bytes;
}

} // namespace blazedb::local
