// A BlazeDB 2.8 file family as a RowStore, opened to observe: no lock, not one byte written, no file created.
// Source: file-format specification, sections 1 to 7 and 10. FORMAT notes are in this folder's README.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/pause_gate.h"
#include "engine/base/secure_bytes.h"
#include "engine/metrics/counter_set.h"
#include "engine/model/finding.h"
#include "engine/model/schema.h"
#include "engine/model/verify_report.h"
#include "engine/storage/row_store.h"

namespace blazedb::format28 {

/// One file of the family that is there.
struct FamilyPart {
    std::string role; ///< "pages", "catalogue", "log", "salt", "transaction backup", "vacuum backup", "index override".
    std::string path;
    std::uint64_t sizeBytes = 0;
    std::int64_t modifiedNs = 0;
};

/// What can be seen without the password.
struct FamilyPreview {
    std::string name; ///< Last component of the base.
    std::string path; ///< Absolute path of the page file.
    std::vector<FamilyPart> parts;
    std::vector<model::Finding> findings;
};

/// Errors: NotFound, InvalidArgument ("is a folder", "not a BlazeDB database"; SQLite is named), FailedPrecondition
/// (the page file is missing although side files are there), PermissionDenied, Io. Touches nothing.
Result<FamilyPreview> previewFamily(FileSystem& files, const std::string& path);

struct FamilyPaths;

/// The parts that are there, in the order of FamilyPart::role. Reads none of them.
std::vector<FamilyPart> familyParts(FileSystem& files, const FamilyPaths& paths);

enum class CatalogueUse {
    Trusted, ///< The catalogue decides which records there are; an untrustworthy one is an error (Corruption).
    Ignored, ///< Rescue: pages are scanned and the records they hold are shown.
};

struct FamilyFigures {
    std::uint64_t pagesInFile = 0;
    std::uint64_t pagesOwned = 0;   ///< Named by a record's chain in the catalogue.
    std::uint64_t pagesFree = 0;    ///< On the free list and in no chain.
    std::uint64_t records = 0;
    std::uint64_t logBytes = 0;
    std::uint64_t logEntries = 0;
    std::uint32_t keyRounds = 0;
    std::string formatVersion; ///< metaData.formatVersion, "1.0.0" when absent.
};

struct CheckProgress {
    std::uint64_t pagesDone = 0;
    std::uint64_t pagesTotal = 0;
    std::uint64_t bytesDone = 0;
};

struct CheckRequest {
    model::VerifyDepth depth = model::VerifyDepth::Full;
    std::stop_token stop = {};
    PauseGate* pause = nullptr;                              ///< May be null.
    std::function<bool()> isOverdue = {};                    ///< May be empty.
    std::function<void(const CheckProgress&)> onProgress = {}; ///< At most 20 times a second.
};

/// Any thread.
class FamilyStore final : public storage::RowStore {
public:
    struct Options {
        CatalogueUse catalogue = CatalogueUse::Trusted;
        std::stop_token stop; ///< Looked at between key derivations and while a rescue scans.
        std::function<void(std::uint64_t done, std::uint64_t total)> onProgress; ///< Pages, while a rescue scans.
    };

    /// Derives the key, verifies the catalogue, lays the log over the pages in memory, resolves interrupted transactions and
    /// vacuums in memory. Reads no record. `clock` and `counters` outlive the store.
    /// Errors: those of previewFamily; Unauthenticated; Corruption (catalogue); Unsupported (newer format); Cancelled.
    static Result<std::unique_ptr<FamilyStore>> open(FileSystem& files, Clock& clock, metrics::CounterSet& counters,
                                                     const std::string& path, const SecureBytes& password, const Options& options);
    ~FamilyStore() override;

    Result<std::shared_ptr<const storage::RowSnapshot>> snapshot() override;

    /// Remarks of opening; in a rescue also what is lost and why.
    [[nodiscard]] std::vector<model::Finding> openingFindings() const;
    [[nodiscard]] std::vector<FamilyPart> parts() const; ///< As of now; does not read them.
    [[nodiscard]] FamilyFigures figures() const;
    [[nodiscard]] std::vector<model::IndexDescription> indexes() const; ///< Definitions, or derived from index names.

    /// Full reads every page, chain, checksum, id, and index entry; quick compares catalogue and page file only.
    /// Never changes anything. Errors: Cancelled, DeadlineExceeded, Io, Unavailable (the app keeps saving its catalogue).
    Result<model::VerifyReport> check(const CheckRequest& request);

private:
    struct State;
    explicit FamilyStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::format28
