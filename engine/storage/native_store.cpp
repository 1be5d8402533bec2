#include "engine/storage/native_store.h"

#include <algorithm>
#include <limits>

#include "engine/base/assert.h"
#include "engine/storage/catalogue.h"
#include "engine/storage/log_replay.h"

namespace blazedb::storage {

NativeStore::NativeStore(std::shared_ptr<StoreCore> core, Access access, std::string holder)
    : m_core(std::move(core))
    , m_access(access)
    , m_holder(std::move(holder))
{
}

NativeStore::~NativeStore()
{
    static_cast<void>(close());
}

Result<std::unique_ptr<NativeStore>> NativeStore::create(std::unique_ptr<File> file, const Credential& credential, const PasswordCost& cost,
                                                         const Environment& environment)
{
    FileId fileId;
    BLAZE_TRY(environment.random.fill(fileId));
    StoreKeys keys{SecureBytes(crypto::kKeyBytes), KeyArea(fileId), {}};
    BLAZE_TRY(environment.random.fill(keys.dataKey.writable()));
    BLAZE_TRY(keys.area.add(credential, cost, keys.dataKey.view(), {}, environment.random, environment.clock));
    return createWithKeys(std::move(file), std::move(keys), 0, environment);
}

Result<std::unique_ptr<NativeStore>> NativeStore::createWithKeys(std::unique_ptr<File> file, StoreKeys keys, std::uint64_t sequence,
                                                                 const Environment& environment)
{
    BLAZE_TRY_VALUE(const FileStamp stamp, file->stamp());
    if (stamp.sizeBytes != 0) return Error{ErrorCode::InvalidArgument, "a new database needs an empty file"};
    // The key area comes last: before it is whole, nobody takes the file for a database.
    const HeaderKeys headerKeys(keys.dataKey.view(), keys.area.fileId());
    Header header; // no trees, no log yet: opening begins both
    header.sequence = sequence;
    const Bytes zeros(pageOffset(kFirstPage));
    BLAZE_TRY(file->writeAt(0, zeros));
    BLAZE_TRY(writeHeader(*file, headerKeys, header));
    const Bytes block = keys.area.encode();
    for (const std::uint64_t offset : kKeyAreaOffset) BLAZE_TRY(file->writeAt(offset, block));
    BLAZE_TRY(file->sync());

    auto core = std::make_shared<StoreCore>(std::move(file), std::move(keys.dataKey), std::move(keys.area), environment.random, environment.clock,
                                            environment.options);
    auto store = std::unique_ptr<NativeStore>(new NativeStore(std::move(core), Access::ReadWrite, environment.holder)); // private constructor
    BLAZE_TRY(store->recover(header));
    return store;
}

Result<std::unique_ptr<NativeStore>> NativeStore::open(std::unique_ptr<File> file, const Credential& credential, Access access,
                                                       const Environment& environment)
{
    BLAZE_TRY_VALUE(KeyAreaReading reading, readKeyArea(*file));
    BLAZE_TRY_VALUE(SecureBytes dataKey, reading.area.unlock(credential));
    // A change of keys that a crash cut short is brought to its end, so that no copy keeps a key that was taken out.
    if (access == Access::ReadWrite && !reading.copiesAgree) BLAZE_TRY(writeKeyArea(*file, reading.area));
    auto core = std::make_shared<StoreCore>(std::move(file), std::move(dataKey), std::move(reading.area), environment.random, environment.clock,
                                            environment.options);
    BLAZE_TRY_VALUE(const HeaderReading header, readHeader(*core->file, core->headerKeys));
    auto store = std::unique_ptr<NativeStore>(new NativeStore(std::move(core), access, environment.holder)); // private constructor
    BLAZE_TRY(store->recover(header.header));
    return store;
}

Result<void> NativeStore::recover(const Header& header)
{
    StoreCore& core = *m_core;
    BLAZE_TRY_VALUE(StoreRoots roots, readTrees(core.pages, header));
    BLAZE_TRY_VALUE(const Bytes freeList, readWholeRun(core.pages, header.freeList));
    BLAZE_TRY_VALUE(PageSpace space, PageSpace::decode(freeList, header.pageCount));
    if (header.freeList.bytes != 0) {
        BLAZE_TRY_VALUE(const auto own, pagesOfRun(core.pages, header.freeList));
        for (const PageNumber page : own) space.claim(page);
    }
    core.state.header = header;
    core.state.space = std::move(space);
    core.state.tip = core.state.published = std::make_shared<const StoreRoots>(std::move(roots));
    core.durableSequence = header.sequence;

    LogPosition logEnd = header.log;
    if (header.log.current.pages != 0) {
        LogReader reader(*core.file, core.ciphers, header.log, header.logSalt);
        BLAZE_TRY_VALUE(const auto batch, WriteBatch::begin(m_core));
        BLAZE_TRY(replayCommits(core.pages, reader, *batch));
        logEnd = reader.end();
        batch->adoptReplayed();
        core.durableSequence = core.state.tip->sequence;
        // The older header still needs the log up to here, until the next one is durable. What a commit that was cut short
        // took beyond the end is free.
        for (const LogExtent& extent : reader.extents()) {
            core.state.space.claim(extent.firstPage, extent.pages);
            if (extent == logEnd.next) break;
            if (extent != logEnd.current) core.state.leftExtents.emplace_back(core.durableSequence, extent);
        }
    }
    core.state.tipLog = logEnd;
    if (m_access == Access::ReadOnly) return {};
    return beginWriting(logEnd);
}

Result<void> NativeStore::beginWriting(const LogPosition& logEnd)
{
    StoreCore& core = *m_core;
    if (!m_holder.empty()) BLAZE_TRY(writeHolder(m_holder));
    EpochSalt salt;
    BLAZE_TRY(core.random.fill(salt));
    core.epoch = std::make_unique<WriteEpoch>(salt);
    core.log = std::make_unique<LogWriter>(*core.file, core.ciphers, core.options.logExtents,
                                           LogWriter::Space{[&core](std::uint32_t pages) { return core.allocatePages(pages); },
                                                            [&core](const LogExtent& extent) { core.releaseExtent(extent); }});
    const std::lock_guard lane(core.lane);
    const std::lock_guard checkpoints(core.checkpoints);
    BLAZE_TRY(keepPagesOfObservers());
    LogPosition position = logEnd;
    if (position.current.pages == 0) {
        BLAZE_TRY_VALUE(position, core.log->makeFirstExtents(position));
    }
    core.log->start(position, salt);
    {
        const std::lock_guard lock(core.stateMutex);
        core.state.tipLog = position;
    }
    // The header names the epoch before anything is sealed under its log key; what was replayed gets its pages by the same header, and
    // what a torn entry left in the log is never read again.
    Checkpoint checkpoint(core);
    checkpoint.beginEpoch(salt);
    return checkpoint.ofTip(true);
}

Result<void> NativeStore::keepPagesOfObservers()
{
    StoreCore& core = *m_core;
    core.lookForObservers(core.state.header.sequence);
    if (core.state.observedFrom == StoreCore::kNoState) return {};
    // Which of the free pages an older state needs, the header does not say.
    BLAZE_TRY_VALUE(const FileStamp stamp, core.file->stamp());
    const std::lock_guard lock(core.stateMutex);
    for (PageNumber page = kFirstPage; pageOffset(page) < stamp.sizeBytes; ++page) {
        if (core.state.space.isBusy(page)) continue;
        core.state.space.claim(page);
        core.state.waiting.push_back({core.state.header.sequence, page});
    }
    return {};
}

Result<void> NativeStore::close()
{
    if (m_access == Access::ReadOnly) return {};
    StoreCore& core = *m_core;
    StoreLocks locks(core);
    if (m_isClosed) return {};
    m_isClosed = true;
    const auto written = [&]() -> Result<void> {
        if (!core.log) return {}; // opening failed
        BLAZE_TRY(checkpointWithSmallLog());
        // On a full disk the file stays as large as it is.
        if (auto shrunk = shrinkForClose(locks); !shrunk && shrunk.error().code != ErrorCode::ResourceExhausted) return shrunk;
        BLAZE_TRY(cutEnd());
        return m_holder.empty() ? Result<void>{} : writeHolder({});
    }();
    const std::lock_guard lock(core.stateMutex);
    if (!core.state.failed) core.state.failed = Error{ErrorCode::FailedPrecondition, "the database is closed"};
    return written;
}

Result<void> NativeStore::checkpointWithSmallLog()
{
    StoreCore& core = *m_core;
    LogPosition before;
    PageNumber busyPages = 0;
    {
        const std::lock_guard lock(core.stateMutex);
        if (core.state.failed) return *core.state.failed;
        core.reclaim();
        before = core.state.tipLog;
        busyPages = static_cast<PageNumber>(core.state.space.busyPages());
    }
    const std::uint32_t smallPages = core.options.logExtents.firstPages;
    const auto isInPlace = [&](const LogExtent& extent) { return extent.pages <= smallPages && extent.firstPage + extent.pages <= busyPages; };
    Checkpoint checkpoint(core);
    if (isInPlace(before.current) && isInPlace(before.next)) return checkpoint.ofTip(false);
    const auto made = core.log->makeFirstExtents(before);
    if (!made && made.error().code == ErrorCode::ResourceExhausted) return checkpoint.ofTip(false); // the log stays where it is
    BLAZE_TRY_VALUE(const LogPosition small, made);
    const auto release = [&core](const LogPosition& position) {
        core.releaseExtent(position.current);
        core.releaseExtent(position.next);
    };
    const bool isSmall = before.current.pages <= smallPages && before.next.pages <= smallPages;
    if (isSmall && std::max(small.current.firstPage, small.next.firstPage) >= std::max(before.current.firstPage, before.next.firstPage)) {
        release(small); // no better place
        return checkpoint.ofTip(false);
    }
    checkpoint.moveLog(small);
    BLAZE_TRY(checkpoint.ofTip(true));
    core.log->start(small, core.log->salt());
    {
        const std::lock_guard lock(core.stateMutex);
        core.state.tipLog = small;
    }
    release(before);
    return {};
}

Result<void> NativeStore::shrinkForClose(StoreLocks& locks)
{
    // A file that is 1 part in 128 free is left as it is. A step writes a page for each that it moves, and its parents; where snapshots hold what
    // was moved, or a large value lies at the end, it gives nothing back. One such step is borne: its own catalogue may be what lies there.
    constexpr PageNumber kLeastPages = 16;
    constexpr int kFruitlessSteps = 2;
    StoreCore& core = *m_core;
    const auto startedAt = core.clock.steadyNow();
    PageNumber step = 256;
    PageNumber least = std::numeric_limits<PageNumber>::max();
    int fruitless = 0;
    while (core.clock.steadyNow() - startedAt < core.options.closeShrinkTime) {
        PageNumber busy = 0;
        PageNumber end = 0;
        {
            const std::lock_guard lock(core.stateMutex);
            core.reclaim();
            busy = static_cast<PageNumber>(core.state.space.busyPages());
            end = core.state.space.end();
        }
        fruitless = end < least ? 0 : fruitless + 1;
        least = std::min(least, end);
        if (fruitless == kFruitlessSteps || end - busy <= std::max(kLeastPages, end / 128)) break;
        const PageNumber from = std::max(busy, end - std::min(end, step));
        BLAZE_TRY(WriteBatch::moveNodesNow(m_core, locks, from, step));
        BLAZE_TRY(checkpointWithSmallLog()); // its extents may be the last thing beyond what is in use
        step = std::min<PageNumber>(2 * step, 1024);
    }
    return {};
}

Result<void> NativeStore::writeHolder(std::string_view holder)
{
    Bytes note(kMaxHolderBytes + 1);
    const ByteView text = asBytes(holder.substr(0, kMaxHolderBytes));
    std::copy(text.begin(), text.end(), note.begin());
    return m_core->file->writeAt(kNoteOffset, note);
}

std::string NativeStore::holderOf(const File& file)
{
    Bytes note(kMaxHolderBytes + 1);
    const auto got = file.readAt(kNoteOffset, note);
    if (!got) return {};
    const std::string_view text = asText(ByteView(note).first(*got));
    const std::string_view holder = text.substr(0, text.find('\0'));
    // Anybody may have written there.
    const bool isText = std::all_of(holder.begin(), holder.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7F; });
    return isText ? std::string(holder) : std::string{};
}

