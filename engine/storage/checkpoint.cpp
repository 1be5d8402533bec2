#include "engine/storage/checkpoint.h"

#include <algorithm>
#include <chrono>

#include "engine/storage/catalogue.h"

namespace blazedb::storage {

namespace {

Result<std::vector<PageNumber>> pagesOf(const StoreCore& core, const RunRef& run)
{
    if (run.bytes == 0) return std::vector<PageNumber>{};
    return pagesOfRun(core.pages, run);
}

} // namespace

Checkpoint::Checkpoint(StoreCore& core)
    : m_core(core)
    , m_placer(core)
{
}

Result<void> Checkpoint::ofTip(bool isForced)
{
    SharedRoots roots;
    LogPosition log;
    bool hasNews = false;
    std::uint64_t newestHeader = 0;
    {
        const std::lock_guard lock(m_core.stateMutex);
        StoreCore::State& state = m_core.state;
        if (state.failed) return *state.failed;
        roots = state.tip;
        log = state.tipLog;
        m_capturedLogBytes = state.tipLogBytes;
        hasNews = isForced || roots->sequence != state.header.sequence;
        newestHeader = state.header.sequence;
        state.isCheckpointing = hasNews;
    }
    if (!hasNews) {
        m_core.lookForObservers(newestHeader);
        const std::lock_guard lock(m_core.stateMutex);
        m_core.reclaim();
        return {};
    }
    auto outcome = write(roots, log);
    if (!outcome) giveUp();
    return outcome;
}

Result<void> Checkpoint::asCommit(const SharedRoots& roots, const LogPosition& log, const std::vector<PageNumber>& spilled)
{
    m_spilled = spilled;
    {
        const std::lock_guard lock(m_core.stateMutex);
        if (m_core.state.failed) return *m_core.state.failed;
        m_capturedLogBytes = m_core.state.tipLogBytes;
        m_core.state.isCheckpointing = true;
    }
    auto outcome = write(roots, log);
    if (!outcome) giveUp();
    return outcome;
}

Result<StoreRoots> Checkpoint::placeTrees(const StoreRoots& roots)
{
    StoreRoots clean = roots;
    for (TreeState& tree : clean.trees) {
        if (!tree.node) continue;
        BLAZE_TRY_VALUE(tree.page, m_placer.place(tree.node));
    }
    BLAZE_TRY(m_placer.flush());
    return clean;
}

Result<RunRef> Checkpoint::writeRun(ByteView bytes, std::vector<PageNumber>& taken)
{
    RunWriter writer(m_core.pages, *m_core.epoch, [this]() -> Result<PageNumber> { return m_core.allocatePage(); });
    const auto appended = writer.append(bytes);
    auto run = appended ? writer.finish() : Result<RunRef>(appended.error());
    taken = writer.taken(); // also of a failed one: they are given back
    return run;
}

void Checkpoint::settleSpace(PageSpace& space, std::uint64_t sequence) const
{
    // First what came, then what went: a value's pages may have done both since the last checkpoint.
    for (const DatedPage& added : m_core.state.added)
        if (added.sequence <= sequence) space.anchor(added.page);
    for (const PageNumber page : m_spilled) space.anchor(page);
    for (const PageNumber page : m_placer.taken()) space.anchor(page);
    for (const PageNumber page : m_catalogue) space.anchor(page);
    for (const PageNumber page : m_oldCatalogue) space.unanchor(page);
    for (const DatedPage& dropped : m_core.state.dropped)
        if (dropped.sequence <= sequence) space.unanchor(dropped.page);
}

Result<void> Checkpoint::write(const SharedRoots& roots, const LogPosition& log)
{
    m_startedAt = m_core.clock.steadyNow();
    Header header;
    {
        const std::lock_guard lock(m_core.stateMutex);
        header = m_core.state.header;
    }
    BLAZE_TRY_VALUE(const StoreRoots clean, placeTrees(*roots));
    // A header that only begins an epoch or moves the log keeps the catalogue and the free list it has.
    if (roots->sequence != header.sequence) {
        BLAZE_TRY_VALUE(m_oldCatalogue, pagesOf(m_core, header.catalogue));
        BLAZE_TRY_VALUE(header.catalogue, writeRun(encodeTrees(clean), m_catalogue));
        PageSpace settled;
        {
            const std::lock_guard lock(m_core.stateMutex);
            settled = m_core.state.space;
            settleSpace(settled, roots->sequence);
        }
        BLAZE_TRY_VALUE(m_oldFreeList, pagesOf(m_core, header.freeList));
        header.freeList = {};
        const Bytes freeList = settled.encodeFree();
        if (!freeList.empty()) {
            BLAZE_TRY_VALUE(header.freeList, writeRun(freeList, m_freeList));
        }
        header.pageCount = settled.anchoredEnd();
    }
    ++header.generation;
    header.sequence = roots->sequence;
    header.writtenAtMs = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(m_core.clock.now().time_since_epoch()).count());
    header.log = m_movedLog.value_or(log);
    header.logSalt = m_newSalt.value_or(header.logSalt);
    // Everything the header names is durable before the header is written.
    if (auto synced = m_core.syncFile(); !synced) return m_core.fail(std::move(synced).error());
    if (auto written = writeHeader(*m_core.file, m_core.headerKeys, header); !written) {
        // Which of the two headers an opening would find is unknown now, so no page may be used again.
        return m_core.fail(std::move(written).error().in("write the header"));
    }
    finish(roots, clean, header);
    return {};
}

