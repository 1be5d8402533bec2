// Random records and queries for property tests: few names and values, so that conditions match and sorts
// tie, and every edge of the comparison rules among them. The same seed gives the same sequence everywhere.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "engine/model/query.h"
#include "engine/model/record.h"

namespace blazedb::tests {

/// From the environment variable BLAZEDB_TEST_SEED, or a fresh one. Print it with every failure.
std::uint64_t testSeed();

/// Thread-safety: none; one owner.
class RandomRecords {
public:
    explicit RandomRecords(std::uint64_t seed);

    model::Uuid id();
    model::Value value(int depth = 0);
    model::Record record();
    std::vector<model::Record> records(std::size_t count);
    model::Expression condition(int depth = 0);
    model::Query query();
    /// 0 up to, not including, `end`.
    std::size_t below(std::size_t end);

private:
    template <typename T>
    const T& anyOf(const std::vector<T>& choices)
    {
        return choices[below(choices.size())];
    }
    model::Value scalar();
    model::Expression comparison();

    std::mt19937_64 m_random;
};

} // namespace blazedb::tests
