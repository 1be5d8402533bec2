#include "engine/local/database_search.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "engine/format28/family_paths.h"
#include "engine/format28/page_format.h"
#include "engine/local/deadline.h"
#include "engine/local/native_file.h"

namespace blazedb::local {

namespace {

constexpr std::uint64_t kFilesBetweenLooks = 64;
/// How the text of a `.blazedump` begins: keys are sorted, without white space (file format 9.3).
constexpr std::string_view kDumpBeginning = R"({"header":{)";

/// Copies and half-built files beside a database (file format 1.1).
bool isBackupName(std::string_view name)
{
    return name.starts_with("txn_in_progress-") || name.starts_with("backup_v0_") || name.find(".vacuum_backup.") != std::string_view::npos
        || name.find(".vacuum.") != std::string_view::npos || name.find(".vacuum-") != std::string_view::npos;
}

/// Side files are parts of a database, never one of their own.
bool isSideFileName(std::string_view name)
{
    constexpr std::array<std::string_view, 6> kSuffixes{".meta", ".wal", ".salt", ".state", ".indexes", ".wal-meta"};
    return std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](std::string_view suffix) { return name.ends_with(suffix); });
}

/// Thread-safety: none; one owner.
class Walk {
public:
    Walk(FileSystem& files, Clock& clock, const api::CallContext& context, const SearchScope& scope, const DatabaseSearch::Sink& found)
        : m_files(files)
        , m_opener(files, clock)
        , m_deadline(context, clock)
        , m_progress(context, clock)
        , m_scope(scope)
        , m_found(found)
        , m_excludedNames(scope.excludedNames.begin(), scope.excludedNames.end())
        , m_excludedPaths(scope.excludedPaths.begin(), scope.excludedPaths.end())
    {}

    Result<SearchReport> run()
    {
        for (const std::string& folder : m_scope.folders)
            m_waiting.push_back({folder, 0});
        while (!m_waiting.empty()) {
            const Place place = std::move(m_waiting.back());
            m_waiting.pop_back();
            BLAZE_TRY(lookInto(place));
        }
        return std::move(m_report);
    }

private:
    struct Place {
        std::string path;
        std::size_t depth = 0;
    };

    Result<void> lookInto(const Place& place)
    {
        BLAZE_TRY(m_deadline.check());
        const auto stamp = m_files.stamp(place.path);
        if (!stamp) return note(place.path, stamp.error());
        // By identity, so that links which lead back up end here.
        if (!m_visited.emplace(stamp->device, stamp->inode).second) return {};
        auto names = m_files.list(place.path);
        if (!names) return note(place.path, names.error());
        ++m_report.foldersSeen;
        std::sort(names->begin(), names->end());
        for (const std::string& name : *names) {
            if (++m_entries % kFilesBetweenLooks == 0) {
                BLAZE_TRY(m_deadline.check());
                m_progress.tell({m_report.filesSeen, std::nullopt, "files"});
            }
            look(place, name, *names);
        }
        return {};
    }

    void look(const Place& place, const std::string& name, const std::vector<std::string>& siblings)
    {
        const std::string path = (place.path == "/" ? "" : place.path) + "/" + name;
        const auto stamp = m_files.stamp(path);
        if (!stamp) return; // a link to nowhere, or gone meanwhile
        if (stamp->isFolder) {
            const bool isWanted = place.depth < m_scope.depthMax && !m_excludedNames.contains(name) && !m_excludedPaths.contains(path);
            if (isWanted) m_waiting.push_back({path, place.depth + 1});
            return;
        }
        ++m_report.filesSeen;
        if (isSideFileName(name) || (isBackupName(name) && !m_scope.isTakingBackups)) return;
        if (!looksLikeADatabase(path, *stamp, siblings)) return;
        auto preview = m_opener.preview(path);
        if (!preview) return; // it only began like one
        ++m_report.databasesFound;
        m_found(*std::move(preview));
    }

    /// By its first bytes. A first page that was deleted is zero, and a new database is empty: then its catalogue must lie beside it.
    bool looksLikeADatabase(const std::string& path, const FileStamp& stamp, const std::vector<std::string>& siblings)
    {
        std::array<std::byte, kDumpBeginning.size()> bytes{};
        ByteView there;
        if (stamp.sizeBytes > 0) {
            const auto file = m_files.openForReading(path);
            const auto got = file ? (*file)->readAt(0, bytes) : Result<std::size_t>(file.error());
            if (!got) return false;
            there = ByteView(bytes).first(*got);
        }
        if (asText(there) == kDumpBeginning || beginsLikeNative(there)) return true;
        const format28::PageKind kind = format28::pageKind(there);
        if (kind != format28::PageKind::Zero) return kind != format28::PageKind::Foreign;
        const std::string catalogue = format28::fileName(format28::familyPaths(path).catalogue());
        return std::binary_search(siblings.begin(), siblings.end(), catalogue);
    }

    Result<void> note(const std::string& path, const Error& reason)
    {
        ++m_report.unreadableCount;
        if (m_report.unreadable.size() < SearchReport::kUnreadableMax) m_report.unreadable.push_back({path, reason});
        return {};
    }

    FileSystem& m_files;
    Opener m_opener;
    Deadline m_deadline;
    ProgressTeller m_progress;
    const SearchScope& m_scope;
    const DatabaseSearch::Sink& m_found;
    const std::unordered_set<std::string> m_excludedNames;
    const std::unordered_set<std::string> m_excludedPaths;
    std::vector<Place> m_waiting;
    std::set<std::pair<std::uint64_t, std::uint64_t>> m_visited; ///< Device and inode of folders.
    std::uint64_t m_entries = 0;
    SearchReport m_report;
};

} // namespace

DatabaseSearch::DatabaseSearch(FileSystem& files, Clock& clock)
    : m_files(files)
    , m_clock(clock)
{}

Result<SearchReport> DatabaseSearch::run(const api::CallContext& context, const SearchScope& scope, const Sink& found)
{
    return Walk(m_files, m_clock, context, scope, found).run();
}

} // namespace blazedb::local
