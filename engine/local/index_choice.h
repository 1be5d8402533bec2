// Which index of a collection answers a filter best, told by counting its keys.
#pragma once

#include <optional>

#include "engine/documents/document_view.h"
#include "engine/model/expression.h"

namespace blazedb::local {

struct IndexChoice {
    const documents::IndexView* index = nullptr;
    index::KeyRanges ranges;
    std::uint64_t keys = 0; ///< In them.
};

/// A record found by its key costs about as much as so many in a scan: an index is read only for fewer than this share of the records.
inline constexpr std::uint64_t kScannedRecordsPerLookUp = 5;
/// Bounds the memory and the time that the ids take.
inline constexpr std::uint64_t kIndexedRecordsMax = 200'000;

/// The one whose ranges hold the fewest keys, of all conditions that must hold; nullopt when reading every record is cheaper. Matches have
/// their keys in the ranges; what is there must still be asked. Any thread. Errors: Corruption, Io.
Result<std::optional<IndexChoice>> chooseIndex(const documents::CollectionView& collection, const model::Expression& filter);

} // namespace blazedb::local
