#include "engine/model/schema.h"

#include <algorithm>

namespace blazedb::model {

namespace {
constexpr std::size_t kNullIndex = static_cast<std::size_t>(ValueKind::Null);
}

std::optional<ValueKind> FieldStatistics::mainKind() const
{
    std::size_t best = kNullIndex;
    for (std::size_t kind = 0; kind < kValueKindCount; ++kind)
        if (kind != kNullIndex && ofKind[kind] > 0 && (best == kNullIndex || ofKind[kind] > ofKind[best])) best = kind;
    if (best == kNullIndex) return std::nullopt;
    return static_cast<ValueKind>(best);
}

bool FieldStatistics::hasMixedKinds() const
{
    std::size_t kinds = 0;
    for (std::size_t kind = 0; kind < kValueKindCount; ++kind)
        if (kind != kNullIndex && ofKind[kind] > 0) ++kinds;
    return kinds > 1;
}

} // namespace blazedb::model
