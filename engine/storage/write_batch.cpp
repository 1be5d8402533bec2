#include "engine/storage/write_batch.h"

#include <algorithm>

#include "engine/base/assert.h"
#include "engine/storage/catalogue.h"

namespace blazedb::storage {

namespace {

/// How much of a large value is in memory at a time.
constexpr std::size_t kPartBytes = std::size_t{1} << 20;
/// Values of more pages are synced before the entry that names them, so that no opening after a crash has to read them: 2 MiB for one commit,
/// 16 MiB for all that wait for a sync.
constexpr std::size_t kMaxFreshPages = 256;
constexpr std::uint64_t kMaxUnsyncedPages = 2048;

} // namespace

WriteBatch::WriteBatch(std::shared_ptr<StoreCore> core, std::unique_lock<std::mutex> lane)
    : m_core(std::move(core))
    , m_lane(std::move(lane))
    , m_stamp(m_core->nextStamp++)
{
    const std::lock_guard lock(m_core->stateMutex);
    m_base = m_core->state.tip;
    m_roots = *m_base;
}

Result<std::unique_ptr<WriteBatch>> WriteBatch::begin(std::shared_ptr<StoreCore> core)
{
    std::unique_lock lane(core->lane);
    {
        const std::lock_guard lock(core->stateMutex);
        if (core->state.failed) return *core->state.failed;
    }
    auto batch = std::unique_ptr<WriteBatch>(new WriteBatch(std::move(core), std::move(lane))); // private constructor
    batch->m_operations.resize(8); // the sequence comes last
    return batch;
}

WriteBatch::~WriteBatch()
{
    if (m_lane.owns_lock()) giveUp();
}

template <typename T>
Result<T> WriteBatch::settle(Result<T> outcome)
{
    if (!outcome && !m_failure) m_failure = outcome.error();
    return outcome;
}

Result<TreeState*> WriteBatch::treeOf(std::uint32_t tree)
{
    BLAZE_ASSERT(m_lane.owns_lock());
    const auto found = std::find_if(m_roots.trees.begin(), m_roots.trees.end(), [tree](const TreeState& t) { return t.id == tree; });
    if (found == m_roots.trees.end()) return Error{ErrorCode::InvalidArgument, "no tree " + std::to_string(tree)};
    return &*found;
}

Result<std::uint32_t> WriteBatch::openTree(std::string_view name)
{
    if (const TreeState* tree = m_roots.find(name)) return tree->id;
    if (name.empty() || name.size() > kMaxTreeNameBytes) return Error{ErrorCode::InvalidArgument, "a tree's name has 1 to 255 bytes"};
    if (m_roots.trees.size() >= kMaxTrees) return Error{ErrorCode::ResourceExhausted, "the file has 4096 trees already"};
    TreeState tree;
    tree.id = m_roots.nextTreeId++;
    tree.name = name;
    m_roots.trees.push_back(tree);
    appendOperation(m_operations, CreateTreeOperation{tree.id, name});
    m_hasChanges = true;
    return tree.id;
}

Result<void> WriteBatch::dropTree(std::uint32_t tree)
{
    auto found = treeOf(tree);
    if (!found) return Error{ErrorCode::NotFound, "no tree " + std::to_string(tree)};
    BLAZE_TRY(settle(writerOf(**found).clear()));
    std::erase_if(m_roots.trees, [tree](const TreeState& t) { return t.id == tree; });
    appendOperation(m_operations, DropTreeOperation{tree});
    m_hasChanges = true;
    return settle(afterWrite());
}

Result<RunRef> WriteBatch::writeValue(std::uint64_t bytes, const ReadPart& read)
{
    RunWriter writer(m_core->pages, *m_core->epoch, [this]() -> Result<PageNumber> { return m_core->allocatePage(); });
    auto run = [&]() -> Result<RunRef> {
        Bytes part(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kPartBytes)));
        for (std::uint64_t at = 0; at < bytes; at += part.size()) {
            part.resize(static_cast<std::size_t>(std::min<std::uint64_t>(part.size(), bytes - at)));
            BLAZE_TRY_VALUE(const std::size_t got, read(at, part));
            if (got != part.size()) return Error{ErrorCode::Internal, "a value ended before its announced size"};
            BLAZE_TRY(writer.append(part));
        }
        return writer.finish();
    }();
    m_addedPages.insert(m_addedPages.end(), writer.taken().begin(), writer.taken().end()); // also of a failed one: they are given back
    return run;
}

