// Makes a new 2.8 family out of text: typed JSON, one record a line.
#pragma once

#include <functional>
#include <string_view>

#include "engine/api/call_context.h"
#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::local {

struct FamilyImport {
    std::string path; ///< Of the page file to be made.
    SecureBytes password;
    std::vector<std::vector<std::string>> indexes; ///< Fields of each.
    std::uint32_t keyRounds = 600'000;             ///< Others only for tests.
};

/// Answers how many records were written. Any thread; blocks. Errors: those of format28::FamilyWriter; InvalidArgument with the
/// number of the record and line that is none or cannot be held; Cancelled. Then nothing is left behind.
Result<std::uint64_t> importFamily(const api::CallContext& context, FileSystem& files, Clock& clock, std::string_view jsonLines, FamilyImport request);

/// A record of the greatest length is not longer than this as typed JSON.
inline constexpr std::size_t kImportLineBytesMax = std::size_t{256} << 20;

/// The same from a file, which is read piece by piece. Errors: those of FileSystem besides.
Result<std::uint64_t> importFamilyFile(const api::CallContext& context, FileSystem& files, Clock& clock, const std::string& from, FamilyImport request);

} // namespace blazedb::local
