#include "engine/format28/family_snapshot.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <numeric>

namespace blazedb::format28 {

namespace {

constexpr int kReadAttempts = 5;
constexpr std::chrono::milliseconds kBetweenAttempts{100};
constexpr std::size_t kRowsBetweenStops = 64;

bool isAnotherFile(const std::optional<FileStamp>& now, const std::optional<FileStamp>& then)
{
    return now.has_value() != then.has_value() || (now && (now->inode != then->inode || now->device != then->device));
}

/// Sleeps unless asked to stop; false when it was.
bool pauseUnlessStopped(const std::stop_token& stop, std::chrono::milliseconds duration)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, duration, [] { return false; });
    return !stop.stop_requested();
}

} // namespace

Error toError(const RecordProblem& problem)
{
    ErrorCode code = ErrorCode::Corruption;
    if (problem.kind == RecordProblem::Kind::Zeroed || problem.kind == RecordProblem::Kind::BeyondEnd) code = ErrorCode::NotFound;
    if (problem.kind == RecordProblem::Kind::Unsupported) code = ErrorCode::Unsupported;
    return {code, problem.reason};
}

ViewReader::ViewReader(const ViewParts& parts, bool isReadingAhead)
    : m_parts(parts)
    , m_assembler(*parts.pages, parts.key->view(), isReadingAhead)
    , m_seen(parts.stamps)
{
}

Result<bool> ViewReader::read(const CatalogueEntry& entry, AssembledRecord& record, const std::stop_token& stop)
{
    for (int attempt = 1;; ++attempt) {
        const std::uint64_t pagesBefore = m_assembler.pagesRead();
        // A page of the log may have been written anew behind this view's back; the file then has a newer, whole record.
        const bool isLogFirst = attempt % 2 == 1;
        m_assembler.readLogFirst(isLogFirst);
        BLAZE_TRY_VALUE(const bool isWhole, m_assembler.assemble(m_parts.catalogue->pagesOf(entry), entry.id, record));
        metrics::CounterSet::add(m_parts.counters->pagesRead, m_assembler.pagesRead() - pagesBefore);
        metrics::CounterSet::add(m_parts.counters->bytesRead, (m_assembler.pagesRead() - pagesBefore) * kPageBytes);
        // A zero page is a whole state of its own: waiting does not change it.
        if (isWhole || problem().kind == RecordProblem::Kind::Zeroed || m_parts.isRescue || attempt == kReadAttempts) return isWhole;
        const FamilyStamps now = stampFamily(*m_parts.files, m_parts.paths, m_parts.committed);
        if (now.catalogue != m_parts.stamps.catalogue) return Error{ErrorCode::Conflict, "the app saved its catalogue meanwhile"};
        if (isAnotherFile(now.pages, m_parts.stamps.pages)) return Error{ErrorCode::Conflict, "the app replaced its page file meanwhile"};
        // What was deleted after it was logged comes back by a replay, but its chain does not.
        if (now.pages == m_seen.pages && now.log == m_seen.log) return isLogFirst && m_assembler.hasMetLog() && readBesideLog(entry, record);
        m_seen = now;
        metrics::CounterSet::add(m_parts.counters->retries);
        if (!pauseUnlessStopped(stop, kBetweenAttempts)) return Error{ErrorCode::Cancelled, "cancelled"};
        m_assembler.forgetReadAhead();
    }
}

bool ViewReader::readBesideLog(const CatalogueEntry& entry, AssembledRecord& record)
{
    const RecordProblem known = problem();
    m_assembler.readLogFirst(false);
    const auto isWhole = m_assembler.assemble(m_parts.catalogue->pagesOf(entry), entry.id, record);
    if (isWhole && (*isWhole || problem().kind == RecordProblem::Kind::Zeroed)) return *isWhole;
    m_assembler.setProblem(known);
    return false;
}

/// The tree of all records. Any thread.
class FamilySnapshot::Tree final : public storage::RowTree {
public:
    explicit Tree(const FamilySnapshot& snapshot)
        : m_snapshot(snapshot)
    {
    }

    [[nodiscard]] std::uint64_t rowCount() const override { return m_snapshot.m_parts.catalogue->entries.size(); }
    Result<std::unique_ptr<storage::RowCursor>> scan(storage::ScanOrder order, std::optional<storage::RowKey> from, std::stop_token stop) const override;
    Result<storage::Row> read(const storage::RowKey& key) const override;

private:
    class Cursor;
    const FamilySnapshot& m_snapshot; ///< Owns this.
};

