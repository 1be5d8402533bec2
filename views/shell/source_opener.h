// What the window asks of the program to find, open and save something; implemented in app/visualizer.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"
#include "engine/base/file_system.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::views {

/// What can be known without the password.
struct SourcePreview {
    std::string name;
    std::string place;
    std::string identity; ///< As api::SourceDescription has it when the source is open; empty when only opening tells.
    std::string format;
    bool needsPassword = true;
    std::uint64_t totalBytes = 0;
    std::int64_t modifiedUnixMs = 0;
    std::vector<api::SourcePart> parts;
    std::vector<model::Finding> findings;
};

struct SourceRequest {
    std::string place;
    SecureBytes password;
    bool isRescue = false; ///< Show what a page scan finds instead of trusting the catalogue.
};

struct SearchOrder {
    std::vector<std::string> folders; ///< Absolute.
    std::size_t depthMax = 8;         ///< 0: only the files of the folders themselves.
    std::vector<std::string> excludedNames;
    std::vector<std::string> excludedPaths;
    bool isTakingBackups = false; ///< Also copies that apps leave beside their database.
};

struct SearchOutcome {
    std::uint64_t filesSeen = 0;
    std::uint64_t foldersSeen = 0;
    std::uint64_t found = 0;
    struct Unreadable {
        std::string place;
        Error reason;
    };
    std::vector<Unreadable> unreadable; ///< The first of them; unreadableCount says how many there were.
    std::uint64_t unreadableCount = 0;
};

struct SaveOrder {
    std::string to;       ///< Its suffix says whether it becomes a database or a file of lines.
    SecureBytes password; ///< Of a new database.
    bool mayReplace = false; ///< A file of lines that is there already. A database never is replaced.
};

struct SaveOutcome {
    bool isDatabase = false;
    std::uint64_t written = 0;
    std::uint64_t softDeleted = 0; ///< Among them.
    std::uint64_t lost = 0;        ///< Known and not written.
    std::vector<model::Finding> findings;
};

/// Any thread; blocks. Errors as local::Opener, local::DatabaseSearch and local::rescueInto say: each code is a distinct outcome.
class SourceOpener {
public:
    virtual ~SourceOpener() = default;
    virtual Result<SourcePreview> preview(const api::CallContext& context, const std::string& place) = 0;
    virtual Result<std::unique_ptr<api::DataSource>> open(const api::CallContext& context, SourceRequest request) = 0;

    /// What tells one state of a place from another without reading it. Errors: NotFound; Unsupported, where nobody can tell.
    virtual Result<FileStamp> stamp(const std::string& place) { return Error{ErrorCode::Unsupported, "the state of " + place + " is not known"}; }
    /// Whether every look at it goes over a network, and so should be rare.
    virtual bool isFar(const std::string&) { return false; }

    /// Looks for databases by their content; `found` is called on the caller's thread for each. Opens nothing.
    using FoundSink = std::function<void(SourcePreview)>;
    virtual Result<SearchOutcome> search(const api::CallContext&, const SearchOrder&, const FoundSink&)
    {
        return Error{ErrorCode::Unsupported, "searching is not possible here"};
    }

    /// Writes what `source` still holds into something new. Until all is written nothing bears the final name. Can be held.
    /// Errors: as local::rescueInto; AlreadyExists also for a file of lines that may not be replaced.
    virtual Result<SaveOutcome> saveWhatIsLeft(const api::CallContext&, api::DataSource&, SaveOrder)
    {
        return Error{ErrorCode::Unsupported, "saving is not possible here"};
    }
    /// Whether saveWhatIsLeft makes a database of that name, which needs a password. Never blocks.
    [[nodiscard]] virtual bool namesDatabase(const std::string&) const { return false; }
    /// The rules for the password of a new database that this one breaks, in words; empty when it is good. Never blocks.
    [[nodiscard]] virtual std::vector<std::string> passwordProblems(std::string_view) const { return {}; }
};

} // namespace blazedb::views
