// Proves that a native file is sound, or names what is not: every page, every record, every index entry.
#pragma once

#include <string>

#include "engine/api/call_context.h"
#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/local/observed_documents.h"
#include "engine/model/verify_report.h"

namespace blazedb::local {

struct CheckedNative {
    ObservedDocuments& documents;
    FileSystem& files;
    const std::string& path;
};

/// Quick: the fixed places. Full: all pages by NativeStore::verify, then each record of each collection, then each index against the records, both ways.
/// Errors: Cancelled, DeadlineExceeded, Io, Unavailable (another program changes the file under the check; try again).
Result<model::VerifyReport> checkNative(const CheckedNative& file, const api::CallContext& context, model::VerifyDepth depth, const Clock& clock);

} // namespace blazedb::local
