#include "engine/format28/live_view.h"

#include <algorithm>
#include <utility>

namespace blazedb::format28 {

using storage::RowChangeKind;
using storage::StoreEventKind;
using Place = FamilyTroubles::Place;

namespace {

constexpr int kOpenAttempts = 5;
constexpr int kSweepShare = 20;
/// Kernels stamp files by a clock that ticks at least this often.
constexpr std::chrono::milliseconds kStampTick{20};

bool isSameFile(const std::optional<FileStamp>& left, const std::optional<FileStamp>& right)
{
    return left && right && left->device == right->device && left->inode == right->inode;
}

std::optional<FileStamp> stampOf(const std::shared_ptr<const File>& file)
{
    if (!file) return std::nullopt;
    const auto stamp = file->stamp();
    return stamp ? std::optional(*stamp) : std::nullopt;
}

bool isTransaction(const CommittedFiles& committed)
{
    return committed.log.empty();
}

} // namespace

struct LiveView::Look {
    Depth depth = Depth::Glance;
    ViewParts parts; ///< Of the state to come; begins as the shown one.
    std::shared_ptr<const std::string> layoutJson;
    FamilyStamps before;
    std::unordered_map<model::Uuid, RowChangeKind, model::UuidHash> changed;
    std::uint64_t merged = 0;
    bool isEverything = false; ///< Any row may have changed.
    bool hasGap = false;       ///< Log entries may have been missed.
    bool hasNewParts = false;

