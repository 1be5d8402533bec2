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
/// number of the line that is no record; Cancelled. Then nothing is left behind.
Result<std::uint64_t> importFamily(const api::CallContext& context, FileSystem& files, Clock& clock, std::string_view jsonLines, FamilyImport request);

} // namespace blazedb::local
