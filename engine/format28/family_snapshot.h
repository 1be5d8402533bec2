// One consistent view of a family: a catalogue, its pages, and the rules for reading them while the app writes.
// Source: file-format specification 10.
#pragma once

#include <memory>

#include "engine/base/secure_bytes.h"
#include "engine/format28/catalogue.h"
#include "engine/format28/family_files.h"
#include "engine/format28/record_assembler.h"
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
    bool isRescue = false;
};

/// Immutable; any thread.
class FamilySnapshot final : public storage::RowSnapshot, public std::enable_shared_from_this<FamilySnapshot> {
public:
    FamilySnapshot(ViewParts parts, std::uint64_t sequence);
    ~FamilySnapshot() override;

    [[nodiscard]] std::uint64_t sequence() const override { return m_sequence; }
    [[nodiscard]] const storage::RowTree* tree(std::string_view name) const override;
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
    [[nodiscard]] const RecordProblem& problem() const { return m_assembler->problem(); }
    [[nodiscard]] std::uint64_t pagesRead() const { return m_pagesReadBefore + m_assembler->pagesRead(); }

private:
    Result<void> readLogAnew();

    const ViewParts& m_parts;
    std::shared_ptr<const PageSource> m_pages; ///< The view's, or the same pages under the log of now.
    const bool m_isReadingAhead;
    std::unique_ptr<RecordAssembler> m_assembler;
    std::uint64_t m_pagesReadBefore = 0; ///< By assemblers that are gone.
    FamilyStamps m_seen; ///< As of the last look; records damaged for good cost one wait, not one each.
};

/// NotFound for what was deleted or lost, Unsupported, or Corruption; the message begins with the page.
Error toError(const RecordProblem& problem);

} // namespace blazedb::format28
