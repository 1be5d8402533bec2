// Opens database files of this machine: tells what a path is, finds the key, and builds the source.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"
#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/folder_watcher.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::local {

/// What can be known of a database without its password.
struct FilePreview {
    std::string name; ///< Base name without folder and suffix.
    std::string path; ///< Absolute.
    std::string identity; ///< As api::SourceDescription has it when the database is open; empty for a dump, which must be read for that.
    std::string format; ///< "BlazeDB 2.8 family", "BlazeDB native file", "BlazeDB dump"
    /// A dump has none, and a native file may open with a key file alone; whatever is given for those is not looked at.
    bool needsPassword = true;
    std::vector<std::string> keys; ///< What each key slot of a native file is: "password by …", "key file". Others have none.
    std::uint64_t totalBytes = 0;
    std::int64_t modifiedNs = 0; ///< Newest of the parts, since 1970.
    std::vector<api::SourcePart> parts;
    std::vector<model::Finding> findings; ///< "in use by process 123", interrupted transaction, missing parts.
};

enum class OpenMode {
    Observe, ///< No lock, nothing written, the log replayed in memory.
    /// Ignores the catalogue: scans pages and shows what they still hold, read-only. Of a dump: the records before the damage. There is none of a native file.
    Rescue,
};

struct OpenRequest {
    std::string path;
    SecureBytes password;
    OpenMode mode = OpenMode::Observe;
    std::string keyFile = {}; ///< A path: opens a native file instead of the password. Others do not look at it.
};

/// Any thread; blocks on disk and key derivation.
class Opener {
public:
    /// Borrows all three; they outlive what it opens.
    explicit Opener(FileSystem& files = localFileSystem(), Clock& clock = systemClock(),
                    FolderWatcher& watcher = localFolderWatcher());

    /// Errors: NotFound, InvalidArgument (a folder, not a BlazeDB database), FailedPrecondition (the page file is
    /// missing), PermissionDenied, Io. The message is a sentence that names the file and what to do.
    Result<FilePreview> preview(const std::string& path);

    /// Errors, each a different sentence: those of preview, and Unauthenticated (wrong password, or the salt file is missing
    /// or not this database's), Corruption (catalogue missing, damaged or not to be trusted: the rescue mode shows what
    /// the pages hold), Unsupported (newer format), Cancelled.
    Result<std::unique_ptr<api::DataSource>> open(const api::CallContext& context, OpenRequest request);

private:
    FileSystem& m_files;
    Clock& m_clock;
    FolderWatcher& m_watcher;
};

} // namespace blazedb::local
