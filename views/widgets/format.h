// Numbers, sizes, dates and values as the window shows them (visualizer 5.3, 5.4), by the default QLocale. Any thread.
#pragma once

#include <chrono>
#include <cstdint>

#include <QDateTime>
#include <QLocale>
#include <QString>

#include "engine/model/schema.h"
#include "engine/model/value.h"

namespace blazedb::views {

enum class ZoneChoice { Local, Utc };

QString formatCount(std::uint64_t count);
QString formatCount(const model::Count& count);  ///< "12,431" or "about 1.2 M" or "unknown"
QString formatBytes(std::uint64_t bytes);        ///< decimal, three digits: "44.8 MB"
QString formatDuration(std::chrono::nanoseconds duration); ///< "850 µs", "12.4 ms", "3 min 20 s"
QString formatRate(double perSecond);            ///< "1,234/s"; below 1/s per minute or hour
QString formatShare(double share);               ///< of 1: "9.5 %", "42 %", "<0.1 %"
QString formatDate(model::Date date, ZoneChoice zone);     ///< with seconds; "seconds since 2001: 1e300" when outside a calendar
QString formatDateTime(const QDateTime& time);   ///< as formatDate, in the zone of `time`
/// ISO 8601 with milliseconds and zone, for tool tips, copies and files; as formatDate when outside a calendar.
QString formatIsoDate(model::Date date, ZoneChoice zone);
/// The instant in the zone; invalid when outside the years 1 to 9999.
QDateTime toDateTime(model::Date date, ZoneChoice zone);
QString formatDouble(double value);              ///< shortest that reads back the same: "0.1", "1.0", "1e300", "NaN", "∞", "-0.0"
QString kindName(model::ValueKind kind);         ///< translated
QString kindGlyph(model::ValueKind kind);        ///< "abc" "123" "1.5" "✓" "date" "id" "bin" "[ ]" "{ }" "vec" "null"
QString bytesKind(ByteView bytes);               ///< "PNG", "JPEG", … by signature; "bytes" when unknown

/// A value in one line for a cell, at most `charactersMax`; null, missing and empty are the delegate's work.
QString formatCell(const model::Value& value, ZoneChoice zone, int charactersMax = 300);

} // namespace blazedb::views
