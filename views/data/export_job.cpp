#include "views/data/export_job.h"

#include <algorithm>
#include <functional>

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

Result<TakenRecords> takeRecords(api::Records& records, const api::CallContext& context, const TakeRequest& request, std::uint64_t valueBytesMax, const Sink& flush)
{
    TakenRecords taken;
    RecordText text(request.form, request.columns);
    std::string buffer;
    text.begin(buffer);
    api::CallContext quiet = context;
    quiet.onProgress = nullptr;
    for (const RowRange& range : request.rows) {
        for (std::uint64_t done = 0; done < range.count;) {
            api::Window window;
            window.first = range.first + done;
            window.count = std::min(kRowsAStep, range.count - done);
            window.valueBytesMax = valueBytesMax;
            BLAZE_TRY_VALUE(const api::RecordWindow answer, records.query(quiet, request.query, window));
            for (const api::RecordRow& row : answer.rows) text.append(buffer, row.record);
            taken.records += answer.rows.size();
            taken.skipped.insert(taken.skipped.end(), answer.skipped.begin(), answer.skipped.end());
            if (buffer.size() > kBufferBytes) BLAZE_TRY(flush(buffer));
            if (context.onProgress) context.onProgress({taken.records, request.recordsTotal, "records"});
            done += answer.rows.size();
            if (answer.rows.size() < window.count) break;
        }
    }
    text.end(buffer);
    BLAZE_TRY(flush(buffer));
    return taken;
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