class FamilySnapshot::Tree::Cursor final : public storage::RowCursor {
public:
    Cursor(std::shared_ptr<const FamilySnapshot> snapshot, storage::ScanOrder order, std::optional<storage::RowKey> from, std::stop_token stop)
        : m_snapshot(std::move(snapshot))
        , m_reader(m_snapshot->m_parts, order == storage::ScanOrder::Storage)
        , m_stop(std::move(stop))
    {
        const Catalogue& catalogue = *m_snapshot->m_parts.catalogue;
        if (order == storage::ScanOrder::Key) {
            if (from) skipTo(*from);
            return;
        }
        m_order.resize(catalogue.entries.size());
        std::iota(m_order.begin(), m_order.end(), 0U);
        const auto firstPage = [&](std::uint32_t position) {
            const auto pages = catalogue.pagesOf(catalogue.entries[position]);
            return pages.empty() ? PageNumber{0} : pages.front();
        };
        std::sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) { return firstPage(a) < firstPage(b); });
    }

    Result<bool> next(storage::RowView& row) override
    {
        const Catalogue& catalogue = *m_snapshot->m_parts.catalogue;
        if (m_position % kRowsBetweenStops == 0 && m_stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
        if (m_position >= catalogue.entries.size()) return false;
        const CatalogueEntry& entry = catalogue.entries[m_order.empty() ? m_position : m_order[m_position]];
        ++m_position;
        BLAZE_TRY_VALUE(const bool isWhole, m_reader.read(entry, m_record, m_stop));
        row = {};
        row.key = entry.id.bytes;
        row.marks.isRescued = m_snapshot->m_parts.isRescue;
        if (!isWhole) {
            m_problem = toError(m_reader.problem());
            row.problem = &m_problem;
            row.place = m_reader.problem().page;
            row.isGone = m_reader.problem().kind == RecordProblem::Kind::Zeroed;
            return true;
        }
        row.bytes = m_record.bytes;
        row.marks.isInvisibleToSwift = !m_record.isMainLowest;
        row.place = m_record.mainPage;
        return true;
    }

private:
    void skipTo(const storage::RowKey& key)
    {
        const auto& entries = m_snapshot->m_parts.catalogue->entries;
        const auto found = std::lower_bound(entries.begin(), entries.end(), key,
                                            [](const CatalogueEntry& entry, const storage::RowKey& wanted) { return entry.id.bytes < wanted; });
        m_position = static_cast<std::size_t>(found - entries.begin());
    }

    std::shared_ptr<const FamilySnapshot> m_snapshot;
    ViewReader m_reader;
    std::stop_token m_stop;
    std::vector<std::uint32_t> m_order; ///< Positions in page order; empty in key order.
    std::size_t m_position = 0;
    AssembledRecord m_record;
    Error m_problem;
};

Result<std::unique_ptr<storage::RowCursor>> FamilySnapshot::Tree::scan(storage::ScanOrder order, std::optional<storage::RowKey> from,
                                                                       std::stop_token stop) const
{
    return std::unique_ptr<storage::RowCursor>(std::make_unique<Cursor>(m_snapshot.shared_from_this(), order, from, std::move(stop)));
}

Result<storage::Row> FamilySnapshot::Tree::read(const storage::RowKey& key) const
{
    const ViewParts& parts = m_snapshot.m_parts;
    const CatalogueEntry* entry = parts.catalogue->find(model::Uuid{key});
    if (entry == nullptr) return Error{ErrorCode::NotFound, "there is no record " + model::Uuid{key}.toString()};
    ViewReader reader(parts, false);
    AssembledRecord record;
    BLAZE_TRY_VALUE(const bool isWhole, reader.read(*entry, record, {}));
    if (!isWhole) return toError(reader.problem());
    return storage::Row{Bytes(record.bytes.begin(), record.bytes.end()), {!record.isMainLowest, parts.isRescue}};
}

FamilySnapshot::FamilySnapshot(ViewParts parts, std::uint64_t sequence)
    : m_parts(std::move(parts))
    , m_sequence(sequence)
    , m_tree(std::make_unique<Tree>(*this))
{
}

FamilySnapshot::~FamilySnapshot() = default;

std::uint64_t FamilySnapshot::rowVersion(const storage::RowKey& key) const
{
    const CatalogueEntry* entry = m_parts.catalogue->find(model::Uuid{key});
    if (entry == nullptr) return m_sequence;
    return m_parts.versions.at(static_cast<std::size_t>(entry - m_parts.catalogue->entries.data()));
}

Result<void> FamilySnapshot::confirm() const
{
    if (m_parts.isRescue) return {};
    const auto folder = m_parts.files->stamp(m_parts.paths.folder);
    if (folder && !m_parts.isFolderFresh && m_parts.stamps.folder == *folder) return {};
    const CommittedFiles committed = findCommittedFiles(*m_parts.files, m_parts.paths, {m_parts.isLiving, false});
    if (committed.isSameFiles(m_parts.committed)) return {};
    return Error{ErrorCode::Conflict, "a transaction or a vacuum began or ended meanwhile"};
}

const storage::RowTree* FamilySnapshot::tree(std::string_view name) const
{
    return name == storage::kRecordTree ? m_tree.get() : nullptr;
}

} // namespace blazedb::format28
