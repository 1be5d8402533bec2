#include "engine/model/finding.h"

namespace blazedb::model {

const char* findingKindName(FindingKind kind)
{
    switch (kind) {
    case FindingKind::RecordDamaged: return "record-damaged";
    case FindingKind::RecordBeyondEnd: return "record-beyond-end";
    case FindingKind::RecordZeroed: return "record-zeroed";
    case FindingKind::RecordIdMismatch: return "record-id-mismatch";
    case FindingKind::RecordInvisibleToSwift: return "record-invisible-to-swift";
    case FindingKind::RecordUnsupported: return "record-unsupported";
    case FindingKind::OrphanPages: return "orphan-pages";
    case FindingKind::LogUnreadable: return "log-unreadable";
    case FindingKind::LogApplied: return "log-applied";
    case FindingKind::TransactionInterrupted: return "transaction-interrupted";
    case FindingKind::TransactionForeign: return "transaction-foreign";
    case FindingKind::VacuumInterrupted: return "vacuum-interrupted";
    case FindingKind::InUse: return "in-use";
    case FindingKind::CatalogueUnsigned: return "catalogue-unsigned";
    case FindingKind::CatalogueUntrusted: return "catalogue-untrusted";
    case FindingKind::IndexStale: return "index-stale";
    case FindingKind::IndexOverride: return "index-override";
    case FindingKind::DuplicateRecord: return "duplicate-record";
    case FindingKind::LegacyKey: return "legacy-key";
    case FindingKind::OldEncoding: return "old-encoding";
    case FindingKind::FileChanged: return "file-changed";
    case FindingKind::PageShared: return "page-shared";
    case FindingKind::FreePageUsed: return "free-page-used";
    case FindingKind::ForeignPages: return "foreign-pages";
    case FindingKind::NextPageLow: return "next-page-low";
    case FindingKind::CatalogueEntryBad: return "catalogue-entry-bad";
    case FindingKind::DigestMismatch: return "digest-mismatch";
    case FindingKind::ValueChanged: return "value-changed";
    case FindingKind::RecordRefused: return "record-refused";
    case FindingKind::Other: return "other";
    }
    return "other";
}

const char* findingSeverityName(FindingSeverity severity)
{
    switch (severity) {
    case FindingSeverity::Damage: return "damage";
    case FindingSeverity::Lost: return "lost";
    case FindingSeverity::Remark: break;
    }
    return "remark";
}

} // namespace blazedb::model
