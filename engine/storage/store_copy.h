// Writes a database anew: the same rows under the same commit number, in full leaves, without free pages, under the same keys or under new ones.
// Compacting and changing the data key are such a copy that takes the place of its original.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/storage/native_store.h"

namespace blazedb::storage {

/// How long work can be watched and ended.
struct CopyWatch {
    std::stop_token stop; ///< Looked at for each row, and each MiB of a large value.
    /// Called on the working thread, about every thousand rows and at the end. May be empty.
    std::function<void(std::uint64_t rowsDone, std::uint64_t rowsInAll)> onProgress;
};

/// Writes what `snapshot` shows into an empty file and closes it; it is durable afterwards. Needs memory for the cache and the changed nodes that the options
/// of the environment allow, whatever the size. Errors: Cancelled, InvalidArgument (a file that is not empty), Corruption, Conflict, ResourceExhausted, Io;
/// the file is then of no use.
Result<void> copyStore(const NativeSnapshot& snapshot, StoreKeys keys, std::unique_ptr<File> target, const NativeStore::Environment& environment,
                       const CopyWatch& watch);

struct RewriteReport {
    std::uint64_t bytesBefore = 0;
    std::uint64_t bytesAfter = 0;
    std::vector<KeyArea::SlotFacts> droppedKeys; ///< Those that open the file no more.
};

/// Puts a copy without free space in the place of the file. It is locked meanwhile (Unavailable for other writers; and for this call, when it is open for
/// writing elsewhere); who reads it goes on with what it was. There must be room for both in the folder. The file is the old or the new one at every moment, also
/// after a crash; what a crash leaves beside it (the name with ".rewrite") the next call removes. Errors: as NativeStore::open and copyStore.
Result<RewriteReport> compactFile(FileSystem& files, const std::string& path, const Credential& credential, const NativeStore::Environment& environment,
                                  const CopyWatch& watch);

/// The same under a new random data key. Each credential keeps the slot that it opens, with its label and cost; slots of which none is given are dropped. The bytes
/// under the old key are gone from the file, not from the disk. Errors also: Unauthenticated (a credential fits no slot), InvalidArgument (none is given).
Result<RewriteReport> rekeyFile(FileSystem& files, const std::string& path, std::span<const Credential> credentials, const NativeStore::Environment& environment,
                                const CopyWatch& watch);

} // namespace blazedb::storage