Result<bool> WriteBatch::put(std::uint32_t tree, ByteView key, ByteView value)
{
    BLAZE_TRY_VALUE(TreeState* state, treeOf(tree));
    if (key.size() > kMaxKeyBytes) return Error{ErrorCode::InvalidArgument, "a key has at most 1024 bytes"};
    if (value.size() > kMaxValueBytes) return Error{ErrorCode::InvalidArgument, "a value has at most 1 GiB"};
    return settle(putRow(*state, key, value));
}

Result<bool> WriteBatch::putInParts(std::uint32_t tree, ByteView key, std::uint64_t valueBytes, const ReadPart& read)
{
    BLAZE_TRY_VALUE(TreeState* state, treeOf(tree));
    if (key.size() > kMaxKeyBytes) return Error{ErrorCode::InvalidArgument, "a key has at most 1024 bytes"};
    if (valueBytes > kMaxValueBytes) return Error{ErrorCode::InvalidArgument, "a value has at most 1 GiB"};
    if (valueBytes > kMaxInlineValueBytes) return settle(putRun(*state, key, valueBytes, read));
    Bytes value(static_cast<std::size_t>(valueBytes));
    BLAZE_TRY_VALUE(const std::size_t got, read(0, value));
    if (got != value.size()) return Error{ErrorCode::Internal, "a value ended before its announced size"};
    return settle(putRow(*state, key, value));
}

Result<bool> WriteBatch::putRow(TreeState& tree, ByteView key, ByteView value)
{
    if (value.size() > kMaxInlineValueBytes) {
        return putRun(tree, key, value.size(), [value](std::uint64_t offset, std::span<std::byte> into) -> Result<std::size_t> {
            std::memcpy(into.data(), value.data() + offset, into.size());
            return into.size();
        });
    }
    m_hasChanges = true;
    BLAZE_TRY_VALUE(const bool isNew, writerOf(tree).put(key, value, false));
    if (!hasSpilled()) appendOperation(m_operations, PutOperation{tree.id, key, value});
    BLAZE_TRY(afterWrite());
    return isNew;
}

Result<bool> WriteBatch::putRun(TreeState& tree, ByteView key, std::uint64_t bytes, const ReadPart& read)
{
    m_hasChanges = true;
    BLAZE_TRY_VALUE(const RunRef run, writeValue(bytes, read));
    std::array<std::byte, RunRef::kBytes> reference{};
    storeRun(reference.data(), run);
    BLAZE_TRY_VALUE(const bool isNew, writerOf(tree).put(key, reference, true));
    if (!hasSpilled()) {
        m_freshRuns.push_back(m_operations.size());
        appendOperation(m_operations, PutRunOperation{tree.id, key, run, false});
    }
    BLAZE_TRY(afterWrite());
    return isNew;
}

Result<bool> WriteBatch::erase(std::uint32_t tree, ByteView key)
{
    BLAZE_TRY_VALUE(TreeState* state, treeOf(tree));
    return settle(eraseRow(*state, key));
}

Result<bool> WriteBatch::eraseRow(TreeState& tree, ByteView key)
{
    BLAZE_TRY_VALUE(const bool wasThere, writerOf(tree).erase(key));
    if (!wasThere) return false;
    m_hasChanges = true;
    if (!hasSpilled()) appendOperation(m_operations, EraseOperation{tree.id, key});
    BLAZE_TRY(afterWrite());
    return true;
}

