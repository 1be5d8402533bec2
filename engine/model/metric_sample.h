// One figure of a source: what was measured, in which unit and exactly; or why it was not. Never a zero in place of
// something unknown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace blazedb::model {

/// The words of MetricSample::unit.
namespace metricunit {
inline constexpr const char* kBytes = "bytes";
inline constexpr const char* kCount = "count";
inline constexpr const char* kPages = "pages";
inline constexpr const char* kRatio = "ratio"; ///< A share of 1.
inline constexpr const char* kRecords = "records";
inline constexpr const char* kSeconds = "seconds";
inline constexpr const char* kText = "text";
inline constexpr const char* kTime = "unix_seconds"; ///< Since 1970-01-01T00:00:00Z.
} // namespace metricunit

/// Gauge: goes both ways. Counter: what happened since the source was opened; only grows.
enum class MetricKind { Gauge, Counter };

/// monostate: not measured.
using MetricValue = std::variant<std::monostate, std::uint64_t, double, std::string>;

struct MetricSample {
    std::string id; ///< "storage.pages_free": area, then what, of [a-z0-9_.]. Never translated, never changes its meaning.
    std::string unit;
    std::string help; ///< English: what it is, how it is measured, what it leaves out.
    MetricValue value;
    std::string reason; ///< Why there is no value; empty when there is one.
    std::string detail; ///< More of the same: a path, names. May be empty.
    MetricKind kind = MetricKind::Gauge;

    [[nodiscard]] bool isMeasured() const { return !std::holds_alternative<std::monostate>(value); }
    /// As a double, for rates and pictures; nullopt for texts and for what is not measured.
    [[nodiscard]] std::optional<double> number() const
    {
        if (const auto* whole = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*whole);
        if (const auto* real = std::get_if<double>(&value)) return *real;
        return std::nullopt;
    }
};

} // namespace blazedb::model
