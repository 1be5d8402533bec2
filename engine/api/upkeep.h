// Keeping a database sound. Everything reports progress through its context.
#pragma once

#include "engine/api/call_context.h"
#include "engine/model/verify_report.h"

namespace blazedb::api {

using model::VerifyDepth;
using model::VerifyReport;

/// Any thread.
class Upkeep {
public:
    virtual ~Upkeep() = default;
    /// Never changes the database; CallContext::pause holds it. Errors: Cancelled, DeadlineExceeded, Io, Unavailable (the
    /// database keeps changing under the check); damage is a finding, not an error.
    virtual Result<VerifyReport> verify(const CallContext& context, VerifyDepth depth) = 0;
    virtual Result<void> vacuum(const CallContext& context);
};

} // namespace blazedb::api
