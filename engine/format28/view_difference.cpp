#include "engine/format28/view_difference.h"

#include <algorithm>

#include "engine/format28/record_assembler.h"

namespace blazedb::format28 {

using storage::RowChangeKind;

Result<PageMark> recordMark(const PageSource& pages, std::span<const PageNumber> listed)
{
    PageMark first = kNoPage;
    bool hasZero = false;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        BLAZE_TRY_VALUE(const PageMark mark, pages.mark(listed[i]));
        if (isMainMark(mark)) return mark;
        if (i == 0) first = mark;
        hasZero = hasZero || mark == kZeroPage;
    }
    return hasZero ? kZeroPage : first;
}

Result<std::vector<PageMark>> recordMarks(const PageSource& pages, const Catalogue& catalogue)
{
    std::vector<PageMark> marks;
    marks.reserve(catalogue.entries.size());
    for (const CatalogueEntry& entry : catalogue.entries) {
        BLAZE_TRY_VALUE(const PageMark mark, recordMark(pages, catalogue.pagesOf(entry)));
        marks.push_back(mark);
    }
    return marks;
}

RowDifference compareMarks(const MarkedView& before, const MarkedView& after)
{
    RowDifference difference;
    const auto& old = before.catalogue.entries;
    const auto& now = after.catalogue.entries;
    // A record whose page is zero is as good as absent; its catalogue entry comes or goes later.
    const auto removed = [&](std::size_t row) {
        if (before.marks[row] != kZeroPage) difference.rows.emplace_back(old[row].id, RowChangeKind::Removed);
    };
    const auto inserted = [&](std::size_t row) {
        if (after.marks[row] != kZeroPage) difference.rows.emplace_back(now[row].id, RowChangeKind::Inserted);
    };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old.size() || j < now.size()) {
        if (j == now.size() || (i < old.size() && old[i].id < now[j].id)) {
            removed(i++);
        } else if (i == old.size() || now[j].id < old[i].id) {
            inserted(j++);
        } else {
            if (before.marks[i] != after.marks[j]) {
                if (before.marks[i] == kZeroPage) inserted(j);
                else if (after.marks[j] == kZeroPage) removed(i);
                else difference.rows.emplace_back(now[j].id, RowChangeKind::Updated);
            }
            ++i;
            ++j;
        }
    }
    return difference;
}

namespace {

/// Whether a record has the same bytes in both views. Thread-safety: none; one owner.
class ContentComparison {
public:
    ContentComparison(const MarkedView& before, const MarkedView& after, ByteView key)
        : m_before(before)
        , m_after(after)
        , m_old(before.pages, key, false)
        , m_new(after.pages, key, false)
    {
    }

    Result<bool> isSame(const model::Uuid& id)
    {
        const CatalogueEntry* old = m_before.catalogue.find(id);
        const CatalogueEntry* now = m_after.catalogue.find(id);
        if (old == nullptr || now == nullptr) return false;
        const auto row = static_cast<std::size_t>(old - m_before.catalogue.entries.data());
        BLAZE_TRY_VALUE(const PageMark mark, recordMark(m_before.pages, m_before.catalogue.pagesOf(*old)));
        if (mark != m_before.marks[row]) return false;
        AssembledRecord record;
        BLAZE_TRY_VALUE(const bool wasWhole, m_old.assemble(m_before.catalogue.pagesOf(*old), id, record));
        if (!wasWhole) return false;
        m_bytes.assign(record.bytes.begin(), record.bytes.end());
        BLAZE_TRY_VALUE(const bool isWhole, m_new.assemble(m_after.catalogue.pagesOf(*now), id, record));
        return isWhole && std::equal(m_bytes.begin(), m_bytes.end(), record.bytes.begin(), record.bytes.end());
    }

private:
    const MarkedView& m_before;
    const MarkedView& m_after;
    RecordAssembler m_old;
    RecordAssembler m_new;
    Bytes m_bytes;
};

} // namespace

Result<RowDifference> compareContents(const MarkedView& before, const MarkedView& after, ByteView key)
{
    RowDifference difference = compareMarks(before, after);
    const auto isUpdate = [](const auto& row) { return row.second == RowChangeKind::Updated; };
    const auto updates = static_cast<std::size_t>(std::count_if(difference.rows.begin(), difference.rows.end(), isUpdate));
    if (updates > kRecordsComparedMax) {
        difference.isComplete = false;
        return difference;
    }
    ContentComparison comparison(before, after, key);
    std::vector<std::pair<model::Uuid, RowChangeKind>> changed;
    for (const auto& row : difference.rows) {
        if (isUpdate(row)) {
            BLAZE_TRY_VALUE(const bool isSame, comparison.isSame(row.first));
            if (isSame) continue;
        }
        changed.push_back(row);
    }
    difference.rows = std::move(changed);
    return difference;
}

} // namespace blazedb::format28
