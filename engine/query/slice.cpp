#include "engine/query/slice.h"

#include <utility>

namespace blazedb::query {

Slice::Slice(std::unique_ptr<Operator> input, std::uint64_t offset, std::optional<std::uint64_t> limit)
    : m_input(std::move(input))
    , m_toPassOver(offset)
    , m_toHandOn(limit)
{}

Result<const Row*> Slice::next()
{
    if (m_toHandOn == 0) return nullptr;
    for (; m_toPassOver > 0; --m_toPassOver) {
        BLAZE_TRY_VALUE(const Row* passedOver, m_input->next());
        if (passedOver == nullptr) return nullptr;
    }
    BLAZE_TRY_VALUE(const Row* row, m_input->next());
    if (row != nullptr && m_toHandOn) --*m_toHandOn;
    return row;
}

} // namespace blazedb::query