Result<std::shared_ptr<const RowSnapshot>> NativeStore::snapshot()
{
    return std::shared_ptr<const RowSnapshot>(nativeSnapshot());
}

std::shared_ptr<const NativeSnapshot> NativeStore::nativeSnapshot() const
{
    return std::make_shared<const NativeSnapshot>(m_core);
}

Result<void> NativeStore::makeRoom()
{
    bool isOverdue = false;
    {
        const std::lock_guard lock(m_core->stateMutex);
        isOverdue = m_core->counters.unplaced.load(std::memory_order_relaxed) * sizeof(Node) > m_core->options.hardDirtyBytes ||
                    m_core->state.tipLogBytes > m_core->options.hardLogBytes;
    }
    return isOverdue ? checkpoint() : Result<void>{};
}

Result<std::unique_ptr<WriteBatch>> NativeStore::begin()
{
    if (m_access == Access::ReadOnly) return Error{ErrorCode::FailedPrecondition, "the database is open for reading only"};
    BLAZE_TRY(makeRoom());
    return WriteBatch::begin(m_core);
}

Result<void> NativeStore::sync()
{
    std::uint64_t tip = 0;
    {
        const std::lock_guard lock(m_core->stateMutex);
        tip = m_core->state.tip->sequence;
    }
    return m_core->makeDurable(tip);
}

