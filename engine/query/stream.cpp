#include "engine/query/stream.h"

#include <utility>

#include "engine/query/filter.h"
#include "engine/query/visibility.h"

namespace blazedb::query {

Stream::Stream(RunLimits limits)
    : m_watch(std::move(limits))
{}

Result<std::unique_ptr<Stream>> Stream::open(const storage::RowTree& tree, const model::Query& query,
                                             StreamOptions options, RunLimits limits,
                                             metrics::CounterSet& counters)
{
    BLAZE_TRY_VALUE(auto predicate, model::Predicate::compile(query.filter));
    std::stop_token stop = limits.stop;
    std::unique_ptr<Stream> stream(new Stream(std::move(limits)));
    BLAZE_TRY(stream->m_watch.look());
    BLAZE_TRY_VALUE(auto cursor, tree.scan(options.order, options.from, std::move(stop)));
    auto scan = std::make_unique<Scan>(std::move(cursor), stream->m_watch, stream->m_skipped, counters,
                                       Scan::Options{options.rowsMax, options.reading.form});
    stream->m_scan = scan.get();
    const std::string& kind = options.reading.isOneCollection ? model::kDefaultCollection : query.collection;
    stream->m_top = std::make_unique<Visibility>(std::move(scan), kind, query.deleted);
    if (!query.filter.isAll())
        stream->m_top = std::make_unique<Filter>(std::move(stream->m_top), std::move(predicate));
    return stream;
}

} // namespace blazedb::query
