#include "engine/query/scan.h"

#include <utility>

namespace blazedb::query {

using metrics::CounterSet;

Scan::Scan(std::unique_ptr<storage::RowCursor> cursor, RunWatch& watch, SkippedRecords& skipped,
           CounterSet& counters, Options options)
    : m_cursor(std::move(cursor))
    , m_watch(watch)
    , m_skipped(skipped)
    , m_counters(counters)
    , m_options(options)
    , m_reader(options.form->reader())
{}

Result<const Row*> Scan::next()
{
    storage::RowView view;
    for (;;) {
        if (m_rowsRead >= m_options.rowsMax) {
            m_isCutShort = true;
            return nullptr;
        }
        BLAZE_TRY_VALUE(const bool isThere, m_cursor->next(view));
        if (!isThere) return nullptr;
        ++m_rowsRead;
        BLAZE_TRY(m_watch.step());
        if (accept(view)) return &m_row;
    }
}

bool Scan::accept(const storage::RowView& view)
{
    CounterSet::add(m_counters.recordsRead);
    if (view.problem != nullptr) {
        skip(view, *view.problem);
        return false;
    }
    if (const auto opened = m_reader->open({view.key}, view.bytes); !opened) {
        skip(view, opened.error());
        return false;
    }
    m_row = Row{.id = {view.key},
                .marks = view.marks,
                .isSoftDeleted = false,
                .bytes = view.bytes,
                .fields = m_reader.get()};
    return true;
}

void Scan::skip(const storage::RowView& view, const Error& problem)
{
    if (!view.isGone) CounterSet::add(m_counters.recordsDamaged);
    m_skipped.add(unreadableRecord({view.key}, view.place, problem, view.isGone));
}

} // namespace blazedb::query
