// What changed on screen a moment ago: cells with another value, records that came, records that leave.
#pragma once

#include <chrono>
#include <unordered_map>
#include <unordered_set>
#include <string>
#include <vector>

#include "engine/model/record.h"

namespace blazedb::views {

enum class LiveMark { None, Changed, Inserted, Removed };

/// Names of the fields of two states of a record that are not the same.
std::vector<std::string> changedFields(const model::Record& before, const model::Record& after);

/// Thread-safety: none; one owner. Holds what is on screen, so it is bounded by it.
class LiveMarks {
public:
    using Clock = std::chrono::steady_clock;
    /// A mark stands for kHold and then fades for kFade; a record that leaves only fades.
    static constexpr std::chrono::milliseconds kHold{1'400};
    static constexpr std::chrono::milliseconds kFade{600};

    void markChanged(const model::Uuid& id, const std::vector<std::string>& fields, Clock::time_point now);
    void markInserted(const model::Uuid& id, Clock::time_point now);
    void markRemoved(const model::Uuid& id, Clock::time_point now);
    void clear() { m_marks.clear(); }

    [[nodiscard]] bool isEmpty() const { return m_marks.empty(); }
    [[nodiscard]] LiveMark of(const model::Uuid& id, const std::string& field) const;
    /// 1 while it stands, falling to 0 while it fades.
    [[nodiscard]] double strength(const model::Uuid& id, Clock::time_point now) const;
    /// Forgets marks that are over. Answers the records whose look changed since the last time.
    std::vector<model::Uuid> fade(Clock::time_point now);

private:
    struct Mark {
        LiveMark kind = LiveMark::None;
        std::unordered_set<std::string> fields; ///< Of Changed.
        Clock::time_point fadesAt;
    };
    std::unordered_map<model::Uuid, Mark, model::UuidHash> m_marks;
};

} // namespace blazedb::views
