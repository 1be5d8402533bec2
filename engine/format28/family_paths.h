// The names of one family's files. Source: file-format specification 1.1 and 6.7.
#pragma once

#include <string>

namespace blazedb::format28 {

struct FamilyPaths {
    std::string pages;  ///< As given, absolute.
    std::string base;   ///< Without the extension: what the side files' names begin with.
    std::string folder; ///< Of the page file.
    std::string name;   ///< Last component of the base.

    [[nodiscard]] std::string catalogue() const { return base + ".meta"; }
    [[nodiscard]] std::string log() const { return base + ".wal"; }
    [[nodiscard]] std::string salt() const { return base + ".salt"; }
    [[nodiscard]] std::string indexOverride() const { return base + ".meta.indexes"; }
    [[nodiscard]] std::string vacuumMarker() const { return base + ".vacuum_in_progress"; }
    [[nodiscard]] std::string vacuumDone() const { return base + ".vacuum_success"; }
    [[nodiscard]] std::string vacuumBackupPages() const { return base + ".vacuum_backup.blazedb"; }
    [[nodiscard]] std::string vacuumBackupCatalogue() const { return base + ".vacuum_backup.meta"; }
    /// Without folder: "txn_in_progress-<name>-"; the digest of the path and the extensions follow.
    [[nodiscard]] std::string transactionPrefix() const { return "txn_in_progress-" + name + "-"; }
};

/// `absolutePath` names the page file.
FamilyPaths familyPaths(const std::string& absolutePath);

/// The digest in the names of transaction files: lower-case SHA-256 of the path's text.
std::string transactionDigest(const std::string& absolutePath);

/// "x.meta" out of a path, for messages.
std::string fileName(const std::string& path);

} // namespace blazedb::format28
