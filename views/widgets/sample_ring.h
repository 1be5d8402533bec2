// The last minute of one figure, in memory that is fixed from the start.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include <QtGlobal>

namespace blazedb::views {

/// Thread-safety: none; its view owns it.
class SampleRing {
public:
    static constexpr qint64 kSpanMs = 60'000;
    static constexpr std::size_t kSamplesMax = 160; ///< Two a second for a minute, and some to spare.

    struct Sample {
        qint64 timeMs = 0;
        std::optional<double> value; ///< nullopt: not measured then, a gap.
    };

    /// Times only grow; one that does not is dropped.
    void add(qint64 timeMs, std::optional<double> value);
    void clear() { m_count = 0; }

    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] const Sample& at(std::size_t index) const; ///< 0 is the oldest.
    /// Greatest and smallest value of the span that ends with the newest sample; nullopt when nothing was measured.
    [[nodiscard]] std::optional<double> maximum() const;
    [[nodiscard]] std::optional<double> minimum() const;

private:
    std::array<Sample, kSamplesMax> m_samples;
    std::size_t m_first = 0;
    std::size_t m_count = 0;
};

} // namespace blazedb::views
