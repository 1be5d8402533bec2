#include "engine/local/streamed_window.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "engine/local/record_decoding.h"
#include "engine/local/window_range.h"
#include "engine/query/stream.h"

namespace blazedb::local {

namespace {

/// So many matches may be passed over to reach a window.
constexpr std::uint64_t kMatchesPassedMax = 2'000;
/// So many rows may be read besides two for each row of the window; reading the whole result takes over then.
constexpr std::uint64_t kRowsBesides = 4'000;

/// Matches there probably are when `matches` were met in `rowsRead` of `rowsThere` rows.
std::uint64_t estimateMatches(std::uint64_t matches, std::uint64_t rowsRead, std::uint64_t rowsThere)
{
    if (rowsRead == 0) return rowsThere;
    const double share = static_cast<double>(matches) / static_cast<double>(rowsRead);
    const std::uint64_t ahead = rowsThere > rowsRead ? rowsThere - rowsRead : 0;
    return matches + static_cast<std::uint64_t>(std::llround(share * static_cast<double>(ahead)));
}

/// One walk over the stream, from a mark to the end of a window.
class WindowWalk {
public:
    WindowWalk(query::Stream& stream, const codec::RowForm& form, const StreamMark& mark, MatchRange range, RecordShape shape)
        : m_stream(stream)
        , m_form(form)
        , m_mark(mark)
        , m_range(range)
        , m_shape(std::move(shape))
    {}

    /// Errors: those of the stream, Corruption of a record that does not decode although it was accepted.
    Result<void> run(api::RecordWindow& window)
    {
        for (; m_mark.position < m_range.end; ++m_mark.position) {
            BLAZE_TRY_VALUE(const query::Row* row, m_stream.next());
            if (row == nullptr) {
                m_isAtEnd = !m_stream.isCutShort();
                m_isTooFar = m_stream.isCutShort();
                break;
            }
            m_lastKey = row->id.bytes;
            if (m_mark.position < m_range.begin) continue;
            BLAZE_TRY_VALUE(auto decoded, decodeRow(m_form, row->id, row->bytes, row->marks, m_shape));
            window.rows.push_back(std::move(decoded));
        }
        m_mark.rowsBefore += m_stream.rowsRead();
        if (m_lastKey) m_mark.from = storage::keyAfter(*m_lastKey);
        return {};
    }

    [[nodiscard]] bool isAtEnd() const { return m_isAtEnd; }
    [[nodiscard]] bool isTooFar() const { return m_isTooFar; }
    [[nodiscard]] const StreamMark& reached() const { return m_mark; }

private:
    query::Stream& m_stream;
    const codec::RowForm& m_form;
    StreamMark m_mark;
    const MatchRange m_range;
    const RecordShape m_shape;
    std::optional<storage::RowKey> m_lastKey;
    bool m_isAtEnd = false;
    bool m_isTooFar = false;
};

model::Count totalAt(Database& database, const ResultKey& key, const model::Query& query,
                     const StreamMark& reached, std::uint64_t rowsThere)
{
    using Certainty = model::Count::Certainty;
    if (const auto matching = database.streamMarks().matching(key))
        return {afterOffsetAndLimit(query, *matching), Certainty::Exact};
    if (reached.position >= endOfLimit(query))
        return {afterOffsetAndLimit(query, reached.position), Certainty::Exact};
    const std::uint64_t estimate = estimateMatches(reached.position, reached.rowsBefore, rowsThere);
    return {afterOffsetAndLimit(query, estimate), Certainty::Estimate};
}

} // namespace

Result<std::optional<api::RecordWindow>> streamWindow(Database& database, const SnapshotView& view,
                                                      const Deadline& deadline, const model::Query& query,
                                                      const api::Window& window)
{
    const ResultKey key(view.sequence(), query);
    const MatchRange range = matchRange(query, window);
    const StreamMark mark = database.streamMarks().nearest(key, range.begin);
    if (range.begin - mark.position > kMatchesPassedMax) return std::optional<api::RecordWindow>();

    const std::uint64_t rowsWanted = range.end - mark.position;
    const query::StreamOptions options{.order = storage::ScanOrder::Key,
                                       .from = mark.from,
                                       .rowsMax =
                                           addSaturated(addSaturated(rowsWanted, rowsWanted), kRowsBesides),
                                       .reading = view.reading};
    BLAZE_TRY_VALUE(const auto stream,
                    query::Stream::open(*view.records, query, options, deadline.forRun(std::nullopt),
                                        database.counters()));

    api::RecordWindow answer;
    answer.first = window.first;
    answer.sequence = view.sequence();
    WindowWalk walk(*stream, *view.reading.form, mark, range, {window.valueBytesMax, query.fields});
    BLAZE_TRY(walk.run(answer));
    if (walk.isTooFar()) return std::optional<api::RecordWindow>();

    if (walk.isAtEnd())
        database.streamMarks().setMatching(key, walk.reached().position);
    else if (walk.reached().from)
        database.streamMarks().add(key, walk.reached());
    answer.total = totalAt(database, key, query, walk.reached(), view.records->rowCount());
    answer.skipped = stream->takeSkipped();
    return std::optional(std::move(answer));
}

} // namespace blazedb::local
