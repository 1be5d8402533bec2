// The newest committed state of one family, kept up to date by looking at what moved: only the new end of the log is read, only
// a replaced catalogue is parsed, and only a new page file is read anew. README.md says what is noticed how and when.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/guarded.h"
#include "engine/format28/family_snapshot.h"
#include "engine/format28/family_troubles.h"
#include "engine/format28/page_owners.h"
#include "engine/format28/trusted_catalogue.h"
#include "engine/format28/view_difference.h"
#include "engine/storage/change_ring.h"

namespace blazedb::format28 {

/// Borrows files, clock and counters; all outlive it. Any thread: one looks at a time, the others wait for what it finds.
class LiveView {
public:
    struct Origin {
        FileSystem& files;
        const Clock& clock;
        metrics::CounterSet& counters;
        FamilyPaths paths;
        std::shared_ptr<const SecureBytes> key;
        bool isInUse = false; ///< An app holds the lock.
    };
    struct State {
        std::shared_ptr<const FamilySnapshot> snapshot;
        std::shared_ptr<const std::string> layoutJson; ///< The catalogue's trusted content.
    };
    enum class Depth {
        Glance,   ///< For a reader: what log, catalogue and file stamps tell.
        Thorough, ///< For a follower: also page marks, when pages were written since the last time.
    };

    /// Pages that were zeroed are looked for at most this often, and for at most a twentieth of the time.
    static constexpr std::chrono::milliseconds kBetweenSweeps{400};

    explicit LiveView(Origin origin);

    /// The first state. Errors: Corruption, Unsupported, Io.
    Result<void> open();
    /// Looks at the files and answers the newest state that can be shown: the last good one while the files cannot be read.
    State look(Depth depth);
    [[nodiscard]] State current() const;
    [[nodiscard]] storage::StoreCondition condition() const;
    [[nodiscard]] storage::ChangeRing& changes() { return m_changes; }
    /// Between follow() and unfollow() somebody looks thoroughly and often.
    void follow() { ++m_followers; }
    void unfollow() { --m_followers; }
    /// True while a look soon may find more: stamps too young to be trusted, pages not yet swept, a trouble not yet told.
    [[nodiscard]] bool hasUnfinished() const;

private:
    /// What a look builds up before it is published.
    struct Look;
    struct Published {
        State state;
        storage::StoreCondition condition;
        bool isLooking = false;
        bool hasUnfinished = false;
    };

    void advance(Look& look);
    void followFile(Look& look);
    void followLog(Look& look);
    void takeLogEntries(Look& look, const std::vector<PageLogTail::Entry>& entries);
    std::vector<PageNumber> settleLog(Look& look) const;
    void followCatalogue(Look& look);
    void replace(Look& look);
    void sweep(Look& look);
    void sweepIfDue(Look& look, bool hasWrittenPages);
    void checkLength(Look& look);
    [[nodiscard]] PageNumber lastPage(const Catalogue& catalogue);
    void showCatalogue(Look& look, const TrustedCatalogue& trusted);
    void noteLogProblem(const char* problem, bool isTorn, std::uint64_t readBytes);
    void changeRow(Look& look, const model::Uuid& id, storage::RowChangeKind kind);
    void markRow(Look& look, std::size_t row);
    void publish(Look& look);
    void tellEvent(storage::StoreEventKind kind, model::FindingKind about, std::string message);
    [[nodiscard]] bool isFresh(const std::optional<FileStamp>& stamp) const;
    [[nodiscard]] bool isFollowed() const { return m_marks.has_value(); }

    const Origin m_origin;
    storage::ChangeRing m_changes;
    mutable Guarded<Published> m_published;
    std::condition_variable m_lookEnded;
    std::atomic<int> m_followers{0};

    // Touched only by the thread that looks.
    State m_state;
    PageLogTail m_tail;
    std::optional<std::vector<PageMark>> m_marks; ///< By catalogue position; since somebody follows.
    std::optional<PageOwners> m_owners;           ///< Of the shown catalogue, once it was needed.
    std::optional<PageNumber> m_lastPage;         ///< The highest first page of the shown catalogue, likewise.
    FamilyTroubles m_troubles;
    bool m_isLiving;
    bool m_isSweepDue = false;
    std::chrono::steady_clock::time_point m_sweptAt{};
    std::chrono::steady_clock::duration m_sweepCost{};
};

} // namespace blazedb::format28
