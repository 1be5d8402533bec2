#include "engine/query/skipped_records.h"

#include <string>

namespace blazedb::query {

model::Finding unreadableRecord(const model::Uuid& id, std::optional<std::uint64_t> page,
                                const Error& problem, bool isGone)
{
    model::Finding finding;
    finding.record = id;
    finding.page = page;
    finding.message = "record " + id.toString() + ": " + problem.message;
    if (isGone) {
        finding.severity = model::FindingSeverity::Remark;
        finding.kind = model::FindingKind::RecordZeroed;
        return finding;
    }
    if (problem.code == ErrorCode::NotFound) {
        finding.severity = model::FindingSeverity::Lost;
        finding.kind = model::FindingKind::RecordBeyondEnd;
        finding.advice = "Restore it from a backup; the other records are not affected.";
        return finding;
    }
    finding.severity = model::FindingSeverity::Damage;
    finding.kind = problem.code == ErrorCode::Unsupported ? model::FindingKind::RecordUnsupported
                                                          : model::FindingKind::RecordDamaged;
    finding.advice =
        "The other records are not affected. Keep a copy of the files before an app writes to them again.";
    return finding;
}

} // namespace blazedb::query