Result<std::size_t> WriteBatch::moveNodes(PageNumber from, std::size_t most)
{
    std::size_t budget = most;
    for (TreeState& tree : m_roots.trees) BLAZE_TRY(settle(writerOf(tree).moveNodes(from, budget)));
    m_hasChanges = m_hasChanges || budget < most;
    return most - budget;
}

Result<std::size_t> WriteBatch::moveNodesNow(const std::shared_ptr<StoreCore>& core, StoreLocks& locks, PageNumber from, std::size_t most)
{
    WriteBatch batch(core, std::move(locks.lane));
    batch.m_checkpoints = std::move(locks.checkpoints);
    auto moved = batch.moveNodes(from, most);
    if (moved) {
        if (auto roots = batch.commitAsCheckpoint(); !roots) moved = std::move(roots).error();
    }
    locks.checkpoints = std::move(batch.m_checkpoints);
    locks.lane = std::move(batch.m_lane);
    return moved;
}

Result<std::optional<FoundValue>> WriteBatch::find(std::uint32_t tree, ByteView key) const
{
    const auto found = std::find_if(m_roots.trees.begin(), m_roots.trees.end(), [tree](const TreeState& t) { return t.id == tree; });
    if (found == m_roots.trees.end()) return Error{ErrorCode::InvalidArgument, "no tree " + std::to_string(tree)};
    return findInTree(m_core->nodes, *found, key);
}

void WriteBatch::nodeReplaced(const NodeRef& node)
{
    if (!node->isPlaced()) {
        if (node->stamp() != m_stamp) m_replacedNodes.push_back(node);
        return;
    }
    const PageNumber page = node->ref().page;
    if (m_spilledPages.erase(page) != 0) m_core->releasePages({page}); // nobody but this batch ever saw it
    else m_droppedPages.push_back(page);
}

Result<void> WriteBatch::runReplaced(const RunRef& run)
{
    BLAZE_TRY_VALUE(const auto pages, pagesOfRun(m_core->pages, run));
    m_droppedPages.insert(m_droppedPages.end(), pages.begin(), pages.end());
    return {};
}

Result<void> WriteBatch::afterWrite()
{
    if (m_isReplay) return {};
    const std::uint64_t dirtyBytes = m_core->counters.unplaced.load(std::memory_order_relaxed) * sizeof(Node);
    if (m_operations.size() <= m_core->options.maxBatchLogBytes && dirtyBytes <= m_core->options.hardDirtyBytes) return {};
    return spill();
}

Result<void> WriteBatch::spill()
{
    if (!hasSpilled()) {
        // What earlier commits left in memory goes first, so that this batch's nodes only name nodes with pages.
        m_checkpoints = std::unique_lock(m_core->checkpoints);
        BLAZE_TRY(Checkpoint(*m_core).ofTip(false));
    }
    NodePlacer placer(*m_core);
    Result<void> placed = [&]() -> Result<void> {
        for (const TreeState& tree : m_roots.trees)
            if (tree.node) {
                BLAZE_TRY(placer.place(tree.node));
            }
        return placer.flush();
    }();
    m_spilledPages.insert(placer.taken().begin(), placer.taken().end());
    if (!placed) return placed;
    placer.activate(); // they are this batch's own
    for (TreeState& tree : m_roots.trees) {
        if (!tree.node) continue;
        tree.page = tree.node->ref();
        tree.node = placer.wrote(tree.node.get()) ? placer.cleanNode(*tree.node) : tree.node;
    }
    placer.cachePlaced();
    m_operations.resize(8); // the header will say it all
    m_freshRuns.clear();
    m_operations.shrink_to_fit();
    return {};
}

