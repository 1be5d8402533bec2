// From a page to the records that name it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/format28/catalogue.h"

namespace blazedb::format28 {

/// Immutable; any thread.
class PageOwners {
public:
    PageOwners() = default;
    explicit PageOwners(const Catalogue& catalogue);

    /// Positions in Catalogue::entries; more than one only in a damaged catalogue.
    [[nodiscard]] std::vector<std::size_t> of(PageNumber page) const;

private:
    std::vector<std::pair<PageNumber, std::uint32_t>> m_owners; ///< By page.
};

} // namespace blazedb::format28
