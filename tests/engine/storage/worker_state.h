// What the n-th commit of the worker program does, as a pure function: who knows how many commits a file has knows its rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace blazedb::tests {

/// Tree and key to value.
using WorkerRows = std::map<std::pair<std::string, std::string>, std::string>;

inline constexpr int kWorkerKeys = 4000;

/// A mixer (splitmix64): neighbouring numbers give unlike ones.
inline std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31U);
}

/// Calls put(tree, key, value) and erase(tree, key) for each row of the commit; false from one ends it.
template <typename Put, typename Erase>
bool makeWorkerCommit(std::uint64_t number, const Put& put, const Erase& erase)
{
    const std::uint64_t rows = number % 50 == 0 ? 400 : 1 + mixed(number) % 20;
    for (std::uint64_t i = 0; i < rows; ++i) {
        const std::uint64_t draw = mixed(number * 1000 + i);
        const std::string key = "key " + std::to_string(draw % kWorkerKeys);
        if (draw >> 32U & 1U && draw >> 33U & 1U) {
            if (!erase("rows", key)) return false;
            continue;
        }
        const std::size_t bytes = (draw >> 40U) % 200 == 0 ? 3000 + (draw >> 48U) % 30'000 : (draw >> 48U) % 400;
        if (!put("rows", key, std::string(bytes, static_cast<char>('a' + number % 26)))) return false;
    }
    return put("meta", "commit", std::to_string(number));
}

inline void applyWorkerCommit(WorkerRows& rows, std::uint64_t number)
{
    makeWorkerCommit(
        number,
        [&](const std::string& tree, const std::string& key, const std::string& value) {
            rows[{tree, key}] = value;
            return true;
        },
        [&](const std::string& tree, const std::string& key) {
            rows.erase({tree, key});
            return true;
        });
}

} // namespace blazedb::tests
