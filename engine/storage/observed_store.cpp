#include "engine/storage/observed_store.h"

#include <algorithm>

#include "engine/storage/catalogue.h"
#include "engine/storage/log_replay.h"

namespace blazedb::storage {

namespace {

/// Each is a whole look at the file; a writer that overtakes all of them makes hundreds of checkpoints a second.
constexpr int kLooks = 32;

Error movedOn()
{
    return {ErrorCode::Conflict, "the file was written meanwhile, and what this state needs was used again; take a new snapshot"};
}

} // namespace

ObservedStore::ObservedStore(std::shared_ptr<StoreCore> core)
    : m_core(std::move(core))
    , m_bases(std::make_shared<Bases>())
    , m_marks(readerMarksOf(*m_core->file))
{
    // Pages are used again only when a newer header is durable. So with the same header a page that does not fit is damaged.
    m_core->pages.explainMismatchBy([bases = m_bases, file = m_core->file.get(), keys = &m_core->headerKeys]() -> std::optional<Error> {
        auto now = readHeader(*file, *keys);
        for (int i = 1; i < kLooks && !now; ++i) now = readHeader(*file, *keys); // it may be being written
        if (!now) return std::nullopt;
        const std::lock_guard lock(bases->mutex);
        if (bases->shown.empty() || bases->shown.front().generation == now->header.generation) return std::nullopt;
        return movedOn();
    });
}

Result<std::unique_ptr<ObservedStore>> ObservedStore::open(std::unique_ptr<File> file, const Credential& credential,
                                                           const NativeStore::Environment& environment)
{
    BLAZE_TRY_VALUE(KeyAreaReading reading, readKeyArea(*file));
    BLAZE_TRY_VALUE(SecureBytes dataKey, reading.area.unlock(credential));
    auto core = std::make_shared<StoreCore>(std::move(file), std::move(dataKey), std::move(reading.area), environment.random, environment.clock,
                                            environment.options);
    auto store = std::unique_ptr<ObservedStore>(new ObservedStore(std::move(core))); // private constructor
    BLAZE_TRY(store->refresh());
    return store;
}

Result<bool> ObservedStore::refresh()
{
    const std::lock_guard refreshing(m_refreshing);
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(m_core->stateMutex);
        if (m_hasState) before = m_core->state.published->sequence;
    }
    const bool isFirst = !m_hasState;
    Result<void> outcome;
    for (int i = 0; i < kLooks; ++i) {
        outcome = look();
        // A header, an entry or a page that was read while it was written looks like damage: damage is what stays.
        if (outcome || (outcome.error().code != ErrorCode::Corruption && outcome.error().code != ErrorCode::Conflict)) break;
    }
    forgetOldBases();
    BLAZE_TRY(std::move(outcome));
    const std::lock_guard lock(m_core->stateMutex);
    return isFirst || m_core->state.published->sequence != before;
}

Result<void> ObservedStore::look()
{
    StoreCore& core = *m_core;
    BLAZE_TRY_VALUE(const HeaderReading reading, readHeader(*core.file, core.headerKeys));
    const Header& header = reading.header;
    Header known;
    LogPosition logEnd;
    {
        const std::lock_guard lock(core.stateMutex);
        known = core.state.header;
        logEnd = core.state.tipLog;
    }
    if (m_hasState && header.generation == known.generation) {
        BLAZE_TRY_VALUE(const bool goesOn, logGoesOn(*core.file, logEnd));
        return goesOn ? replayLog() : Result<void>{};
    }
    // The writer looks for announcements after a header is durable and before it uses pages again: if the header is still the newest once
    // the announcement is made, nothing that it needs is lost.
    BLAZE_TRY(announce(header.sequence));
    BLAZE_TRY_VALUE(const HeaderReading again, readHeader(*core.file, core.headerKeys));
    if (again.header.generation != header.generation) return movedOn();
    return load(header);
}

Result<void> ObservedStore::load(const Header& header)
{
    StoreCore& core = *m_core;
    BLAZE_TRY_VALUE(StoreRoots roots, readTrees(core.pages, header));
    auto shared = std::make_shared<const StoreRoots>(std::move(roots));
    Header headerBefore;
    SharedRoots tipBefore;
    LogPosition logBefore;
    {
        const std::lock_guard lock(core.stateMutex);
        headerBefore = std::exchange(core.state.header, header);
        tipBefore = std::exchange(core.state.tip, shared);
        logBefore = std::exchange(core.state.tipLog, header.log);
    }
    auto replayed = replayLog();
    if (replayed) {
        m_hasState = true;
        return {};
    }
    const std::lock_guard lock(core.stateMutex);
    core.state.header = headerBefore;
    core.state.tip = tipBefore;
    core.state.tipLog = logBefore;
    return replayed;
}