Result<void> NativeStore::syncIfDue()
{
    return m_core->isSyncDue() ? sync() : Result<void>{};
}

bool NativeStore::wantsCheckpoint() const
{
    const std::lock_guard lock(m_core->stateMutex);
    return m_core->counters.unplaced.load(std::memory_order_relaxed) * sizeof(Node) > m_core->options.softDirtyBytes ||
           m_core->state.tipLogBytes > m_core->options.softLogBytes;
}

Result<void> NativeStore::checkpoint()
{
    if (m_access == Access::ReadOnly) return Error{ErrorCode::FailedPrecondition, "the database is open for reading only"};
    const std::lock_guard checkpoints(m_core->checkpoints);
    return Checkpoint(*m_core).ofTip(false);
}

Result<void> NativeStore::cutEnd()
{
    StoreCore& core = *m_core;
    PageNumber end = 0;
    core.lookForObservers(core.state.header.sequence); // which does not change while `checkpoints` is held
    {
        const std::lock_guard lock(core.stateMutex);
        core.reclaim();
        end = core.state.space.end();
    }
    BLAZE_TRY_VALUE(const FileStamp stamp, core.file->stamp());
    if (stamp.sizeBytes <= pageOffset(end)) return {};
    BLAZE_TRY(core.file->truncate(pageOffset(end)));
    return core.syncFile();
}

