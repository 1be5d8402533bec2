#include "views/data/live_marks.h"

#include <algorithm>

namespace blazedb::views {

std::vector<std::string> changedFields(const model::Record& before, const model::Record& after)
{
    std::vector<std::string> names;
    const auto isSame = [](const model::Field& left, const model::Field& right) {
        return left.wholeBytes == right.wholeBytes && left.value.isIdenticalTo(right.value);
    };
    for (const model::Field& field : after.fields) {
        const model::Field* const earlier = before.find(field.name);
        if (!earlier || !isSame(*earlier, field)) names.push_back(field.name);
    }
    for (const model::Field& field : before.fields) {
        if (!after.find(field.name)) names.push_back(field.name);
    }
    return names;
}

void LiveMarks::markChanged(const model::Uuid& id, const std::vector<std::string>& fields, Clock::time_point now)
{
    Mark& mark = m_marks[id];
    if (mark.kind == LiveMark::Inserted || mark.kind == LiveMark::Removed) return; // says more
    mark.kind = LiveMark::Changed;
    mark.fields.insert(fields.begin(), fields.end());
    mark.fadesAt = now + kHold;
}

void LiveMarks::markInserted(const model::Uuid& id, Clock::time_point now)
{
    m_marks[id] = {LiveMark::Inserted, {}, now + kHold};
}

void LiveMarks::markRemoved(const model::Uuid& id, Clock::time_point now)
{
    Mark& mark = m_marks[id];
    if (mark.kind == LiveMark::Removed) return;
    mark = {LiveMark::Removed, {}, now};
}

LiveMark LiveMarks::of(const model::Uuid& id, const std::string& field) const
{
    const auto mark = m_marks.find(id);
    if (mark == m_marks.end()) return LiveMark::None;
    const bool isMarked = mark->second.kind != LiveMark::Changed || mark->second.fields.contains(field);
    return isMarked ? mark->second.kind : LiveMark::None;
}

double LiveMarks::strength(const model::Uuid& id, Clock::time_point now) const
{
    const auto mark = m_marks.find(id);
    if (mark == m_marks.end()) return 0;
    const std::chrono::duration<double> fading = now - mark->second.fadesAt;
    return std::clamp(1.0 - fading / std::chrono::duration<double>(kFade), 0.0, 1.0);
}

std::vector<model::Uuid> LiveMarks::fade(Clock::time_point now)
{
    std::vector<model::Uuid> faded;
    for (auto mark = m_marks.begin(); mark != m_marks.end();) {
        if (mark->second.fadesAt < now) faded.push_back(mark->first);
        // A record that leaves is marked until it is gone, however long that takes.
        if (mark->second.fadesAt + kFade * (mark->second.kind == LiveMark::Removed ? 5 : 1) < now) mark = m_marks.erase(mark);
        else ++mark;
    }
    return faded;
}

} // namespace blazedb::views
