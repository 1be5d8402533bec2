#include "engine/format28/page_owners.h"

#include <algorithm>

namespace blazedb::format28 {

PageOwners::PageOwners(const Catalogue& catalogue)
{
    m_owners.reserve(catalogue.pages.size());
    for (std::size_t row = 0; row < catalogue.entries.size(); ++row)
        for (const PageNumber page : catalogue.pagesOf(catalogue.entries[row])) m_owners.emplace_back(page, static_cast<std::uint32_t>(row));
    std::sort(m_owners.begin(), m_owners.end());
}

std::vector<std::size_t> PageOwners::of(PageNumber page) const
{
    std::vector<std::size_t> rows;
    for (auto owner = std::lower_bound(m_owners.begin(), m_owners.end(), std::pair{page, 0U}); owner != m_owners.end() && owner->first == page; ++owner)
        rows.push_back(owner->second);
    return rows;
}

} // namespace blazedb::format28
