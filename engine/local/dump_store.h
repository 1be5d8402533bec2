// A dump as rows and facts: what LocalSource needs to serve it. It is read once, when it is opened.
#pragma once

#include <memory>

#include "engine/local/dump_contents.h"
#include "engine/local/opener.h"
#include "engine/local/store_facts.h"

namespace blazedb::local {

inline constexpr const char* kDumpFormat = "BlazeDB dump";

/// True when the file begins like a dump, or its name says that it is one. Errors: those of FileSystem.
Result<bool> isDumpFile(FileSystem& files, const std::string& path);

/// Reads no more than the beginning. Errors: those of FileSystem.
Result<FilePreview> previewDump(FileSystem& files, const std::string& path);

/// Errors: those of readDump.
Result<std::unique_ptr<api::DataSource>> openDump(const api::CallContext& context, FileSystem& files, const Clock& clock, const std::string& path,
                                                  OpenMode mode);

} // namespace blazedb::local
