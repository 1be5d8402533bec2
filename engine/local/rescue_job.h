// Saves what a source still holds into a new file: typed JSON lines, or a new 2.8 family. The window and the command line run it
// as a job; it knows neither.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/data_source.h"
#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/random.h"
#include "engine/base/secure_bytes.h"
#include "engine/api/call_context.h"

namespace blazedb::local {

struct RescueRequest {
    std::string to;        ///< A new family when it ends in `.blazedb`; otherwise a file of typed JSON, one record a line.
    SecureBytes password;  ///< Of the new family; not looked at otherwise.
    std::uint32_t keyRounds = 600'000; ///< Others only for tests.
};

/// True for a path that rescueInto makes a family of.
bool namesFamily(const std::string& path);

/// The rules for the password of a new family that this one breaks, in words; empty when it is good. Never blocks.
std::vector<std::string> newPasswordProblems(std::string_view password);

struct RescueReport {
    bool isFamily = false;
    std::uint64_t written = 0;
    std::uint64_t softDeleted = 0; ///< Among them.
    std::vector<std::string> indexes; ///< Names of those that the new family has too.
    /// What opening met, what could not be read, and what the new file cannot hold exactly.
    std::vector<model::Finding> findings;

    /// Records that are known and were not written.
    [[nodiscard]] std::uint64_t lost() const;
};

/// Writes every record that can be read, soft-deleted ones too, sorted by id. The source is only read. Until all is written and
/// synced nothing bears the final name; an existing family is never replaced, an existing file of lines is, at the end.
/// Progress in records; can be held. Any thread; blocks.
/// Errors: InvalidArgument (the target is a part of the source, a weak password, the suffix `.blaze`), AlreadyExists, Conflict
/// (the database changed meanwhile: run it again), ResourceExhausted, PermissionDenied, Cancelled, Io. Then nothing is left behind.
Result<RescueReport> rescueInto(const api::CallContext& context, FileSystem& files, Clock& clock, Random& random, api::DataSource& source,
                                RescueRequest request);

} // namespace blazedb::local
