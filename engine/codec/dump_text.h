// Dumps (.blazedump) as text: taking one apart, its value rules both ways, and the form whose hashes its manifest holds.
// Source: file-format specification 9.3, 5.6 and 5.8. Pure; any thread unless said otherwise.
//
//   {"header":{…},"manifest":{…},"records":[{"storage":{field: value, …}},…]}
//
// Values carry no marks, so that kinds are guessed when they are read: a text that spells a UUID is one, a text that begins with a
// date is a date, an array of numbers is a vector.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/model/record.h"

namespace blazedb::codec {

inline constexpr std::int64_t kDumpVersion = 1;

struct DumpHeader {
    std::string databaseId;   ///< A UUID, fresh for every dump.
    std::string databaseName;
    double exportedAt = 0;    ///< Seconds since 2001.
    std::int64_t formatVersion = kDumpVersion;
    std::int64_t schemaMajor = 0;
    std::int64_t schemaMinor = 0;
    std::optional<std::string> toolVersion;
};

/// Hashes are SHA-256 in lower-case hex.
struct DumpManifest {
    std::string headerHash;
    std::string payloadHash;
    std::string combinedHash; ///< Of the text of the header's hash followed by that of the payload's.
    std::uint64_t payloadSize = 0;
    std::uint64_t recordCount = 0;
};

/// The pieces of a dump, borrowed from its text.
struct DumpPieces {
    std::string_view header; ///< JSON as it stands in the file; empty when it is missing.
    std::string_view manifest;
    std::string_view records; ///< The whole array.
    std::vector<std::string_view> items; ///< Its elements.
    /// Why the text is no whole dump, with the byte; the pieces found before it are there all the same.
    std::optional<std::string> problem;
};

/// True for text that begins like a dump: an object whose first key is one of a dump's.
bool looksLikeDump(std::string_view beginning);

/// Looks at the structure only: the pieces are not parsed yet.
DumpPieces splitDump(std::string_view text);

/// Parses pieces, reusing its buffers. Thread-safety: none; one owner. Errors: Corruption (not JSON, a part is missing or has the
/// wrong type), Unsupported (a version other than 1).
class DumpReader {
public:
    DumpReader();
    ~DumpReader();
    DumpReader(const DumpReader&) = delete;
    DumpReader& operator=(const DumpReader&) = delete;

    Result<DumpHeader> header(std::string_view piece);
    Result<DumpManifest> manifest(std::string_view piece);
    /// Of keys that are canonically equivalent the last counts.
    Result<std::vector<model::Field>> record(std::string_view piece);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The texts that are hashed: compact, keys sorted by their bytes.
std::string dumpHeaderText(const DumpHeader& header);
/// {"storage":{…}}. Errors: InvalidArgument (a number that is not finite, with the field).
Result<void> appendDumpRecord(std::string& out, const std::vector<model::Field>& fields);

/// The instant at the front of a text, as the Swift library finds it: `2026-01-02T03:04:05`, an optional fraction, and `Z`, `UTC`,
/// `GMT` or an offset; what follows is not looked at. Seconds since 2001; nullopt when there is none.
std::optional<double> leadingDate(std::string_view text);
/// `2026-01-02T03:04:05Z`: whole seconds, rounded down.
std::string wholeSecondsText(double seconds);

} // namespace blazedb::codec
