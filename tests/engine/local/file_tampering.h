// What another process may do to a family's files while its app writes and somebody follows: done, held, and undone again, so
// that the writer can go on.
#pragma once

#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/format28/family_paths.h"

namespace blazedb::tests {

enum class Tampering {
    GarbageInPages,
    GarbageInCatalogue,
    GarbageAfterLog,
    PagesCut,
    CatalogueCut,
    LogCut,
    PagesAway, ///< Renamed, and back: the same file.
    CatalogueAway,
    LogAway,
    PagesLocked,
    StandingStill, ///< Nothing but time, between two steps of the writer.
};
inline constexpr int kTamperings = 11;

/// Files of this machine, behind the engine's back. Thread-safety: none; one owner.
class FileTampering {
public:
    explicit FileTampering(format28::FamilyPaths paths)
        : m_paths(std::move(paths))
    {
    }
    ~FileTampering() { undo(); }
    FileTampering(const FileTampering&) = delete;
    FileTampering& operator=(const FileTampering&) = delete;

    void begin(Tampering what);
    void undo(); ///< Nothing when nothing was begun.
    /// While it lasts the committed state cannot be read from the files: the source must say so.
    [[nodiscard]] static bool makesStale(Tampering what);

private:
    void overwrite(const std::string& path, double from, std::size_t bytes);
    void append(const std::string& path);
    void cut(const std::string& path);
    void putAside(const std::string& path);

    const format28::FamilyPaths m_paths;
    std::string m_path; ///< The file that was changed in place; empty: none.
    std::uint64_t m_offset = 0;
    Bytes m_kept; ///< What stood at m_offset.
    std::uint64_t m_sizeBytes = 0;
    std::string m_aside; ///< Where the file went; its name is m_path.
    int m_lock = -1;
};

} // namespace blazedb::tests
