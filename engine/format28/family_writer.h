// Writes a new, closed family of files by section 16 of the format: records, indexes, catalogue, salt, an empty log.
// For the sample, for rescue copies, and for large test files; streams records, holds only the catalogue in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/base/secure_bytes.h"
#include "engine/model/record.h"

namespace blazedb::format28 {

struct NewIndex {
    std::vector<std::string> fields; ///< In index order; the name is these joined with '+'.
};

struct NewFamily {
    std::string path; ///< Of the page file; its side files must not exist either.
    SecureBytes password;
    std::vector<NewIndex> indexes;
    std::uint32_t keyRounds = 600'000; ///< Others only for tests: Swift opens no other.
};

/// The rules of the Swift library (2.2): what is wrong with the password, in words; empty when it is acceptable.
std::vector<std::string> passwordProblems(std::string_view password);

/// Thread-safety: none; one owner. Nothing bears its final name before finish(); a writer that is destroyed without it leaves
/// nothing behind.
class FamilyWriter {
public:
    /// Errors: InvalidArgument (password breaks the rules of Swift, suffix `.blaze`), AlreadyExists, PermissionDenied, Io.
    static Result<std::unique_ptr<FamilyWriter>> create(FileSystem& files, Clock& clock, Random& random, NewFamily family);
    ~FamilyWriter();

    /// Appends one record as it is; a missing field `id` is put in. (Swift adds a missing `createdAt` when it opens the family.)
    /// Errors: InvalidArgument (longer than the longest readable record of 40,524,014 bytes, NaN or infinity in an indexed
    /// field, a limit of the encoding), AlreadyExists (id), ResourceExhausted, Io.
    Result<void> add(const model::Record& record);

    /// Writes catalogue and salt, syncs, renames. Errors: ResourceExhausted, Io; then nothing is left behind.
    Result<void> finish();

private:
    struct State;
    explicit FamilyWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::format28
