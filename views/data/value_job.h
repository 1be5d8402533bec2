// One value taken whole by a worker: into a file, or as a picture of it. The window never holds it.
#pragma once

#include <QImage>
#include <QString>

#include "engine/api/records.h"

namespace blazedb::views {

/// Writes texts and bytes as they are, other kinds as typed JSON; the file appears whole or not at all. Returns the bytes written.
/// Errors: those of Records::readValue, ResourceExhausted, PermissionDenied, Io.
Result<std::uint64_t> saveValue(api::Records& records, const api::CallContext& context, const api::ValueRef& value, const QString& path);

/// Values larger than this are not decoded as images.
inline constexpr std::uint64_t kImageBytesMax = 32ULL * 1024 * 1024;

struct ValueImage {
    QImage image; ///< At most 1,024 pixels a side.
    QSize size;   ///< Of the original.
};

/// Errors: those of Records::readValue; Unsupported when it is no image, ResourceExhausted when it is too large.
Result<ValueImage> readImage(api::Records& records, const api::CallContext& context, const api::ValueRef& value);

} // namespace blazedb::views
