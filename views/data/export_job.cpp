#include "views/data/export_job.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <QFileInfo>
#include <QSaveFile>

#include "views/data/file_error.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::uint64_t kRowsAStep = 500;
constexpr std::size_t kBufferBytes = 256 * 1024;
constexpr std::uint64_t kPreviewRecords = 5;
constexpr std::size_t kPreviewBytes = 4096;

using Sink = std::function<Result<void>(std::string& text)>;

/// Rows on their way into a text: what is full goes to the sink, and how far that came is told.
class RowTaker {
public:
    RowTaker(const api::CallContext& context, const TakeRequest& request, const Sink& flush)
        : m_context(context)
        , m_total(request.recordsTotal)
        , m_text(request.form, request.columns)
        , m_flush(flush)
    {
        m_text.begin(m_buffer);
    }
    Result<void> add(const api::RecordRow& row)
    {
        m_text.append(m_buffer, row.record);
        ++m_taken.records;
        if (m_buffer.size() > kBufferBytes) BLAZE_TRY(m_flush(m_buffer));
        if (m_context.onProgress && m_taken.records % kRowsAStep == 0) m_context.onProgress({m_taken.records, m_total, "records"});
        return {};
    }
    void skip(const std::vector<model::Finding>& findings) { m_taken.skipped.insert(m_taken.skipped.end(), findings.begin(), findings.end()); }
    Result<TakenRecords> finish()
    {
        m_text.end(m_buffer);
        BLAZE_TRY(m_flush(m_buffer));
        if (m_context.onProgress) m_context.onProgress({m_taken.records, m_total, "records"});
        return std::move(m_taken);
    }

private:
    const api::CallContext& m_context;
    std::optional<std::uint64_t> m_total;
    RecordText m_text;
    const Sink& m_flush;
    std::string m_buffer;
    TakenRecords m_taken;
};

/// The part of a result as a query of its own.
model::Query partOf(model::Query query, const RowRange& range)
{
    if (query.limit) query.limit = *query.limit - std::min(*query.limit, range.first);
    if (range.count != UINT64_MAX) query.limit = std::min(query.limit.value_or(UINT64_MAX), range.count);
    query.offset += range.first;
    return query;
}

Result<TakenRecords> takeRecords(api::Records& records, const api::CallContext& context, const TakeRequest& request, std::uint64_t valueBytesMax, const Sink& flush)
{
    RowTaker taker(context, request, flush);
    api::CallContext quiet = context;
    quiet.onProgress = nullptr;
    // One range is one scan: of one state, and not stopped by an app that goes on writing.
    if (request.rows.size() == 1) {
        BLAZE_TRY_VALUE(const api::ScanSummary summary, records.scan(quiet, partOf(request.query, request.rows.front()), {valueBytesMax},
                                                                     [&taker](const api::RecordRow& row) { return taker.add(row); }));
        taker.skip(summary.skipped);
        return taker.finish();
    }
    for (const RowRange& range : request.rows) {
        for (std::uint64_t done = 0; done < range.count;) {
            api::Window window;
            window.first = range.first + done;
            window.count = std::min(kRowsAStep, range.count - done);
            window.valueBytesMax = valueBytesMax;
            BLAZE_TRY_VALUE(const api::RecordWindow answer, records.query(quiet, request.query, window));
            for (const api::RecordRow& row : answer.rows) BLAZE_TRY(taker.add(row));
            taker.skip(answer.skipped);
            done += answer.rows.size();
            if (answer.rows.size() < window.count) break;
        }
    }
    return taker.finish();
}

} // namespace

Result<TakenRecords> exportToFile(api::Records& records, const api::CallContext& context, const TakeRequest& request, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return writeError(file);
    BLAZE_TRY_VALUE(TakenRecords taken, takeRecords(records, context, request, api::kWholeValues, [&file](std::string& text) -> Result<void> {
        if (file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size())) return writeError(file);
        text.clear();
        return {};
    }));
    if (!file.commit()) return writeError(file);
    return taken;
}

Result<ExportPreview> previewExport(api::Records& records, const api::CallContext& context, const TakeRequest& request, const QString& path)
{
    ExportPreview preview;
    preview.isThere = !path.isEmpty() && QFileInfo(path).isFile();
    TakeRequest first = request;
    std::uint64_t left = kPreviewRecords;
    for (RowRange& range : first.rows) {
        range.count = std::min(range.count, left);
        left -= range.count;
    }
    std::erase_if(first.rows, [](const RowRange& range) { return range.count == 0; });
    // Cut values do for a look; whole ones may be of any size.
    std::string all;
    BLAZE_TRY(takeRecords(records, context, first, kPreviewBytes, [&all](std::string& text) -> Result<void> {
        all += text;
        text.clear();
        return {};
    }));
    const bool isLong = all.size() > kPreviewBytes;
    preview.text = toQString(std::string_view(all).substr(0, kPreviewBytes));
    if (isLong) preview.text += QChar(0x2026);
    return preview;
}

Result<QString> copyAsText(api::Records& records, const api::CallContext& context, const TakeRequest& request, std::size_t bytesMax)
{
    std::string all;
    BLAZE_TRY(takeRecords(records, context, request, api::kWholeValues, [&](std::string& text) -> Result<void> {
        if (all.size() + text.size() > bytesMax)
            return Error{ErrorCode::ResourceExhausted, "this is too much for the clipboard; export it to a file"};
        all += text;
        text.clear();
        return {};
    }));
    return toQString(all);
}

} // namespace blazedb::views
