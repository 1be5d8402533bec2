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
};

CommittedFiles findCommittedFiles(FileSystem& files, const FamilyPaths& paths);

} // namespace blazedb::format28
