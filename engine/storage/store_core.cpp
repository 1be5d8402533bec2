#include "engine/storage/store_core.h"

#include <algorithm>

#include "engine/base/reader_marks.h"

namespace blazedb::storage {

const TreeState* StoreRoots::find(std::string_view name) const
{
    const auto found = std::find_if(trees.begin(), trees.end(), [name](const TreeState& tree) { return tree.name == name; });
    return found == trees.end() ? nullptr : &*found;
}

StoreCore::StoreCore(std::unique_ptr<File> opened, SecureBytes dataKey, KeyArea area, Random& randomSource, Clock& wallClock,
                     const StoreOptions& chosen)
    : file(std::move(opened))
    , random(randomSource)
    , clock(wallClock)
    , options(chosen)
    , ciphers(std::move(dataKey))
    , headerKeys(ciphers.dataKey(), area.fileId())
    , pages(*file, ciphers)
    , cache(pages, counters, chosen.cacheBytes)
    , nodes(cache, pages)
    , keyArea(std::move(area))
{
}

Result<PageNumber> StoreCore::allocatePage()
{
    const std::lock_guard lock(stateMutex);
    return state.space.allocate();
}

Result<PageNumber> StoreCore::allocatePages(std::uint32_t count)
{
    const std::lock_guard lock(stateMutex);
    return state.space.allocateRun(count);
}

void StoreCore::releasePages(const std::vector<PageNumber>& released)
{
    const std::lock_guard lock(stateMutex);
    for (const PageNumber page : released) state.space.release(page);
}

void StoreCore::releaseExtent(const LogExtent& extent)
{
    const std::lock_guard lock(stateMutex);
    state.space.release(extent.firstPage, extent.pages);
}

Error StoreCore::fail(Error why)
{
    const std::lock_guard lock(stateMutex);
    if (!state.failed) state.failed = std::move(why).in("nothing more is written until the file is opened anew");
    return *state.failed;
}

Result<void> StoreCore::syncFile()
{
    {
        const std::lock_guard lock(stateMutex);
        ++state.figures.syncs;
    }
    const std::uint64_t covered = unsyncedValuePages.load();
    BLAZE_TRY(file->sync());
    unsyncedValuePages -= covered;
    return {};
}

void StoreCore::noteUnsynced()
{
    if (!state.unsyncedSince) state.unsyncedSince = clock.steadyNow();
}

void StoreCore::noteSynced(std::uint64_t sequence, std::chrono::steady_clock::time_point syncStart)
{
    if (!state.unsyncedSince) return;
    // Commits that came while it was syncing wait since its beginning at the earliest.
    if (state.tip->sequence > sequence) state.unsyncedSince = std::max(*state.unsyncedSince, syncStart);
    else state.unsyncedSince.reset();
}

bool StoreCore::isSyncDue()
{
    const std::lock_guard lock(stateMutex);
    return state.unsyncedSince && clock.steadyNow() - *state.unsyncedSince >= options.timedSync;
}

void StoreCore::publish(const SharedRoots& roots)
{
    if (roots->sequence <= state.published->sequence) return;
    // A checkpoint may have given the same state other roots meanwhile: those need less memory.
    state.published = state.tip->sequence == roots->sequence ? state.tip : roots;
}

void StoreCore::lookForObservers(std::uint64_t newestHeader)
{
    const ReaderMarks* marks = readerMarksOf(*file);
    if (marks == nullptr) return;
    const std::vector<std::uint64_t> held = marks->marksOfOthers(newestHeader);
    const auto now = clock.steadyNow();
    const std::lock_guard lock(stateMutex);
    std::erase_if(state.observed, [&](const auto& known) { return !std::binary_search(held.begin(), held.end(), known.first); });
    state.observedFrom = kNoState;
    for (const std::uint64_t sequence : held) {
        const auto since = state.observed.emplace(sequence, now).first->second;
        if (now - since < options.observerPatience) state.observedFrom = std::min(state.observedFrom, sequence);
    }
}

void StoreCore::reclaim()
{
    std::uint64_t oldest = std::min(state.published->sequence, state.observedFrom);
    if (!state.snapshots.empty()) oldest = std::min(oldest, state.snapshots.begin()->first);
    const auto kept = std::partition(state.waiting.begin(), state.waiting.end(), [oldest](const DatedPage& page) { return page.sequence > oldest; });
    for (auto page = kept; page != state.waiting.end(); ++page) state.space.release(page->page);
    state.waiting.erase(kept, state.waiting.end());
}

Result<void> StoreCore::makeDurable(std::uint64_t sequence)
{
    std::unique_lock lock(syncs);
    while (true) {
        if (durableSequence >= sequence) return {};
        {
            const std::lock_guard stateLock(stateMutex);
            if (state.failed) return *state.failed;
        }
        if (!isSyncing) break;
        syncEnded.wait(lock);
    }
    isSyncing = true;
    lock.unlock();
    SharedRoots roots;
    std::uint64_t lsn = 0;
    {
        const std::lock_guard stateLock(stateMutex);
        roots = state.tip;
        lsn = state.tipLog.lsn - 1;
    }
    const auto syncStart = clock.steadyNow();
    auto synced = syncFile();
    Result<void> outcome;
    if (synced) {
        log->markDurable(lsn);
        const std::lock_guard stateLock(stateMutex);
        publish(roots);
        noteSynced(roots->sequence, syncStart);
    } else {
        // What the kernel has dropped after a failed sync nobody can know: a second sync would only claim success.
        outcome = fail(std::move(synced).error());
    }
    lock.lock();
    isSyncing = false;
    if (outcome) durableSequence = std::max(durableSequence, roots->sequence);
    syncEnded.notify_all();
    return outcome;
}

} // namespace blazedb::storage
