#include "engine/local/index_choice.h"

#include "engine/model/text_order.h"

namespace blazedb::local {

namespace {

/// The conditions of which every one must hold.
std::vector<const model::Expression*> conjunctsOf(const model::Expression& filter)
{
    std::vector<const model::Expression*> conjuncts;
    if (filter.kind != model::ExpressionKind::And) return {&filter};
    for (const model::Expression& child : filter.children)
        for (const model::Expression* conjunct : conjunctsOf(child)) conjuncts.push_back(conjunct);
    return conjuncts;
}

/// Nullopt: no condition is about the index's field, or none of them in ranges.
std::optional<index::KeyRanges> rangesFor(const documents::IndexView& index, const std::vector<const model::Expression*>& conjuncts)
{
    std::optional<index::KeyRanges> ranges;
    for (const model::Expression* conjunct : conjuncts) {
        if (conjunct->field.empty() || !model::canonicallyEqual(conjunct->field, index.field())) continue;
        auto found = index::rangesOf(*conjunct);
        if (!found) continue;
        ranges = ranges ? index::intersectionOf(*ranges, *found) : *std::move(found);
    }
    return ranges;
}

} // namespace

Result<std::optional<IndexChoice>> chooseIndex(const documents::CollectionView& collection, const model::Expression& filter)
{
    const auto conjuncts = conjunctsOf(filter);
    std::optional<IndexChoice> best;
    for (const documents::IndexView& index : collection.indexes()) {
        if (!index.isReady()) continue;
        auto ranges = rangesFor(index, conjuncts);
        if (!ranges) continue;
        std::uint64_t keys = 0;
        for (const index::KeyRange& range : *ranges) {
            BLAZE_TRY_VALUE(const std::uint64_t there, index.count(range));
            keys += there;
        }
        if (!best || keys < best->keys) best = IndexChoice{&index, *std::move(ranges), keys};
    }
    if (best && (best->keys > kIndexedRecordsMax || best->keys * kScannedRecordsPerLookUp > collection.count())) best.reset();
    return best;
}

} // namespace blazedb::local
