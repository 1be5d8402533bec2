// Looks for databases below folders. A file is known by its content, not by its suffix; nothing is opened with a password and
// nothing is changed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/base/file_system.h"
#include "engine/local/opener.h"

namespace blazedb::local {

struct SearchScope {
    std::vector<std::string> folders;       ///< Absolute. A folder that lies in another is looked into once.
    std::size_t depthMax = 8;               ///< 0: only the files of the folders themselves.
    std::vector<std::string> excludedNames; ///< Folders of these names are not looked into: ".git", "node_modules".
    std::vector<std::string> excludedPaths; ///< Nor these, wherever a link leads to them.
    bool isTakingBackups = false;           ///< Copies that apps leave beside their database while they work on it.
};

struct UnreadableFolder {
    std::string path;
    Error reason;
};

struct SearchReport {
    std::uint64_t filesSeen = 0;
    std::uint64_t foldersSeen = 0;
    std::uint64_t databasesFound = 0;
    std::vector<UnreadableFolder> unreadable; ///< At most kUnreadableMax; unreadableCount says how many there were.
    std::uint64_t unreadableCount = 0;

    static constexpr std::size_t kUnreadableMax = 1000;
};

/// Any thread; blocks on disk.
class DatabaseSearch {
public:
    /// Called on the thread of run() for each database as it is found.
    using Sink = std::function<void(FilePreview)>;

    explicit DatabaseSearch(FileSystem& files = localFileSystem(), Clock& clock = systemClock());

    /// Progress is in "files". Errors: Cancelled, DeadlineExceeded; folders that cannot be read are told in the report.
    Result<SearchReport> run(const api::CallContext& context, const SearchScope& scope, const Sink& found);

private:
    FileSystem& m_files;
    Clock& m_clock;
};

} // namespace blazedb::local