    [[nodiscard]] const Catalogue& catalogue() const { return *parts.catalogue; }
};

LiveView::LiveView(Origin origin)
    : m_origin(std::move(origin))
    , m_troubles(m_origin.clock)
    , m_isLiving(m_origin.isInUse)
{
}

Result<void> LiveView::open()
{
    for (int attempt = 1;; ++attempt) {
        Look look;
        look.parts.files = &m_origin.files;
        look.parts.counters = &m_origin.counters;
        look.parts.paths = m_origin.paths;
        look.parts.key = m_origin.key;
        look.parts.committed = findCommittedFiles(m_origin.files, m_origin.paths, {.isLiving = m_isLiving});
        look.parts.stamps = stampFamily(m_origin.files, m_origin.paths, look.parts.committed);
        BLAZE_TRY_VALUE(look.parts.pages, openPages(m_origin.files, look.parts.committed));
        BLAZE_TRY_VALUE(const CatalogueFile file, readCatalogueFile(m_origin.files, look.parts.committed.catalogue));
        const bool isStill = stampFamily(m_origin.files, m_origin.paths, look.parts.committed).catalogue == look.parts.stamps.catalogue;
        if (!isStill && attempt < kOpenAttempts) continue;
        BLAZE_TRY_VALUE(TrustedCatalogue trusted, believeCatalogue(m_origin.paths, m_origin.key->view(), file));
        look.parts.catalogue = std::move(trusted.catalogue);
        look.layoutJson = std::move(trusted.layoutJson);
        look.hasNewParts = true;
        if (look.parts.pages->logFile()) BLAZE_TRY(m_tail.startBehind(*look.parts.pages->logFile(), look.parts.pages->log()));
        if (m_isLiving) static_cast<void>(settleLog(look));
        look.isEverything = true;
        publish(look);
        return {};
    }
}

LiveView::State LiveView::current() const
{
    return m_published.lock()->state;
}

storage::StoreCondition LiveView::condition() const
{
    return m_published.lock()->condition;
}

bool LiveView::hasUnfinished() const
{
    return m_published.lock()->hasUnfinished;
}

LiveView::State LiveView::look(Depth depth)
{
    {
        auto published = m_published.lock();
        m_lookEnded.wait(published.lock(), [&] { return !published->isLooking; });
        published->isLooking = true;
    }
    Look look;
    look.depth = depth;
    look.parts = m_state.snapshot->parts();
    look.layoutJson = m_state.layoutJson;
    look.before = look.parts.stamps;
    advance(look);
    publish(look);
    State state = m_state;
    {
        const auto published = m_published.lock();
        published->isLooking = false;
    }
    m_lookEnded.notify_all();
    return state;
}

bool LiveView::isFresh(const std::optional<FileStamp>& stamp) const
{
    if (!stamp) return false;
    const auto age = m_origin.clock.now().time_since_epoch() - std::chrono::nanoseconds(std::max(stamp->modifiedNs, stamp->changedNs));
    return age < kStampTick && age > -std::chrono::seconds(1); // farther off: another machine's clock
}

void LiveView::advance(Look& look)
{
    CommittedFiles& committed = look.parts.committed;
    FamilyStamps now = stampFamily(m_origin.files, m_origin.paths, committed);
    const FamilyStamps& before = look.before;
    if (now.pages != before.pages || now.catalogue != before.catalogue || now.log != before.log) m_isLiving = true;
    if (now.folder != before.folder || look.parts.isFolderFresh) {
        CommittedFiles found = findCommittedFiles(m_origin.files, m_origin.paths, {m_isLiving, false});
        if (!found.isSameFiles(committed) && !m_isLiving) {
            // Somebody put backup files there, or took them away, while we watched.
            m_isLiving = true;
            found = findCommittedFiles(m_origin.files, m_origin.paths, {m_isLiving, false});
        }
        if (found.isSameFiles(committed)) {
            committed.findings = std::move(found.findings);
        } else {
            committed = std::move(found);
            now = stampFamily(m_origin.files, m_origin.paths, committed);
            look.hasNewParts = true;
        }
    }
    look.parts.stamps = now;
    if (!now.pages || now.pages->isFolder) {
        look.hasNewParts = look.hasNewParts || now != before;
        m_troubles.set(Place::PageFile, StoreEventKind::Removed,
                       {model::FindingSeverity::Lost, model::FindingKind::FileChanged, std::nullopt, std::nullopt,
                        "the page file " + fileName(m_origin.paths.pages) + " is gone; the last good state is shown",
                        "If it was moved, open it at its new place."});
        // What the name stood for is not to be compared with what may take its place.
        look.parts.committed = m_state.snapshot->parts().committed;
        return;
    }
    m_troubles.clear(Place::PageFile);
    if (isSameFile(now.pages, stampOf(look.parts.pages->file()))) followFile(look);
    else if (!m_troubles.has(Place::Catalogue) || now != before) replace(look); // what could not be shown has not moved since
}

void LiveView::followFile(Look& look)
{
    const FamilyStamps& now = look.parts.stamps;
    const bool hasWrittenPages = now.pages != look.before.pages;
    // What an app that stopped left behind stays as it was opened until something writes.
    if (m_isLiving) {
        if (!isFollowed() && hasWrittenPages) look.isEverything = true; // pages may have been zeroed, which only marks would tell
        followLog(look);
        followCatalogue(look);
        checkLength(look);
        if (hasWrittenPages || (isFollowed() && isFresh(now.pages))) m_isSweepDue = true;
        if (look.hasGap && !isFollowed()) look.isEverything = true;
    }
    sweepIfDue(look, hasWrittenPages);
    look.hasNewParts = look.hasNewParts || now != look.before;
}

void LiveView::sweepIfDue(Look& look, bool hasWrittenPages)
{
    const auto pause = std::max<std::chrono::steady_clock::duration>(kBetweenSweeps, m_sweepCost * kSweepShare);
    const bool isTime = m_origin.clock.steadyNow() - m_sweptAt >= pause;
    if (!isFollowed()) {
        if (look.depth != Depth::Thorough) return;
        look.isEverything = true; // the first time: what changed since the shown state was read is not known
        sweep(look);
    } else if (look.hasGap || (m_followers == 0 && hasWrittenPages) || (look.depth == Depth::Thorough && m_isSweepDue && isTime)) {
        sweep(look);
    }
}

void LiveView::noteLogProblem(const char* problem, bool isTorn, std::uint64_t readBytes)
{
    // A last entry that is not whole is being written, or belongs to an app that stopped: both are ordinary.
    if (problem == nullptr || isTorn) {
        m_troubles.clear(Place::Log);
        return;
    }
    m_troubles.set(Place::Log, StoreEventKind::Damaged,
                   {model::FindingSeverity::Damage, model::FindingKind::LogUnreadable, std::nullopt, std::nullopt,
                    "the log " + fileName(m_origin.paths.log()) + " cannot be read from byte " + std::to_string(readBytes) + " on: " + problem,
                    "Changes are found by reading the pages' beginnings instead, which takes a little longer."});
}

void LiveView::followLog(Look& look)
{
    const FamilyStamps& now = look.parts.stamps;
    const PageSource& shown = *look.parts.pages;
    if (now.log == look.before.log && !(isFollowed() && isFresh(now.log)) && shown.log().images.empty()) return;

    std::shared_ptr<const File> file = shown.logFile();
    if (!now.log) {
        look.hasGap = look.hasGap || file != nullptr;
        file = nullptr;
        m_tail = {};
    } else if (!isSameFile(now.log, stampOf(file))) {
        auto opened = m_origin.files.openForReading(look.parts.committed.log);
        if (!opened) return; // it went away in between: the next look sees that
        look.hasGap = true;
        file = *std::move(opened);
        m_tail = {};
    }
    PageLog layer;
    std::vector<PageLogTail::Entry> entries;
    if (file) {
        auto news = m_tail.read(*file);
        if (!news) return;
        if (news->isOfOtherForm) {
            auto whole = readPageLog(*file);
            if (!whole) return;
            layer = *std::move(whole);
            look.hasGap = true;
        } else {
            look.hasGap = look.hasGap || news->hasRestarted;
            if (!news->hasRestarted) layer = shown.log();
            layer.entries = m_tail.entries();
            layer.readableBytes = m_tail.readBytes();
            layer.sizeBytes = now.log->sizeBytes;
            layer.problem = news->problem;
            layer.isTorn = news->isTorn;
            for (const PageLogTail::Entry& entry : news->entries) layer.images[entry.page] = entry.image;
            entries = std::move(news->entries);
        }
        noteLogProblem(layer.problem, layer.isTorn, layer.readableBytes);
    } else {
        m_troubles.clear(Place::Log);
    }
    look.parts.pages = std::make_shared<PageSource>(shown.file(), std::move(file), std::move(layer));
    look.hasNewParts = true;
    const std::vector<PageNumber> overwritten = settleLog(look);
    takeLogEntries(look, entries);
    if (!overwritten.empty() && !m_owners) m_owners.emplace(look.catalogue());
    for (const PageNumber page : overwritten)
        for (const std::size_t row : m_owners->of(page)) markRow(look, row);
}

/// While an app lives, its page file is newer than its log, but for a page that was logged and is about to be written: only such
/// images stay laid over the pages. Answers the pages that show another content by that.
std::vector<PageNumber> LiveView::settleLog(Look& look) const
{
    const PageSource& source = *look.parts.pages;
    std::vector<PageNumber> overwritten;
    if (source.log().images.empty()) return overwritten;
    PageLog layer = source.log();
    std::erase_if(layer.images, [&](const auto& logged) {
        const auto& [page, image] = logged;
        const auto inFile = source.markInFile(page);
        if (!inFile || *inFile == kNoPage) return false;
        if (*inFile == image.mark) return true;
        // Zeroed or taken for a chain after it was logged: the Swift library logs neither.
        const bool isOverwritten = isMainMark(image.mark) && (*inFile == kZeroPage || *inFile == kOverflowPage);
        if (isOverwritten) overwritten.push_back(page);
        return isOverwritten;
    });
    look.parts.pages = std::make_shared<PageSource>(source.file(), source.logFile(), std::move(layer));
    return overwritten;
}

void LiveView::takeLogEntries(Look& look, const std::vector<PageLogTail::Entry>& entries)
{
    if (entries.empty()) return;
    if (!m_owners) m_owners.emplace(look.catalogue());
    std::unordered_map<std::size_t, std::uint64_t> entriesOf;
    for (const PageLogTail::Entry& entry : entries)
        for (const std::size_t row : m_owners->of(entry.page)) ++entriesOf[row];
    for (const auto& [row, count] : entriesOf) {
        look.merged += count - 1;
        markRow(look, row);
    }
}

/// Notes how a row's mark moved; a mark that is known already is no change.
void LiveView::markRow(Look& look, std::size_t row)
{
    const CatalogueEntry& entry = look.catalogue().entries[row];
    if (!isFollowed()) {
        changeRow(look, entry.id, RowChangeKind::Updated);
        return;
    }
    const auto mark = recordMark(*look.parts.pages, look.catalogue().pagesOf(entry));
    if (!mark) {
        look.hasGap = true;
        return;
    }
    PageMark& known = (*m_marks)[row];
    if (*mark == known && isMainMark(known)) return;
    if (*mark == kZeroPage && known == kZeroPage) return;
    const RowChangeKind kind = *mark == kZeroPage ? RowChangeKind::Removed : known == kZeroPage ? RowChangeKind::Inserted : RowChangeKind::Updated;
    known = *mark;
    changeRow(look, entry.id, kind);
}

void LiveView::changeRow(Look& look, const model::Uuid& id, RowChangeKind kind)
{
    const auto [place, isNew] = look.changed.try_emplace(id, kind);
    if (isNew) return;
    ++look.merged;
    if (place->second == RowChangeKind::Inserted && kind == RowChangeKind::Updated) return;
    place->second = place->second == RowChangeKind::Removed && kind == RowChangeKind::Inserted ? RowChangeKind::Updated : kind;
}

void LiveView::followCatalogue(Look& look)
{
    const FamilyStamps& now = look.parts.stamps;
    if (now.catalogue == look.before.catalogue && !(isFollowed() && isFresh(now.catalogue))) return;
    look.hasNewParts = true;
    const auto file = readCatalogueFile(m_origin.files, look.parts.committed.catalogue);
    auto trusted = file ? believeCatalogue(m_origin.paths, m_origin.key->view(), *file) : Result<TrustedCatalogue>(file.error());
    if (!trusted) {
        m_troubles.set(Place::Catalogue, now.catalogue ? StoreEventKind::Damaged : StoreEventKind::Removed,
                       {model::FindingSeverity::Damage, model::FindingKind::CatalogueUntrusted, std::nullopt, std::nullopt,
                        trusted.error().message, "The last good catalogue stays in use here; keep a copy of the files before an app opens them."});
        return;
    }
    m_troubles.clear(Place::Catalogue);
    if (look.layoutJson && *trusted->layoutJson == *look.layoutJson) return;

    const std::shared_ptr<const Catalogue> old = look.parts.catalogue;
    const RowVersions oldVersions = look.parts.versions;
    showCatalogue(look, *trusted);

    std::vector<PageMark> marks;
    std::vector<std::uint64_t> versions;
    marks.reserve(look.catalogue().entries.size());
    versions.reserve(look.catalogue().entries.size());
    std::size_t place = 0;
    for (const CatalogueEntry& entry : look.catalogue().entries) {
        while (place < old->entries.size() && old->entries[place].id < entry.id) ++place;
        const bool isKnown = place < old->entries.size() && old->entries[place].id == entry.id;
        versions.push_back(isKnown ? oldVersions.at(place) : m_state.snapshot->sequence() + 1);
        if (!isFollowed()) continue;
        const auto pages = look.catalogue().pagesOf(entry);
        if (isKnown && std::ranges::equal(pages, old->pagesOf(old->entries[place]))) {
            marks.push_back((*m_marks)[place]);
            continue;
        }
        const auto mark = recordMark(*look.parts.pages, pages);
        if (!mark) look.hasGap = true;
        marks.push_back(mark.value_or(kNoPage));
    }
    look.parts.versions = RowVersions(versions);
    if (!isFollowed()) {
        look.isEverything = true;
        return;
    }
    const RowDifference difference = compareMarks({*look.parts.pages, *old, *m_marks}, {*look.parts.pages, look.catalogue(), marks});
    m_marks = std::move(marks);
    for (const auto& [id, kind] : difference.rows) changeRow(look, id, kind);
}

/// Reads the beginning of each record's page and finds what neither log nor catalogue told.
void LiveView::sweep(Look& look)
{
    const auto begin = m_origin.clock.steadyNow();
    auto marks = recordMarks(*look.parts.pages, look.catalogue());
    if (!marks) return; // the next look tries again
    m_isSweepDue = false;
    m_sweptAt = m_origin.clock.steadyNow();
    m_sweepCost = m_sweptAt - begin;
    if (isFollowed()) {
        const RowDifference difference = compareMarks({*look.parts.pages, look.catalogue(), *m_marks}, {*look.parts.pages, look.catalogue(), *marks});
        for (const auto& [id, kind] : difference.rows) changeRow(look, id, kind);
    }
    m_marks = *std::move(marks);
}

PageNumber LiveView::lastPage(const Catalogue& catalogue)
{
    if (!m_lastPage) {
        m_lastPage = 0;
        for (const CatalogueEntry& entry : catalogue.entries)
            if (entry.pageCount > 0) m_lastPage = std::max(*m_lastPage, catalogue.pagesOf(entry).front());
    }
    return *m_lastPage;
}

void LiveView::showCatalogue(Look& look, const TrustedCatalogue& trusted)
{
    look.parts.catalogue = trusted.catalogue;
    look.layoutJson = trusted.layoutJson;
    m_owners.reset();
    m_lastPage.reset();
}

/// A page file that no longer reaches to the last page the catalogue names was cut.
void LiveView::checkLength(Look& look)
{
    if (look.parts.stamps.pages == look.before.pages && !m_troubles.has(Place::PageFileLength)) return;
    const PageNumber last = lastPage(look.catalogue());
    const std::uint64_t pages = look.parts.pages->pageCount().value_or(0);
    if (look.catalogue().entries.empty() || last < pages) {
        m_troubles.clear(Place::PageFileLength);
        return;
    }
    m_troubles.set(Place::PageFileLength, StoreEventKind::Damaged,
                   {model::FindingSeverity::Lost, model::FindingKind::FileChanged, std::nullopt, last,
                    "the page file " + fileName(m_origin.paths.pages) + " ends after page " + std::to_string(pages) + ", records lie up to page "
                        + std::to_string(last),
                    "The records behind its end cannot be read. Restore the file from a backup."});
}

/// Another page file: a transaction's backup or the live file after it, a vacuum's result, a restored copy.
void LiveView::replace(Look& look)
{
    look.hasNewParts = true;
    const auto file = readCatalogueFile(m_origin.files, look.parts.committed.catalogue);
    auto trusted = file ? believeCatalogue(m_origin.paths, m_origin.key->view(), *file) : Result<TrustedCatalogue>(file.error());
    auto pages = openPages(m_origin.files, look.parts.committed);
    if (!trusted || !pages) {
        m_troubles.set(Place::Catalogue, StoreEventKind::Damaged,
                       {model::FindingSeverity::Damage, model::FindingKind::CatalogueUntrusted, std::nullopt, std::nullopt,
                        "another page file took the place of " + fileName(m_origin.paths.pages) + ", but it cannot be shown: "
                            + (trusted ? pages.error() : trusted.error()).message,
                        "If another database was put there, close this one and open that one."});
        return;
    }
    m_troubles.clear(Place::Catalogue);
    const ViewParts old = look.parts;
    const CommittedFiles oldCommitted = m_state.snapshot->parts().committed;
    look.parts.pages = *std::move(pages);
    showCatalogue(look, *trusted);
    m_tail = {};
    if (look.parts.pages->logFile()) static_cast<void>(m_tail.startBehind(*look.parts.pages->logFile(), look.parts.pages->log()));
    if (m_isLiving) static_cast<void>(settleLog(look)); // the marks tell what differs
    noteLogProblem(look.parts.pages->log().problem, look.parts.pages->log().isTorn, look.parts.pages->log().readableBytes);

    auto marks = isFollowed() ? recordMarks(*look.parts.pages, look.catalogue()) : Result<std::vector<PageMark>>(std::vector<PageMark>());
    look.isEverything = !isFollowed() || !marks;
    if (!look.isEverything) {
        const auto difference =
            compareContents({*old.pages, *old.catalogue, *m_marks}, {*look.parts.pages, look.catalogue(), *marks}, m_origin.key->view());
        look.isEverything = !difference || !difference->isComplete;
        look.changed.clear(); // all of it is in the difference
        if (!look.isEverything)
            for (const auto& [id, kind] : difference->rows) changeRow(look, id, kind);
    }
    if (marks && isFollowed()) m_marks = *std::move(marks);
    std::vector<std::uint64_t> versions;
    for (const CatalogueEntry& entry : look.catalogue().entries) {
        const CatalogueEntry* known = old.catalogue->find(entry.id);
        versions.push_back(known == nullptr ? m_state.snapshot->sequence() + 1
                                            : old.versions.at(static_cast<std::size_t>(known - old.catalogue->entries.data())));
    }
    look.parts.versions = RowVersions(versions);
    m_isSweepDue = isFollowed();
    checkLength(look);

    const std::string name = fileName(m_origin.paths.pages);
    const bool wasTransaction = isTransaction(oldCommitted);
    if (wasTransaction) tellEvent(StoreEventKind::TransactionEnded, model::FindingKind::TransactionInterrupted, "the transaction in " + name + " ended");
    if (isTransaction(look.parts.committed))
        tellEvent(StoreEventKind::TransactionOpened, model::FindingKind::TransactionInterrupted,
                  "a transaction was opened in " + name + "; the state before it is shown until it ends");
    else if (wasTransaction) return;
    else if (!look.isEverything && look.changed.empty())
        tellEvent(StoreEventKind::Rewritten, model::FindingKind::FileChanged, name + " was written anew with the same records, as by a vacuum");
    else
        tellEvent(StoreEventKind::Replaced, model::FindingKind::FileChanged, name + " was replaced by another file, as by a restore");
}

void LiveView::tellEvent(StoreEventKind kind, model::FindingKind about, std::string message)
{
    m_changes.addEvent({0, kind, {model::FindingSeverity::Remark, about, std::nullopt, std::nullopt, std::move(message), {}}, m_origin.clock.now()});
}

void LiveView::publish(Look& look)
{
    const std::uint64_t shown = m_state.snapshot ? m_state.snapshot->sequence() : 0;
    const bool hasChanged = look.isEverything || !look.changed.empty();
    const std::uint64_t sequence = hasChanged ? shown + 1 : shown;
    const auto time = m_origin.clock.now();
    look.parts.isLiving = m_isLiving;
    look.parts.isFolderFresh = isFollowed() && isFresh(look.parts.stamps.folder);
    if (look.isEverything) {
        look.parts.versions = RowVersions(sequence);
    } else if (!look.changed.empty()) {
        std::vector<std::size_t> rows;
        for (const auto& [id, kind] : look.changed)
            if (const CatalogueEntry* entry = look.catalogue().find(id)) rows.push_back(static_cast<std::size_t>(entry - look.catalogue().entries.data()));
        look.parts.versions = look.parts.versions.with(rows, sequence);
    }
    const bool isFolderFresh = look.parts.isFolderFresh;
    const bool hasOtherFreshness = m_state.snapshot && m_state.snapshot->parts().isFolderFresh != isFolderFresh;
    const FamilyStamps stamps = look.parts.stamps;
    const std::vector<model::Finding> between = look.parts.committed.findings;
    if (hasChanged || look.hasNewParts || hasOtherFreshness || stamps != look.before) {
        m_state.snapshot = std::make_shared<const FamilySnapshot>(std::move(look.parts), sequence);
        m_state.layoutJson = look.layoutJson;
    }
    if (look.isEverything) {
        m_changes.addUnknown(sequence);
    } else if (hasChanged) {
        std::vector<storage::RowChange> changes;
        changes.reserve(look.changed.size());
        for (const auto& [id, kind] : look.changed) changes.push_back({sequence, id.bytes, kind, time});
        m_changes.add(sequence, changes, look.merged);
    }
    for (storage::StoreEvent& event : m_troubles.takeDue()) m_changes.addEvent(std::move(event));

    const auto published = m_published.lock();
    published->state = m_state;
    published->condition.isStale = m_troubles.isStale();
    if (!published->condition.isStale) published->condition.goodAt = time;
    published->condition.findings = m_troubles.findings();
    published->condition.findings.insert(published->condition.findings.end(), between.begin(), between.end());
    published->hasUnfinished = m_troubles.isWaiting() || (isFollowed() && (m_isSweepDue || isFolderFresh || isFresh(stamps.log) || isFresh(stamps.catalogue)));
}

} // namespace blazedb::format28
