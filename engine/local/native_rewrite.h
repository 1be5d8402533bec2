// Native files written anew in their place: the old one or the new one at every moment.
#pragma once

#include <span>
#include <string>

#include "engine/api/call_context.h"
#include "engine/storage/store_copy.h"

namespace blazedb::local {

/// Without free space. Takes the lock for itself. Reports rows as progress. Errors: those of storage::compactFile.
Result<storage::RewriteReport> compactNative(FileSystem& files, const std::string& path, const storage::Credential& credential,
                                             const storage::NativeStore::Environment& environment, const api::CallContext& context);
/// Under a new data key, for those whose credentials are given; who is dropped is in the report. Otherwise as above. Errors: those of storage::rekeyFile.
Result<storage::RewriteReport> rekeyNative(FileSystem& files, const std::string& path, std::span<const storage::Credential> credentials,
                                           const storage::NativeStore::Environment& environment, const api::CallContext& context);

} // namespace blazedb::local
