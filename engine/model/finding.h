// Something a person should know about a database: a remark, a damaged record, a part that is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/model/uuid.h"

namespace blazedb::model {

/// Remark: nothing is wrong with the data. Damage: something is unreadable. Lost: it is known to be gone.
enum class FindingSeverity { Remark, Damage, Lost };

enum class FindingKind {
    RecordDamaged,          ///< Tag, chain, checksum, length or encoding does not fit.
    RecordBeyondEnd,        ///< The file is shorter than the catalogue says.
    RecordZeroed,           ///< "deleted by the app before it saved its catalogue, or lost".
    RecordIdMismatch,       ///< The page holds a record with another id.
    RecordInvisibleToSwift, ///< Whole, but the main page is not the lowest of its list.
    RecordUnsupported,      ///< Compressed page or newer record version.
    OrphanPages,            ///< Pages that no record owns.
    LogUnreadable,          ///< The log could not be read from a byte on.
    LogApplied,             ///< Page images in the log were laid over the pages.
    TransactionInterrupted, ///< The state before an open transaction is shown.
    TransactionForeign,     ///< Transaction files for another path lie here.
    VacuumInterrupted,
    InUse,                  ///< Another process holds the lock.
    CatalogueUnsigned,      ///< An old catalogue whose signature cannot be verified.
    CatalogueUntrusted,     ///< Missing, damaged or forged; this is the rescue view.
    IndexStale,             ///< Index contents do not agree with the records.
    IndexOverride,          ///< An unsigned x.meta.indexes lies here.
    DuplicateRecord,        ///< Two versions of one id; which is shown and why.
    LegacyKey,              ///< Opened with old key parameters.
    OldEncoding,            ///< Records stored as JSON text by a very old release.
    FileChanged,            ///< The files changed while they were read.
    PageShared,             ///< One page belongs to two records.
    FreePageUsed,           ///< A page on the list of free pages is in use, or stands on it twice.
    ForeignPages,           ///< Pages that hold something that is not BlazeDB's.
    NextPageLow,            ///< The next insert would take a page that is in use.
    CatalogueEntryBad,      ///< An entry of the catalogue that names no record or no page, or a record a second time.
    DigestMismatch,         ///< A hash that is stored beside the data does not fit it.
    ValueChanged,           ///< Written in a form that cannot hold it exactly.
    RecordRefused,          ///< A record that the target cannot hold.
    Other,
};

struct Finding {
    FindingSeverity severity = FindingSeverity::Remark;
    FindingKind kind = FindingKind::Other;
    std::optional<Uuid> record;
    std::optional<std::uint64_t> page;
    std::string message; ///< English: what, where, why.
    std::string advice;  ///< What to do; may be empty.
    std::string rule = {}; ///< CheckedRule::name of the rule that found it; empty outside a check.
};

/// Stable word for logs and JSON: "remark", "damage", "lost".
const char* findingSeverityName(FindingSeverity severity);

/// Stable word for logs and JSON: "record-damaged".
const char* findingKindName(FindingKind kind);

} // namespace blazedb::model