Result<void> NativeStore::shrink(const std::stop_token& stop)
{
    constexpr std::size_t kNodesPerStep = 1024; // 8 MiB in memory
    std::uint64_t movedInAll = 0;
    while (true) {
        if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "shrinking was stopped"};
        BLAZE_TRY(checkpoint());
        std::uint64_t busy = 0;
        PageNumber end = 0;
        {
            const std::lock_guard lock(m_core->stateMutex);
            busy = m_core->state.space.busyPages();
            end = m_core->state.space.end();
        }
        // Were nothing free, the file would end at `busy`. Where snapshots keep pages busy the nodes may never get there.
        if (busy == end || movedInAll > 2 * std::uint64_t{end}) break;
        BLAZE_TRY_VALUE(const auto batch, begin());
        BLAZE_TRY_VALUE(const std::size_t moved, batch->moveNodes(static_cast<PageNumber>(busy), kNodesPerStep));
        if (moved == 0) break;
        movedInAll += moved;
        BLAZE_TRY(batch->commit(Durability::Buffered));
    }
    const std::lock_guard lane(m_core->lane);
    const std::lock_guard checkpoints(m_core->checkpoints);
    return cutEnd();
}

StoreFigures NativeStore::figures() const
{
    const NodeCache::Figures cache = m_core->cache.figures();
    const std::lock_guard lock(m_core->stateMutex);
    StoreFigures figures = m_core->state.figures;
    figures.nodesInMemory = m_core->counters.inMemory.load();
    figures.dirtyNodes = m_core->counters.unplaced.load();
    figures.cacheHits = cache.hits;
    figures.cacheMisses = cache.misses;
    figures.busyPages = m_core->state.space.busyPages();
    figures.observedStates = m_core->state.observed.size();
    figures.pagesWaitingForSnapshots = m_core->state.waiting.size();
    figures.oldestSnapshot = m_core->state.snapshots.empty() ? m_core->state.published->sequence : m_core->state.snapshots.begin()->first;
    for (const auto& [sequence, count] : m_core->state.snapshots) figures.liveSnapshots += count;
    return figures;
}

