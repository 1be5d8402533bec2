#include "engine/local/record_scan.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "engine/local/record_decoding.h"
#include "engine/local/record_lookup.h"
#include "engine/local/window_range.h"
#include "engine/query/skipped_records.h"
#include "engine/query/stream.h"

namespace blazedb::local {

namespace {

model::Finding movedOn()
{
    return {model::FindingSeverity::Remark, model::FindingKind::FileChanged, std::nullopt, std::nullopt,
            "the app changed the database while it was read; each record is as it was when its turn came", {}};
}

/// What was left out, each once.
class Notes {
public:
    void add(model::Finding finding)
    {
        if (m_told.insert(finding.message).second) m_findings.push_back(std::move(finding));
    }
    void addAll(std::vector<model::Finding> findings)
    {
        for (model::Finding& finding : findings)
            add(std::move(finding));
    }
    std::vector<model::Finding> take() { return std::move(m_findings); }

private:
    std::vector<model::Finding> m_findings;
    std::unordered_set<std::string> m_told;
};

/// One scan by id over as many states as it takes. Thread-safety: none; one owner.
class ScanById {
public:
    explicit ScanById(const ScanCall& call)
        : m_call(call)
        , m_progress(call.context, call.database.clock())
    {}

    Result<api::ScanSummary> run()
    {
        for (int attempt = 1; !m_isAtEnd; ++attempt) {
            const std::uint64_t passedBefore = m_passed;
            const auto outcome = continueInNewestState();
            if (outcome) break;
            if (outcome.error().code != ErrorCode::Conflict || m_isRefused) return outcome.error();
            if (m_passed > passedBefore) attempt = 1;
            if (attempt >= kSnapshotAttemptsMax)
                return Error{ErrorCode::Unavailable, "the database keeps changing while it is read: " + outcome.error().message};
            m_notes.add(movedOn());
            metrics::CounterSet::add(m_call.database.counters().retries);
        }
        m_summary.skipped = m_notes.take();
        return std::move(m_summary);
    }

private:
    Result<void> continueInNewestState()
    {
        BLAZE_TRY(m_call.deadline.check());
        BLAZE_TRY_VALUE(SnapshotView newest, takeSnapshot(m_call.database));
        BLAZE_TRY_VALUE(const SnapshotView view, forQuery(m_call.database, std::move(newest), m_call.query));
        m_summary.sequence = view.sequence();
        const query::StreamOptions options{.order = storage::ScanOrder::Key, .from = m_from, .reading = view.reading};
        query::RunLimits limits = m_call.deadline.forRun(std::nullopt);
        limits.onProgress = [this, rowsBefore = m_rowsRead, rowsThere = view.records->rowCount()](std::uint64_t rows) {
            m_progress.tell({rowsBefore + rows, std::max(rowsThere, rowsBefore + rows), "records"});
        };
        BLAZE_TRY_VALUE(const auto stream, query::Stream::open(*view.records, m_call.query, options, std::move(limits), m_call.database.counters()));
        const auto outcome = drain(*stream, *view.reading.form);
        m_rowsRead += stream->rowsRead();
        m_notes.addAll(stream->takeSkipped());
        return outcome;
    }

    Result<void> drain(query::Stream& stream, const codec::RowForm& form)
    {
        const RecordShape shape{m_call.options.valueBytesMax, m_call.query.fields};
        const std::uint64_t end = endOfLimit(m_call.query);
        while (m_passed < end && !m_isAtEnd) {
            BLAZE_TRY_VALUE(const query::Row* row, stream.next());
            if (row == nullptr) break;
            if (m_passed >= m_call.query.offset) {
                BLAZE_TRY_VALUE(const auto decoded, decodeRow(form, row->id, row->bytes, row->marks, shape));
                BLAZE_TRY(handOn(decoded));
            }
            ++m_passed;
            m_from = storage::keyAfter(row->id.bytes);
            m_isAtEnd = !m_from;
        }
        m_isAtEnd = true;
        return {};
    }

    Result<void> handOn(const api::RecordRow& row)
    {
        auto taken = m_call.sink(row);
        m_isRefused = !taken;
        if (taken) ++m_summary.rows;
        return taken;
    }

    const ScanCall& m_call;
    ProgressTeller m_progress;
    Notes m_notes;
    api::ScanSummary m_summary;
    std::optional<storage::RowKey> m_from;
    std::uint64_t m_passed = 0; ///< Matches, those before the offset included.
    std::uint64_t m_rowsRead = 0;
    bool m_isAtEnd = false;
    bool m_isRefused = false; ///< The sink wants no more: its error is the answer, whatever its code.
};

/// Whether another state may have the record although this one does not.
bool mayBeElsewhere(ErrorCode code)
{
    return code == ErrorCode::NotFound || code == ErrorCode::Corruption || code == ErrorCode::Conflict;
}

} // namespace

Result<api::ScanSummary> scanById(const ScanCall& call)
{
    return ScanById(call).run();
}

Result<api::ScanSummary> scanInOrder(const ScanCall& call, SnapshotView view, const query::ResultKeys& result)
{
    Notes notes;
    notes.addAll(result.skipped);
    const RecordShape shape{call.options.valueBytesMax, call.query.fields};
    ProgressTeller progress(call.context, call.database.clock());
    api::ScanSummary summary;
    const std::uint64_t end = std::min<std::uint64_t>(endOfLimit(call.query), result.ids.size());
    for (std::uint64_t position = call.query.offset; position < end; ++position) {
        BLAZE_TRY(call.deadline.check());
        const model::Uuid& id = result.ids[position];
        auto row = lookUpRecord(call.database, view, id, shape);
        if (!row && mayBeElsewhere(row.error().code)) {
            notes.add(movedOn());
            BLAZE_TRY_VALUE(SnapshotView newest, takeSnapshot(call.database));
            BLAZE_TRY_VALUE(view, forQuery(call.database, std::move(newest), call.query));
            row = lookUpRecord(call.database, view, id, shape);
        }
        if (row) {
            BLAZE_TRY(call.sink(**row));
            ++summary.rows;
        } else if (mayBeElsewhere(row.error().code) || row.error().code == ErrorCode::Unsupported) {
            notes.add(query::unreadableRecord(id, std::nullopt, row.error(), row.error().code == ErrorCode::NotFound));
        } else {
            return row.error();
        }
        progress.tell({position + 1 - call.query.offset, end - call.query.offset, "records"});
    }
    summary.sequence = view.sequence();
    summary.skipped = notes.take();
    return summary;
}

} // namespace blazedb::local
