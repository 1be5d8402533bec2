// What one state of the family's files looks like from outside, and opening that state for reading.
#pragma once

#include <memory>
#include <optional>

#include "engine/base/file_system.h"
#include "engine/format28/interrupted_state.h"
#include "engine/format28/page_source.h"

namespace blazedb::format28 {

/// Equal stamps: nothing was written, replaced, created or removed in between.
struct FamilyStamps {
    std::optional<FileStamp> folder; ///< Its time moves when names come and go.
    std::optional<FileStamp> pages;
    std::optional<FileStamp> catalogue;
    std::optional<FileStamp> log;
    friend bool operator==(const FamilyStamps&, const FamilyStamps&) = default;
};

FamilyStamps stampFamily(FileSystem& files, const FamilyPaths& paths, const CommittedFiles& committed);

/// Opens page file and log of the committed state and reads the log through. Errors: as FileSystem.
Result<std::shared_ptr<const PageSource>> openPages(FileSystem& files, const CommittedFiles& committed);

/// What the log had to say: applied images, or from which byte on it could not be read.
std::vector<model::Finding> logFindings(const PageSource& pages, const std::string& logName);

} // namespace blazedb::format28
