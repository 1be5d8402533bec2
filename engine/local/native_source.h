// A native file as a source to look at: what LocalSource needs to serve it.
#pragma once

#include <memory>

#include "engine/local/opener.h"

namespace blazedb::local {

/// Needs no key. Errors: those of readNativeOutline.
Result<FilePreview> previewNative(FileSystem& files, const std::string& path);

/// Without a lock, writing nothing. Errors: those of readNativeOutline, credentialFor and NativeStore::open, with the file's name; Unsupported (a rescue
/// view), Cancelled.
Result<std::unique_ptr<api::DataSource>> openNative(const api::CallContext& context, FileSystem& files, Clock& clock, OpenRequest request);

} // namespace blazedb::local
