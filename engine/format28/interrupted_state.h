// Which files hold the committed state: the live ones, or the copies that an interrupted transaction or vacuum left.
// Resolved in memory; nothing is renamed or removed. Source: file-format specification 6.7, 6.8 and 10.
#pragma once

#include <string>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/format28/family_paths.h"
#include "engine/model/finding.h"

namespace blazedb::format28 {

struct CommittedFiles {
    std::string pages;
    std::string catalogue;
    std::string log; ///< Empty when the log belongs to what is not shown.
    std::vector<model::Finding> findings;

    [[nodiscard]] bool isSameFiles(const CommittedFiles& other) const
    {
        return pages == other.pages && catalogue == other.catalogue && log == other.log;
    }
};

/// What is known already when one looks again.
struct CommittedSearch {
    /// An app writes to the family now. It restores nothing before its next open, so of a transaction only a whole set of backup
    /// files counts: while it copies them (begin) and while it removes them (end) the live files hold the committed state.
    /// Otherwise the answer is what the next open by the Swift library would restore.
    bool isLiving = false;
    bool notesForeign = true; ///< Lists the folder for files of other paths' transactions.
};

CommittedFiles findCommittedFiles(FileSystem& files, const FamilyPaths& paths, CommittedSearch search = {});

} // namespace blazedb::format28
