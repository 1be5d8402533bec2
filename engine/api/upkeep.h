// Keeping a database sound. Everything reports progress through its context.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/finding.h"

namespace blazedb::api {

/// Quick: signature, catalogue against the page file. Full: every page, chain, checksum, record and index entry.
enum class VerifyDepth { Quick, Full };

struct VerifyReport {
    std::vector<model::Finding> findings;
    std::uint64_t recordsRead = 0;
    std::uint64_t recordsSound = 0;
    std::uint64_t pagesRead = 0;
    std::uint64_t bytesRead = 0;

    /// True when no finding is more than a remark.
    [[nodiscard]] bool isSound() const;
};

/// Any thread.
class Upkeep {
public:
    virtual ~Upkeep() = default;
    /// Never changes the database. Errors: Cancelled, Io; damage is a finding, not an error.
    virtual Result<VerifyReport> verify(const CallContext& context, VerifyDepth depth) = 0;
    virtual Result<void> vacuum(const CallContext& context);
};

} // namespace blazedb::api
