// A copy of a source's records that is kept by what the source tells, as a view would: what it holds is what a view shows.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "engine/api/changes.h"
#include "engine/api/data_source.h"
#include "engine/api/records.h"
#include "tests/support/family_state.h"

namespace blazedb::tests {

/// sink() on any thread; the rest by one owner.
class FollowedCopy {
public:
    /// Borrows the source.
    explicit FollowedCopy(api::DataSource& source)
        : m_source(source)
    {
    }
    api::Changes::Sink sink();
    /// Takes over what was told until the copy is `expected`; the first difference left when the time is out.
    std::string differenceAfter(const FamilyState& expected, std::chrono::milliseconds atMost);
    /// While somebody damages the files a record may be told of and not be found: it is then asked for again later, as a view
    /// does when a source has recovered. Otherwise what is not found is gone for good.
    void setDisturbed(bool isDisturbed) { m_isDisturbed = isDisturbed; }
    [[nodiscard]] std::uint64_t changesTold() const { return m_changesTold; }

private:
    std::uint64_t takeOver();
    void readEverything();
    void readAgain(const model::Uuid& id);
    void put(const model::Record& record);

    api::DataSource& m_source;
    std::atomic<bool> m_isDisturbed{false};
    std::atomic<std::uint64_t> m_changesTold{0};
    // Touched by the owner alone.
    std::set<model::Uuid> m_unread; ///< Told of and could not be read then.
    FamilyState m_records;

    std::mutex m_mutex; ///< Guards the rest.
    std::condition_variable m_arrived;
    std::vector<model::Uuid> m_touched;
    bool m_isEverything = true;
    std::uint64_t m_batches = 0;
};

} // namespace blazedb::tests
