// Slice: passes over the first rows and ends after a number of them (offset and limit).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/query/row.h"

namespace blazedb::query {

class Slice final : public Operator {
public:
    Slice(std::unique_ptr<Operator> input, std::uint64_t offset, std::optional<std::uint64_t> limit);

    Result<const Row*> next() override;

private:
    std::unique_ptr<Operator> m_input;
    std::uint64_t m_toPassOver;
    std::optional<std::uint64_t> m_toHandOn;
};

} // namespace blazedb::query
