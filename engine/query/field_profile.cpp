#include "engine/query/field_profile.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/model/predicate.h"
#include "engine/codec/order_key.h"
#include "engine/query/stream.h"

namespace blazedb::query {

void FieldProfiler::add(const model::Value* value)
{
    ++m_profile.records;
    if (value == nullptr) {
        ++m_profile.missing;
        return;
    }
    ++m_profile.ofKind[static_cast<std::size_t>(value->kind())];
    if (value->isNull()) return;
    if (const auto* integer = value->as<std::int64_t>()) addNumber(static_cast<double>(*integer));
    if (const auto* real = value->as<double>()) addNumber(*real);
    m_key.clear();
    codec::appendOrderKey(m_key, value, false);
    addEnds(*value);
    count(*value);
}

/// Neumaier's compensated sum: large and small numbers of either sign keep their last digits.
void FieldProfiler::addNumber(double value)
{
    ++m_numbers;
    const double sum = m_sum + value;
    if (std::isfinite(sum)) m_lost += std::abs(m_sum) >= std::abs(value) ? (m_sum - sum) + value : (value - sum) + m_sum;
    m_sum = sum;
}

void FieldProfiler::addEnds(const model::Value& value)
{
    if (!m_profile.least || m_key < m_leastKey) {
        m_profile.least = value;
        m_leastKey = m_key;
    }
    if (!m_profile.greatest || m_key > m_greatestKey) {
        m_profile.greatest = value;
        m_greatestKey = m_key;
    }
}

void FieldProfiler::count(const model::Value& value)
{
    m_estimate.add(m_key);
    if (const auto known = m_values.find(m_key); known != m_values.end()) {
        ++known->second.records;
        return;
    }
    // A value that is met when there is no room is never kept later, so every count that is kept is exact.
    const std::size_t bytes = m_key.size() * 2; // the key and the value it was made from
    if (m_values.size() >= kValuesMax || m_valueBytes + bytes > kValueBytesMax) m_profile.areValuesComplete = false;
    if (!m_profile.areValuesComplete) return;
    m_valueBytes += bytes;
    m_values.emplace(m_key, model::CountedValue{value, 1});
}

model::FieldProfile FieldProfiler::finish(std::size_t valuesMax)
{
    m_profile.distinct = m_profile.areValuesComplete ? model::Count{m_values.size(), model::Count::Certainty::Exact}
                                                     : model::Count{m_estimate.value(), model::Count::Certainty::Estimate};
    if (m_numbers > 0) m_profile.mean = (m_sum + m_lost) / static_cast<double>(m_numbers);

    std::vector<const std::pair<const std::string, model::CountedValue>*> ordered;
    ordered.reserve(m_values.size());
    for (const auto& entry : m_values)
        ordered.push_back(&entry);
    const auto shown = ordered.begin() + static_cast<std::ptrdiff_t>(std::min(valuesMax, ordered.size()));
    std::partial_sort(ordered.begin(), shown, ordered.end(), [](const auto* left, const auto* right) {
        const auto [leftCount, rightCount] = std::pair(left->second.records, right->second.records);
        return leftCount != rightCount ? leftCount > rightCount : left->first < right->first;
    });
    if (shown != ordered.end()) m_profile.areValuesComplete = false;
    for (auto entry = ordered.begin(); entry != shown; ++entry)
        m_profile.values.push_back((*entry)->second);
    return std::move(m_profile);
}

Result<model::FieldProfile> profileField(const storage::RowTree& tree, const model::Query& query, const std::string& field,
                                         std::size_t valuesMax, RunLimits limits, metrics::CounterSet& counters, RowReading reading)
{
    BLAZE_TRY_VALUE(const auto stream, Stream::open(tree, query, {.from = {}, .reading = reading}, std::move(limits), counters));
    FieldProfiler profiler;
    for (;;) {
        BLAZE_TRY_VALUE(const Row* row, stream->next());
        if (row == nullptr) break;
        profiler.add(model::resolveField(*row->fields, field));
    }
    model::FieldProfile profile = profiler.finish(valuesMax);
    profile.skipped = stream->takeSkipped();
    return profile;
}

} // namespace blazedb::query
