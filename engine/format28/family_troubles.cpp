#include "engine/format28/family_troubles.h"

#include <algorithm>
#include <utility>

namespace blazedb::format28 {

void FamilyTroubles::set(Place place, storage::StoreEventKind kind, model::Finding finding)
{
    const auto known = std::find_if(m_troubles.begin(), m_troubles.end(), [&](const Trouble& trouble) { return trouble.place == place; });
    if (known == m_troubles.end()) {
        m_troubles.push_back({place, kind, std::move(finding), m_clock.steadyNow()});
    } else if (known->kind != kind) {
        *known = {place, kind, std::move(finding), m_clock.steadyNow()};
    } else {
        known->finding = std::move(finding);
    }
}

void FamilyTroubles::clear(Place place)
{
    std::erase_if(m_troubles, [&](const Trouble& trouble) {
        if (trouble.place != place) return false;
        if (trouble.isTold)
            m_ended.push_back({0,
                               storage::StoreEventKind::Recovered,
                               {model::FindingSeverity::Remark, trouble.finding.kind, std::nullopt, std::nullopt, "over: " + trouble.finding.message, {}},
                               m_clock.now()});
        return true;
    });
}

std::vector<storage::StoreEvent> FamilyTroubles::takeDue()
{
    std::vector<storage::StoreEvent> due = std::exchange(m_ended, {});
    const auto now = m_clock.steadyNow();
    for (Trouble& trouble : m_troubles) {
        if (trouble.isTold || now - trouble.since < kTellAfter) continue;
        trouble.isTold = true;
        due.push_back({0, trouble.kind, trouble.finding, m_clock.now()});
    }
    return due;
}

bool FamilyTroubles::isWaiting() const
{
    return std::any_of(m_troubles.begin(), m_troubles.end(), [](const Trouble& trouble) { return !trouble.isTold; });
}

bool FamilyTroubles::isStale() const
{
    return has(Place::PageFile) || has(Place::Catalogue);
}

bool FamilyTroubles::has(Place place) const
{
    return std::any_of(m_troubles.begin(), m_troubles.end(), [&](const Trouble& trouble) { return trouble.place == place; });
}

std::vector<model::Finding> FamilyTroubles::findings() const
{
    std::vector<model::Finding> findings;
    for (const Trouble& trouble : m_troubles) findings.push_back(trouble.finding);
    return findings;
}

} // namespace blazedb::format28
