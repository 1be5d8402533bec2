// What the bench programs share: measuring, reporting against a bar, and databases of random records.
#pragma once

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/api/data_source.h"
#include "engine/base/result.h"

namespace blazedb::bench {

inline constexpr const char* kPassword = "Measure-Twice-28";

double seconds(const std::function<void()>& work);
double median(const std::function<double()>& measure); ///< Of five.

/// One line of the table; a figure above its bar makes exitCode() 1.
void report(const char* what, double value, double bar, const char* unit);
/// A figure that could not be taken; counts as missed.
void reportMissing(const char* what, const char* why);
int exitCode();

/// The value, or the end of the program with the error on standard error.
template <typename T>
T need(Result<T> result)
{
    if (result) return std::move(*result);
    fmt::print(stderr, "bench: {}\n", result.error().message);
    std::exit(1);
}
inline void need(const Result<void>& result)
{
    if (result) return;
    fmt::print(stderr, "bench: {}\n", result.error().message);
    std::exit(1);
}

/// A family of `count` records with random ids in `folder`, always the same ones. Returns its path.
std::string writeFamily(const std::string& folder, int count);
std::unique_ptr<api::DataSource> openFamily(const std::string& path);

double residentMegabytes(); ///< Of this process, now.

} // namespace blazedb::bench
