#include "engine/query/distinct_estimate.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace blazedb::query {

namespace {

/// FNV-1a spreads its input poorly over the high bits; the finaliser of MurmurHash3 mixes them.
std::uint64_t hashOf(std::string_view key)
{
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char byte : key) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001B3;
    }
    hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCD;
    hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53;
    return hash ^ hash >> 33;
}

} // namespace

void DistinctEstimate::add(std::string_view key)
{
    const std::uint64_t hash = hashOf(key);
    const std::uint64_t rest = hash << kIndexBits;
    const int rank = std::min(std::countl_zero(rest), 64 - kIndexBits) + 1;
    std::uint8_t& known = m_ranks[hash >> (64 - kIndexBits)];
    known = std::max(known, static_cast<std::uint8_t>(rank));
}

std::uint64_t DistinctEstimate::value() const
{
    const auto registers = static_cast<double>(m_ranks.size());
    double sum = 0;
    for (const std::uint8_t rank : m_ranks)
        sum += std::ldexp(1.0, -rank);
    const double raw = 0.7213 / (1 + 1.079 / registers) * registers * registers / sum;
    const auto empty = static_cast<double>(std::count(m_ranks.begin(), m_ranks.end(), std::uint8_t{0}));
    const bool isSmall = raw <= 2.5 * registers && empty > 0;
    return static_cast<std::uint64_t>(std::llround(isSmall ? registers * std::log(registers / empty) : raw));
}

} // namespace blazedb::query
