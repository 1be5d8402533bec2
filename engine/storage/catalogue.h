// The catalogue in bytes: the trees of a checkpoint. Source: FORMAT.md, "Catalogue".
#pragma once

#include "engine/storage/store_core.h"

namespace blazedb::storage {

inline constexpr std::size_t kMaxTreeNameBytes = 255;
inline constexpr std::size_t kMaxTrees = 4096;

/// Every tree of `roots` must have a page, or no rows.
Bytes encodeTrees(const StoreRoots& roots);
/// Errors: Corruption.
Result<StoreRoots> decodeTrees(ByteView bytes, std::uint64_t sequence);

/// The trees of a header. Errors: Corruption, Io.
Result<StoreRoots> readTrees(const PageFile& pages, const Header& header);
/// A whole run; nothing for one without bytes. Errors: Corruption, Io.
Result<Bytes> readWholeRun(const PageFile& pages, const RunRef& run);

} // namespace blazedb::storage
