// A dump (.blazedump) read into memory: its rows by id, and what its manifest proves. Source: file-format specification 9.3.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/codec/dump_text.h"
#include "engine/model/verify_report.h"
#include "engine/storage/row_store.h"

namespace blazedb::local {

/// Larger dumps are refused: rows are kept in memory.
inline constexpr std::uint64_t kDumpBytesMax = std::uint64_t{1} << 30;

struct DumpRow {
    storage::RowKey key{};
    std::uint64_t offset = 0; ///< In DumpContents::bytes.
    std::uint32_t size = 0;
};

struct DumpContents {
    codec::DumpHeader header;
    std::vector<DumpRow> rows; ///< By key; each once.
    Bytes bytes;               ///< Encoded records (codec::RecordForm::InMemory).
    /// Structure, records, ids and each value of the manifest, with their findings.
    model::VerifyReport report;
    std::uint64_t fileBytes = 0;
    std::int64_t modifiedNs = 0;
};

/// Whole: a dump that is cut short or has no header is an error. Salvage: shows the records that are there, and says what is lost.
enum class DumpReading { Whole, Salvage };

/// Reads and verifies. A hash that does not fit is a remark when the order of keys may be the reason (exporters up to 2.7.0 hashed
/// another order than they wrote), damage when it cannot be.
/// Errors: Corruption, Unsupported (a newer version), ResourceExhausted (too large), Cancelled, those of FileSystem.
Result<DumpContents> readDump(const api::CallContext& context, FileSystem& files, const Clock& clock, const std::string& path, DumpReading reading);

/// The same on text that is there already; `name` is for messages.
Result<DumpContents> readDumpText(const api::CallContext& context, const Clock& clock, std::string_view text, const std::string& name, DumpReading reading);

} // namespace blazedb::local
