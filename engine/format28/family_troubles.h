// What keeps a family's files from being followed right now, and for how long. A state that lasts only an instant, as between
// the two halves of a copy, is not told.
#pragma once

#include <chrono>
#include <vector>

#include "engine/base/clock.h"
#include "engine/storage/row_changes.h"

namespace blazedb::format28 {

/// Thread-safety: none; LiveView serialises the calls.
class FamilyTroubles {
public:
    /// A trouble is told when it is older than this.
    static constexpr std::chrono::milliseconds kTellAfter{250};

    enum class Place { PageFile, PageFileLength, Catalogue, Log };

    explicit FamilyTroubles(const Clock& clock)
        : m_clock(clock)
    {
    }

    /// The trouble at this place now; the same one again changes nothing.
    void set(Place place, storage::StoreEventKind kind, model::Finding finding);
    void clear(Place place);

    /// Events that became due: troubles old enough, and their ends.
    std::vector<storage::StoreEvent> takeDue();
    /// True while a trouble waits to be old enough.
    [[nodiscard]] bool isWaiting() const;
    /// The page file or the catalogue cannot be had.
    [[nodiscard]] bool isStale() const;
    [[nodiscard]] bool has(Place place) const;
    [[nodiscard]] std::vector<model::Finding> findings() const;

private:
    struct Trouble {
        Place place;
        storage::StoreEventKind kind;
        model::Finding finding;
        std::chrono::steady_clock::time_point since;
        bool isTold = false;
    };

    const Clock& m_clock;
    std::vector<Trouble> m_troubles;
    std::vector<storage::StoreEvent> m_ended;
};

} // namespace blazedb::format28