void WriteBatch::registerParts(std::uint64_t sequence)
{
    StoreCore::State& state = m_core->state;
    for (const PageNumber page : m_addedPages) state.added.push_back({sequence, page});
    for (const PageNumber page : m_droppedPages) state.dropped.push_back({sequence, page});
    for (const NodeRef& node : m_replacedNodes) {
        if (node->isPlaced()) state.dropped.push_back({sequence, node->ref().page});
        else if (state.isCheckpointing) state.replacedMeanwhile.emplace_back(sequence, node);
    }
}

Result<void> WriteBatch::syncLargeValues()
{
    const std::uint64_t unsynced = m_core->unsyncedValuePages += m_addedPages.size();
    if (m_addedPages.size() <= kMaxFreshPages && unsynced <= kMaxUnsyncedPages) return {};
    if (auto synced = m_core->syncFile(); !synced) return m_core->fail(std::move(synced).error());
    for (const std::size_t at : m_freshRuns) markDurable(m_operations, at);
    return {};
}

Result<SharedRoots> WriteBatch::append()
{
    // The entry holds the tags of the values' pages, so one sync serves both: what a crash cut short is seen by the tags.
    if (!m_addedPages.empty()) BLAZE_TRY(syncLargeValues());
    m_roots.sequence = m_base->sequence + 1;
    storeLe<std::uint64_t>(m_operations.data(), m_roots.sequence);
    const std::uint64_t before = m_core->log->bytesSinceStart();
    if (auto appended = m_core->log->append(m_operations); !appended) {
        if (m_core->log->broken()) return m_core->fail(std::move(appended).error());
        return std::move(appended).error();
    }
    auto roots = std::make_shared<const StoreRoots>(std::move(m_roots));
    const std::lock_guard lock(m_core->stateMutex);
    StoreCore::State& state = m_core->state;
    registerParts(roots->sequence);
    for (const LogExtent& extent : m_core->log->takeLeftExtents()) state.leftExtents.emplace_back(roots->sequence, extent);
    state.tip = roots;
    state.tipLog = m_core->log->position();
    state.tipLogBytes += m_core->log->bytesSinceStart() - before;
    state.figures.logBytesWritten += m_core->log->bytesSinceStart() - before;
    ++state.figures.commits;
    return SharedRoots(roots);
}

Result<SharedRoots> WriteBatch::commitAsCheckpoint()
{
    m_roots.sequence = m_base->sequence + 1;
    auto roots = std::make_shared<const StoreRoots>(std::move(m_roots));
    LogPosition log;
    {
        const std::lock_guard lock(m_core->stateMutex);
        registerParts(roots->sequence);
        log = m_core->state.tipLog;
    }
    const std::vector<PageNumber> spilled(m_spilledPages.begin(), m_spilledPages.end());
    Checkpoint checkpoint(*m_core);
    if (auto written = checkpoint.asCommit(roots, log, spilled); !written) {
        const std::lock_guard lock(m_core->stateMutex);
        const auto isMine = [&](const DatedPage& page) { return page.sequence == roots->sequence; };
        std::erase_if(m_core->state.added, isMine);
        std::erase_if(m_core->state.dropped, isMine);
        return std::move(written).error();
    }
    m_spilledPages.clear();
    m_addedPages.clear();
    const std::lock_guard lock(m_core->stateMutex);
    ++m_core->state.figures.commits;
    return SharedRoots(roots);
}

Result<std::uint64_t> WriteBatch::commit(Durability durability)
{
    BLAZE_ASSERT(m_lane.owns_lock() && !m_isReplay);
    if (m_failure) {
        giveUp();
        return *m_failure;
    }
    if (!m_hasChanges) {
        end();
        // What it read may have been waiting for its sync still.
        if (durability == Durability::Synced) BLAZE_TRY(m_core->makeDurable(m_base->sequence));
        return m_base->sequence;
    }
    {
        const std::lock_guard lock(m_core->stateMutex);
        if (m_core->state.failed) return *m_core->state.failed; // the destructor gives the batch up
    }
    if (hasSpilled()) {
        auto roots = commitAsCheckpoint();
        if (!roots) {
            giveUp();
            return std::move(roots).error();
        }
        end();
        return (*roots)->sequence;
    }
    auto roots = append();
    if (!roots) {
        giveUp();
        return std::move(roots).error();
    }
    end();
    if (durability != Durability::Synced) {
        const std::lock_guard lock(m_core->stateMutex);
        m_core->publish(*roots);
        m_core->noteUnsynced();
    }
    if (durability == Durability::Synced || (durability == Durability::Timed && m_core->isSyncDue())) BLAZE_TRY(m_core->makeDurable((*roots)->sequence));
    return (*roots)->sequence;
}

