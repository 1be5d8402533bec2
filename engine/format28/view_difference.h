// Which records differ between two views of a family, found by their page marks and, where these only say that a page was
// sealed anew, by the records' bytes.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/format28/catalogue.h"
#include "engine/format28/page_source.h"
#include "engine/storage/row_changes.h"

namespace blazedb::format28 {

/// The mark of a record: its main page's; without one kZeroPage if any of its pages is zero, or what its first page shows.
/// Errors: Io.
Result<PageMark> recordMark(const PageSource& pages, std::span<const PageNumber> listed);

/// By position in Catalogue::entries. Errors: Io.
Result<std::vector<PageMark>> recordMarks(const PageSource& pages, const Catalogue& catalogue);

struct MarkedView {
    const PageSource& pages;
    const Catalogue& catalogue;
    const std::vector<PageMark>& marks; ///< As they were when the view was made.
};

struct RowDifference {
    std::vector<std::pair<model::Uuid, storage::RowChangeKind>> rows;
    bool isComplete = true; ///< Otherwise too many pages differ to compare their records.
};

/// Records whose marks differ, by catalogue and marks alone.
RowDifference compareMarks(const MarkedView& before, const MarkedView& after);

/// So many records are compared by content at most: about a second.
inline constexpr std::size_t kRecordsComparedMax = 50'000;

/// The same, less those whose bytes are equal in both: another page file with the same records is no change. Bytes are compared
/// only where the page of `before` still is what its mark says. Errors: Io.
Result<RowDifference> compareContents(const MarkedView& before, const MarkedView& after, ByteView key);

} // namespace blazedb::format28
