// One consistent view of a family: a catalogue, its pages, and the rules for reading them while the app writes.
// Source: file-format specification 10.
#pragma once

#include <memory>

#include "engine/base/secure_bytes.h"
#include "engine/format28/catalogue.h"
#include "engine/format28/family_files.h"
#include "engine/format28/record_assembler.h"
#include "engine/format28/row_versions.h"
#include "engine/metrics/counter_set.h"
#include "engine/storage/row_store.h"

namespace blazedb::format28 {

/// Everything a view is made of; shared by its cursors. `files` and `counters` outlive it.
struct ViewParts {
    FileSystem* files = nullptr;
    metrics::CounterSet* counters = nullptr;
    FamilyPaths paths;
    CommittedFiles committed;
    FamilyStamps stamps;
    std::shared_ptr<const PageSource> pages;
    std::shared_ptr<const Catalogue> catalogue;
    std::shared_ptr<const SecureBytes> key;
    RowVersions versions;
    bool isRescue = false;
    bool isLiving = false;      ///< An app writes to the family now (CommittedSearch).
    bool isFolderFresh = false; ///< The folder's stamp is so young that a change in the same tick of the clock would not show.
};

/// Immutable; any thread.
class FamilySnapshot final : public storage::RowSnapshot, public std::enable_shared_from_this<FamilySnapshot> {
public:
    FamilySnapshot(ViewParts parts, std::uint64_t sequence);
    ~FamilySnapshot() override;

    [[nodiscard]] std::uint64_t sequence() const override { return m_sequence; }
    [[nodiscard]] const storage::RowTree* tree(std::string_view name) const override;
    [[nodiscard]] std::uint64_t rowVersion(const storage::RowKey& key) const override;
    /// Conflict when a transaction or a vacuum began or ended: pages read since may not be of the committed state.
    [[nodiscard]] Result<void> confirm() const override;
    [[nodiscard]] const ViewParts& parts() const { return m_parts; }

private:
    class Tree;
    ViewParts m_parts;
    std::uint64_t m_sequence;
    std::unique_ptr<Tree> m_tree;
};

/// Reads one record of a view, again when the file moved under it: up to five times within 500 ms; what does not fit while
/// everything stands still is damaged at once. Thread-safety: none; one owner.
class ViewReader {
public:
    ViewReader(const ViewParts& parts, bool isReadingAhead);

    /// False when the record cannot be had: problem() says why.
    /// Errors: Conflict (the catalogue or the page file was replaced), Cancelled, Io.
    Result<bool> read(const CatalogueEntry& entry, AssembledRecord& record, const std::stop_token& stop);
    [[nodiscard]] const RecordProblem& problem() const { return m_assembler.problem(); }
    /// As RecordAssembler: a checksum that then does not fit says nothing yet, as the file may have moved; read() again without.
    void deferChecksums(bool areDeferred) { m_assembler.deferChecksums(areDeferred); }
    void exchangeLong(Bytes& buffer) { m_assembler.exchangeLong(buffer); }
    [[nodiscard]] std::uint64_t pagesRead() const { return m_assembler.pagesRead(); }

private:
    bool readBesideLog(const CatalogueEntry& entry, AssembledRecord& record);

    const ViewParts& m_parts;
    RecordAssembler m_assembler;
    FamilyStamps m_seen; ///< As of the last look; records damaged for good cost one wait, not one each.
};

/// NotFound for what was deleted or lost, Unsupported, or Corruption; the message begins with the page.
Error toError(const RecordProblem& problem);

} // namespace blazedb::format28
