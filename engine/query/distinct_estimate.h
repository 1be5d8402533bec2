// How many different keys were met, in 4 KiB whatever their number. The standard error is 1.04 / sqrt(4096), 1.6 %.
// Source: Flajolet, Fusy, Gandouet, Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
// algorithm" (2007), with its correction for small counts.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace blazedb::query {

/// Thread-safety: none; one owner.
class DistinctEstimate {
public:
    void add(std::string_view key);
    [[nodiscard]] std::uint64_t value() const;

private:
    static constexpr int kIndexBits = 12;
    std::array<std::uint8_t, std::size_t{1} << kIndexBits> m_ranks{}; ///< Longest run of leading zeros, plus one.
};

} // namespace blazedb::query
