// The records a scan had to leave out, in words. Nothing is left out without an entry here.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/error.h"
#include "engine/model/finding.h"

namespace blazedb::query {

/// What to say about a record that cannot be read.
/// `isGone`: the store names it, but it was deleted or is lost; that is a remark. NotFound: lost
/// with the end of its file. Anything else is damage.
model::Finding unreadableRecord(const model::Uuid& id, std::optional<std::uint64_t> page,
                                const Error& problem, bool isGone);

/// Thread-safety: none; one owner.
class SkippedRecords {
public:
    void add(model::Finding finding) { m_findings.push_back(std::move(finding)); }
    [[nodiscard]] const std::vector<model::Finding>& findings() const { return m_findings; }
    [[nodiscard]] std::vector<model::Finding> take() { return std::move(m_findings); }

private:
    std::vector<model::Finding> m_findings;
};

} // namespace blazedb::query
