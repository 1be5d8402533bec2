#include "views/widgets/sample_ring.h"

#include "engine/base/assert.h"

namespace blazedb::views {
namespace {

template <typename IsBetter>
std::optional<double> best(const SampleRing& ring, IsBetter isBetter)
{
    std::optional<double> found;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const SampleRing::Sample& sample = ring.at(i);
        if (sample.timeMs < ring.at(ring.size() - 1).timeMs - SampleRing::kSpanMs || !sample.value) continue;
        if (!found || isBetter(*sample.value, *found)) found = sample.value;
    }
    return found;
}

} // namespace

void SampleRing::add(qint64 timeMs, std::optional<double> value)
{
    if (m_count > 0 && timeMs <= at(m_count - 1).timeMs) return;
    m_samples[(m_first + m_count) % kSamplesMax] = {timeMs, value};
    if (m_count < kSamplesMax) ++m_count;
    else m_first = (m_first + 1) % kSamplesMax;
}

const SampleRing::Sample& SampleRing::at(std::size_t index) const
{
    BLAZE_ASSERT(index < m_count);
    return m_samples[(m_first + index) % kSamplesMax];
}

std::optional<double> SampleRing::maximum() const
{
    return best(*this, [](double candidate, double known) { return candidate > known; });
}

std::optional<double> SampleRing::minimum() const
{
    return best(*this, [](double candidate, double known) { return candidate < known; });
}

} // namespace blazedb::views
