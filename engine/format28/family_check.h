// Proves that a view is sound, or names what is not: every page and record once, in the order of the file.
// Memory: two bits a page, and what the catalogue itself takes.
#pragma once

#include "engine/base/clock.h"
#include "engine/format28/family_snapshot.h"
#include "engine/format28/family_store.h"

namespace blazedb::format28 {

/// The remark or damage that a record's problem is.
model::Finding toFinding(const model::Uuid& id, const RecordProblem& problem);

/// What is checked.
struct CheckedView {
    const ViewParts& parts;
    const std::string& layoutJson; ///< The catalogue's trusted content, for the index contents; empty in a rescue.
    bool isSigned = true;          ///< Its signature was verified; otherwise it has an old form without one that counts.
};

/// Errors: Cancelled, DeadlineExceeded, Conflict, Io.
Result<model::VerifyReport> checkView(const CheckedView& view, const CheckRequest& request, const Clock& clock);

} // namespace blazedb::format28
