// The last changes of a store, in a bounded ring: who comes back soon hears what changed, who stayed away too long hears that
// much did.
#pragma once

#include <cstdint>
#include <deque>

#include "engine/base/guarded.h"
#include "engine/storage/row_changes.h"

namespace blazedb::storage {

/// Any thread.
class ChangeRing {
public:
    static constexpr std::size_t kChangesMax = 50'000; ///< About 2.5 MB; the oldest go first.
    static constexpr std::size_t kEventsMax = 256;

    /// The state `sequence` came to be by these changes; `merged` more were of rows named here. Sequences ascend.
    void add(std::uint64_t sequence, const std::vector<RowChange>& changes, std::uint64_t merged);
    /// The state `sequence` may differ from the one before in any row.
    void addUnknown(std::uint64_t sequence);
    /// The event gets its number here.
    void addEvent(StoreEvent event);

    /// Everything after the state `sequence` and the event `event`. At most `changesMax` rows are listed, the newest.
    /// A sequence above the newest one belongs to another run of the store: the answer is not complete.
    RowNews since(std::uint64_t sequence, std::uint64_t event, std::size_t changesMax);

private:
    struct State {
        std::deque<RowChange> changes;
        std::deque<StoreEvent> events;
        std::uint64_t newest = 0;
        std::uint64_t knownAfter = 0; ///< Changes are known for states after this one.
        std::uint64_t merged = 0;     ///< In all, ever.
        std::deque<std::pair<std::uint64_t, std::uint64_t>> mergedAt; ///< Sequence and `merged` up to it, for those in the ring.
        std::uint64_t lastEvent = 0;
    };

    Guarded<State> m_state;
};

} // namespace blazedb::storage
