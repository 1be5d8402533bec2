#include "views/data/export_job.h"

#include <algorithm>
#include <functional>

#include <QSaveFile>

#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::uint64_t kRowsAStep = 500;
constexpr std::size_t kBufferBytes = 256 * 1024;

using Sink = std::function<Result<void>(std::string& text)>;

Result<TakenRecords> takeRecords(api::Records& records, const api::CallContext& context, const TakeRequest& request, const Sink& flush)
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
            window.valueBytesMax = api::kWholeValues;
            BLAZE_TRY_VALUE(const api::RecordWindow answer, records.query(quiet, request.query, window));
            for (const api::RecordRow& row : answer.rows) text.append(buffer, row.record);
            taken.records += answer.rows.size();
            taken.skipped.insert(taken.skipped.end(), answer.skipped.begin(), answer.skipped.end());
            if (buffer.size() > kBufferBytes) BLAZE_TRY(flush(buffer));
            if (context.onProgress) context.onProgress({taken.records, std::nullopt, "records"});
            done += answer.rows.size();
            if (answer.rows.size() < window.count) break;
        }
    }
    text.end(buffer);
    BLAZE_TRY(flush(buffer));
    return taken;
}

Error fileError(const QSaveFile& file)
{
    const ErrorCode code = file.error() == QFileDevice::ResourceError ? ErrorCode::ResourceExhausted
                           : file.error() == QFileDevice::PermissionsError ? ErrorCode::PermissionDenied
                                                                            : ErrorCode::Io;
    return {code, toUtf8(file.fileName()) + " could not be written: " + toUtf8(file.errorString())};
}

} // namespace

Result<TakenRecords> exportToFile(api::Records& records, const api::CallContext& context, const TakeRequest& request, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return fileError(file);
    BLAZE_TRY_VALUE(TakenRecords taken, takeRecords(records, context, request, [&file](std::string& text) -> Result<void> {
        if (file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size())) return fileError(file);
        text.clear();
        return {};
    }));
    if (!file.commit()) return fileError(file);
    return taken;
}

Result<QString> copyAsText(api::Records& records, const api::CallContext& context, const TakeRequest& request, std::size_t bytesMax)
{
    std::string all;
    BLAZE_TRY(takeRecords(records, context, request, [&](std::string& text) -> Result<void> {
        if (all.size() + text.size() > bytesMax)
            return Error{ErrorCode::ResourceExhausted, "this is too much for the clipboard; export it to a file"};
        all += text;
        text.clear();
        return {};
    }));
    return toQString(all);
}

} // namespace blazedb::views