Result<void> ObservedStore::replayLog()
{
    StoreCore& core = *m_core;
    Header header;
    SharedRoots base;
    LogPosition position;
    {
        const std::lock_guard lock(core.stateMutex);
        header = core.state.header;
        base = core.state.tip;
        position = core.state.tipLog;
    }
    BLAZE_TRY_VALUE(const auto batch, WriteBatch::begin(m_core));
    if (position.current.pages != 0) {
        LogReader reader(*core.file, core.ciphers, position, header.logSalt);
        BLAZE_TRY(replayCommits(core.pages, reader, *batch));
        position = reader.end();
    }
    const std::uint64_t newest = std::max(base->sequence, batch->replayedSequence());
    {
        const std::lock_guard lock(core.stateMutex);
        // A part of the log may have been used again before it was read.
        if (core.state.published && newest < core.state.published->sequence) return movedOn();
    }
    batch->adoptReplayed();
    const std::lock_guard bases(m_bases->mutex);
    const std::lock_guard lock(core.stateMutex);
    if (batch->replayedSequence() == 0) core.state.published = core.state.tip;
    core.state.tipLog = position;
    // What a writer would free later.
    core.state.added.clear();
    core.state.dropped.clear();
    m_bases->shown.push_back({newest, header.sequence, header.generation});
    return {};
}

Result<void> ObservedStore::announce(std::uint64_t sequence)
{
    if (m_marks == nullptr || m_announced.contains(sequence)) return {};
    if (auto held = m_marks->holdMark(sequence); !held) {
        m_isAnnounced = false; // readers without an announcement start over more often
        return held.error().code == ErrorCode::Unsupported ? Result<void>{} : held;
    }
    m_isAnnounced = true;
    m_announced.insert(sequence);
    return {};
}

void ObservedStore::forgetOldBases()
{
    std::set<std::uint64_t> needed;
    {
        const std::lock_guard bases(m_bases->mutex);
        const std::lock_guard lock(m_core->stateMutex);
        const auto& live = m_core->state.snapshots;
        auto& shown = m_bases->shown;
        while (shown.size() > 1 && (live.empty() || shown.front().shown < live.begin()->first)) shown.pop_front();
        for (const Base& base : shown) needed.insert(base.sequence);
    }
    std::erase_if(m_announced, [&](std::uint64_t sequence) {
        if (needed.contains(sequence)) return false;
        m_marks->dropMark(sequence);
        return true;
    });
}

Result<std::shared_ptr<const RowSnapshot>> ObservedStore::snapshot()
{
    BLAZE_TRY(refresh());
    return std::shared_ptr<const RowSnapshot>(nativeSnapshot());
}

std::shared_ptr<const NativeSnapshot> ObservedStore::nativeSnapshot() const
{
    return std::make_shared<const NativeSnapshot>(m_core);
}

Header ObservedStore::shownHeader() const
{
    const std::lock_guard lock(m_core->stateMutex);
    return m_core->state.header;
}

Result<StoreFigures> ObservedStore::figures() const
{
    const Header header = shownHeader();
    Bytes freeList(static_cast<std::size_t>(std::min<std::uint64_t>(header.freeList.bytes, kMaxValueBytes)));
    if (!freeList.empty()) BLAZE_TRY(readRun(m_core->pages, header.freeList, 0, freeList));
    BLAZE_TRY_VALUE(const PageSpace space, PageSpace::decode(freeList, header.pageCount));
    const NodeCache::Figures cache = m_core->cache.figures();
    StoreFigures figures;
    figures.busyPages = space.busyPages();
    figures.nodesInMemory = m_core->counters.inMemory.load();
    figures.cacheHits = cache.hits;
    figures.cacheMisses = cache.misses;
    const std::lock_guard lock(m_core->stateMutex);
    figures.oldestSnapshot = m_core->state.snapshots.empty() ? m_core->state.published->sequence : m_core->state.snapshots.begin()->first;
    for (const auto& [sequence, count] : m_core->state.snapshots) figures.liveSnapshots += count;
    return figures;
}

Result<std::vector<StoreFinding>> ObservedStore::verify(const std::stop_token& stop, const VerifyProgress& onProgress) const
{
    const auto held = nativeSnapshot(); // so that the announcement of the state stays
    BLAZE_TRY_VALUE(std::vector<StoreFinding> findings, StoreVerifier(*m_core, shownHeader(), onProgress).run(stop));
    for (const StoreFinding& finding : findings)
        if (finding.code == ErrorCode::Conflict) return Error{ErrorCode::Conflict, finding.text};
    BLAZE_TRY_VALUE(const std::vector<StoreFinding> fixed, verifyFixedPlaces());
    findings.insert(findings.end(), fixed.begin(), fixed.end());
    return findings;
}

} // namespace blazedb::storage