void WriteBatch::giveUp()
{
    if (!m_lane.owns_lock()) return;
    {
        const std::lock_guard lock(m_core->stateMutex);
        // After a failed header write nobody knows what the file names.
        if (!m_core->state.failed) {
            for (const PageNumber page : m_spilledPages) m_core->state.space.release(page);
            for (const PageNumber page : m_addedPages) m_core->state.space.release(page);
        }
    }
    end();
}

void WriteBatch::end()
{
    m_roots = {};
    m_replacedNodes.clear();
    if (m_checkpoints.owns_lock()) m_checkpoints.unlock();
    m_lane.unlock();
}

Result<void> WriteBatch::replay(ByteView commit)
{
    m_isReplay = true;
    BLAZE_TRY_VALUE(OperationReader operations, OperationReader::open(commit));
    const std::uint64_t expected = (m_replayedSequence == 0 ? m_base->sequence : m_replayedSequence) + 1;
    if (operations.sequence() != expected)
        return Error{ErrorCode::Corruption, "the log goes on with commit " + std::to_string(operations.sequence()) + ", not " + std::to_string(expected)};
    while (true) {
        BLAZE_TRY_VALUE(const auto operation, operations.next());
        if (!operation) break;
        if (const auto* create = std::get_if<CreateTreeOperation>(&*operation)) {
            BLAZE_TRY_VALUE(const std::uint32_t id, openTree(create->name));
            if (id != create->tree) return Error{ErrorCode::Corruption, "the log makes a tree that is there already"};
        } else if (const auto* drop = std::get_if<DropTreeOperation>(&*operation)) {
            BLAZE_TRY(dropTree(drop->tree));
        } else if (const auto* put = std::get_if<PutOperation>(&*operation)) {
            BLAZE_TRY_VALUE(TreeState* tree, treeOf(put->tree));
            BLAZE_TRY(writerOf(*tree).put(put->key, put->value, false));
        } else if (const auto* run = std::get_if<PutRunOperation>(&*operation)) {
            BLAZE_TRY_VALUE(TreeState* tree, treeOf(run->tree));
            BLAZE_TRY_VALUE(const auto pages, pagesOfRun(m_core->pages, run->run));
            m_addedPages.insert(m_addedPages.end(), pages.begin(), pages.end());
            std::array<std::byte, RunRef::kBytes> reference{};
            storeRun(reference.data(), run->run);
            BLAZE_TRY(writerOf(*tree).put(run->key, reference, true));
        } else if (const auto* erased = std::get_if<EraseOperation>(&*operation)) {
            BLAZE_TRY_VALUE(TreeState* tree, treeOf(erased->tree));
            BLAZE_TRY(writerOf(*tree).erase(erased->key));
        }
    }
    m_operations.resize(8);
    m_replayedSequence = expected;
    return {};
}

void WriteBatch::adoptReplayed()
{
    if (m_replayedSequence != 0) {
        m_roots.sequence = m_replayedSequence;
        const std::lock_guard lock(m_core->stateMutex);
        for (const PageNumber page : m_addedPages) m_core->state.space.claim(page);
        registerParts(m_replayedSequence);
        m_core->state.tip = m_core->state.published = std::make_shared<const StoreRoots>(std::move(m_roots));
    }
    end();
}

} // namespace blazedb::storage
