#include "views/data/value_job.h"

#include <QBuffer>
#include <QImageReader>
#include <QSaveFile>

#include "views/data/file_error.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::uint64_t kPartBytes = 1024 * 1024;
constexpr int kImageSideMax = 1024;

/// Hands every part to `take`, in order.
template <typename Take>
Result<std::uint64_t> readParts(api::Records& records, const api::CallContext& context, const api::ValueRef& value, std::uint64_t bytesMax, Take take)
{
    api::CallContext quiet = context;
    quiet.onProgress = nullptr;
    for (std::uint64_t done = 0;;) {
        if (context.stop.stop_requested()) return api::cancelled();
        BLAZE_TRY_VALUE(const api::ValuePart part, records.readValue(quiet, value, {done, kPartBytes}));
        if (part.wholeBytes > bytesMax) return Error{ErrorCode::ResourceExhausted, "the value has " + std::to_string(part.wholeBytes) + " bytes"};
        BLAZE_TRY(take(part));
        done += part.bytes.size();
        if (context.onProgress) context.onProgress({done, part.wholeBytes, "bytes"});
        if (done >= part.wholeBytes || part.bytes.empty()) return done;
    }
}

} // namespace

Result<std::uint64_t> saveValue(api::Records& records, const api::CallContext& context, const api::ValueRef& value, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return writeError(file);
    BLAZE_TRY_VALUE(const std::uint64_t written, readParts(records, context, value, UINT64_MAX, [&file](const api::ValuePart& part) -> Result<void> {
        const auto size = static_cast<qint64>(part.bytes.size());
        if (file.write(reinterpret_cast<const char*>(part.bytes.data()), size) != size) return writeError(file);
        return {};
    }));
    if (!file.commit()) return writeError(file);
    return written;
}

Result<ValueImage> readImage(api::Records& records, const api::CallContext& context, const api::ValueRef& value)
{
    QByteArray bytes;
    BLAZE_TRY(readParts(records, context, value, kImageBytesMax, [&bytes](const api::ValuePart& part) -> Result<void> {
        bytes.append(reinterpret_cast<const char*>(part.bytes.data()), static_cast<qsizetype>(part.bytes.size()));
        return {};
    }));
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    ValueImage answer;
    answer.size = reader.size();
    if (answer.size.width() > kImageSideMax || answer.size.height() > kImageSideMax)
        reader.setScaledSize(answer.size.scaled(kImageSideMax, kImageSideMax, Qt::KeepAspectRatio));
    // Qt's own limit (128 MB of pixels) stands between a small file and a huge picture.
    answer.image = reader.read();
    if (answer.image.isNull()) return Error{ErrorCode::Unsupported, "this value is not an image that can be shown: " + toUtf8(reader.errorString())};
    return answer;
}

} // namespace blazedb::views