void Checkpoint::finish(const SharedRoots& captured, const StoreRoots& clean, const Header& header)
{
    m_core.lookForObservers(header.sequence);
    {
        const std::lock_guard lock(m_core.stateMutex);
        StoreCore::State& state = m_core.state;
        m_placer.activate();
        settleSpace(state.space, header.sequence);

        // Nodes that a commit replaced while they were being given a page.
        for (const auto& [sequence, node] : state.replacedMeanwhile)
            if (node->isPlaced()) state.dropped.push_back({sequence, node->ref().page});
        state.replacedMeanwhile.clear();
        state.isCheckpointing = false;

        std::erase_if(state.added, [&](const DatedPage& page) { return page.sequence <= header.sequence; });
        const auto later = std::partition(state.dropped.begin(), state.dropped.end(),
                                          [&](const DatedPage& page) { return page.sequence > header.sequence; });
        state.waiting.insert(state.waiting.end(), later, state.dropped.end());
        state.dropped.erase(later, state.dropped.end());
        for (const PageNumber page : m_oldCatalogue) state.space.release(page);
        for (const PageNumber page : m_oldFreeList) state.space.release(page);
        std::erase_if(state.leftExtents, [&](const auto& left) {
            if (left.first > header.sequence) return false;
            state.space.release(left.second.firstPage, left.second.pages);
            return true;
        });

        // The same states, but with roots that let their nodes leave memory.
        const auto settle = [&](SharedRoots& shared) {
            StoreRoots roots = *shared;
            for (TreeState& tree : roots.trees) {
                const auto same = std::find_if(clean.trees.begin(), clean.trees.end(), [&](const TreeState& t) { return t.id == tree.id; });
                if (same == clean.trees.end() || !tree.node || same->node != tree.node) continue;
                tree.page = same->page;
                if (NodeRef node = m_placer.cleanNode(*tree.node)) tree.node = std::move(node);
            }
            shared = std::make_shared<const StoreRoots>(std::move(roots));
        };
        if (captured->sequence > state.tip->sequence) state.tip = state.published = captured; // a state that the header made a commit
        m_core.publish(captured); // durable now, whoever still waits for its sync
        const bool isPublishedTip = state.published == state.tip;
        settle(state.tip);
        if (isPublishedTip) state.published = state.tip;
        else settle(state.published);

        state.header = header;
        m_core.noteSynced(header.sequence, m_startedAt);
        state.tipLogBytes -= std::min(state.tipLogBytes, m_capturedLogBytes);
        state.figures.pagesWritten += m_placer.taken().size() + m_catalogue.size() + m_freeList.size();
        ++state.figures.checkpoints;
        m_core.reclaim();
    }
    m_placer.cachePlaced();
    {
        const std::lock_guard lock(m_core.syncs);
        m_core.durableSequence = std::max(m_core.durableSequence, header.sequence);
    }
    m_core.syncEnded.notify_all();
}

void Checkpoint::giveUp()
{
    const std::lock_guard lock(m_core.stateMutex);
    StoreCore::State& state = m_core.state;
    state.isCheckpointing = false;
    state.replacedMeanwhile.clear(); // none of them got a page
    if (state.failed) return; // a header may name the pages
    for (const PageNumber page : m_placer.taken()) state.space.release(page);
    for (const PageNumber page : m_catalogue) state.space.release(page);
    for (const PageNumber page : m_freeList) state.space.release(page);
}

} // namespace blazedb::storage