std::vector<KeyArea::SlotFacts> NativeStore::keySlots() const
{
    const std::lock_guard checkpoints(m_core->checkpoints);
    return m_core->keyArea.takenSlots();
}

Result<std::size_t> NativeStore::addKey(const Credential& credential, const PasswordCost& cost, std::string_view label)
{
    if (m_access == Access::ReadOnly) return Error{ErrorCode::FailedPrecondition, "the database is open for reading only"};
    const std::lock_guard checkpoints(m_core->checkpoints);
    KeyArea changed = m_core->keyArea;
    BLAZE_TRY_VALUE(const std::size_t slot, changed.add(credential, cost, m_core->ciphers.dataKey(), label, m_core->random, m_core->clock));
    BLAZE_TRY(writeKeyArea(*m_core->file, changed));
    m_core->keyArea = std::move(changed);
    return slot;
}

Result<void> NativeStore::removeKey(std::size_t slot)
{
    if (m_access == Access::ReadOnly) return Error{ErrorCode::FailedPrecondition, "the database is open for reading only"};
    const std::lock_guard checkpoints(m_core->checkpoints);
    KeyArea changed = m_core->keyArea;
    BLAZE_TRY(changed.remove(slot));
    BLAZE_TRY(writeKeyArea(*m_core->file, changed));
    m_core->keyArea = std::move(changed);
    return {};
}

StoreKeys NativeStore::sameKeys() const
{
    const std::lock_guard checkpoints(m_core->checkpoints);
    return {SecureBytes(m_core->ciphers.dataKey()), m_core->keyArea, {}};
}

Result<StoreKeys> NativeStore::newKeys(std::span<const Credential> credentials, Random& random, const Clock& clock) const
{
    const KeyArea area = [this] {
        const std::lock_guard checkpoints(m_core->checkpoints);
        return m_core->keyArea;
    }();
    return renewKeys(area, credentials, random, clock);
}

Result<std::size_t> NativeStore::replaceKeys(const std::vector<std::size_t>& old, const Credential& credential, const PasswordCost& cost,
                                             std::string_view label)
{
    if (m_access == Access::ReadOnly) return Error{ErrorCode::FailedPrecondition, "the database is open for reading only"};
    const std::lock_guard checkpoints(m_core->checkpoints);
    KeyArea changed = m_core->keyArea;
    // The last slot cannot be taken out before there is another; a full area has no place before one is taken out.
    const bool isFull = changed.takenSlots().size() == KeyArea::kSlots;
    auto next = old.begin();
    if (isFull && next != old.end()) BLAZE_TRY(changed.remove(*next++));
    BLAZE_TRY_VALUE(const std::size_t slot, changed.add(credential, cost, m_core->ciphers.dataKey(), label, m_core->random, m_core->clock));
    for (; next != old.end(); ++next) BLAZE_TRY(changed.remove(*next));
    BLAZE_TRY(writeKeyArea(*m_core->file, changed));
    m_core->keyArea = std::move(changed);
    return slot;
}

Result<std::vector<StoreFinding>> NativeStore::verify(const std::stop_token& stop, const VerifyProgress& onProgress) const
{
    // Pages of the newest header are not used again before the next one.
    const std::lock_guard checkpoints(m_core->checkpoints);
    Header header;
    {
        const std::lock_guard lock(m_core->stateMutex);
        header = m_core->state.header;
    }
    BLAZE_TRY_VALUE(std::vector<StoreFinding> findings, StoreVerifier(*m_core, header, onProgress).run(stop));
    BLAZE_TRY_VALUE(std::vector<StoreFinding> fixed, findInFixedPlaces(*m_core));
    findings.insert(findings.end(), fixed.begin(), fixed.end());
    return findings;
}

Result<std::vector<StoreFinding>> NativeStore::verifyFixedPlaces() const
{
    const std::lock_guard checkpoints(m_core->checkpoints);
    return findInFixedPlaces(*m_core);
}

} // namespace blazedb::storage
