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

// A byte each, so that ValueForms is read in one go.
enum class ZoneChoice : std::uint8_t { Local, Utc };
enum class SizeUnits : std::uint8_t { Decimal, Binary }; ///< kB = 1,000 bytes, or KiB = 1,024 bytes.
enum class DateForm : std::uint8_t { AsSystem, Iso };    ///< As the default QLocale writes it, or 2026-11-25 14:03:12.

/// How values are written where QLocale leaves the choice to a program. One for the whole program, as the default QLocale is.
struct ValueForms {
    SizeUnits sizes = SizeUnits::Decimal;
    DateForm dates = DateForm::AsSystem;
    ZoneChoice zone = ZoneChoice::Local; ///< Of times that a view gives no zone for.
    bool groupsDigits = false;           ///< Of integers in cells; counts are always grouped.

    friend bool operator==(const ValueForms&, const ValueForms&) = default;
};

[[nodiscard]] ValueForms valueForms();
/// What is on screen already stays as it is: ViewPreferences changes the forms and tells the views.
void setValueForms(const ValueForms& forms);

QString formatCount(std::uint64_t count);
QString formatCount(const model::Count& count);  ///< "12,431" or "about 1.2 M" or "unknown"
QString formatBytes(std::uint64_t bytes);        ///< three digits, by ValueForms::sizes: "44.8 MB" or "42.7 MiB"
QString formatDuration(std::chrono::nanoseconds duration); ///< "850 µs", "12.4 ms", "3 min 20 s"
QString formatRate(double perSecond);            ///< "1,234/s"; below 1/s per minute or hour
QString formatShare(double share);               ///< of 1: "9.5 %", "42 %", "<0.1 %"
QString formatDate(model::Date date, ZoneChoice zone);     ///< with seconds; "seconds since 2001: 1e300" when outside a calendar
QString formatDateTime(const QDateTime& time);   ///< as formatDate, in ValueForms::zone; UTC is named
/// ISO 8601 with milliseconds and zone, for tool tips, copies and files; as formatDate when outside a calendar.
QString formatIsoDate(model::Date date, ZoneChoice zone);
/// The instant in the zone; invalid when outside the years 1 to 9999.
QDateTime toDateTime(model::Date date, ZoneChoice zone);
QString formatClock(const QDateTime& time);      ///< hours, minutes and seconds, in ValueForms::zone; UTC is named
QString formatInteger(std::int64_t value);       ///< all digits, grouped if ValueForms::groupsDigits
QString formatDouble(double value);              ///< shortest that reads back the same: "0.1", "1.0", "1e300", "NaN", "∞", "-0.0"
QString kindName(model::ValueKind kind);         ///< translated
QString kindGlyph(model::ValueKind kind);        ///< "abc" "123" "1.5" "✓" "date" "id" "bin" "[ ]" "{ }" "vec" "null"
QString bytesKind(ByteView bytes);               ///< "PNG", "JPEG", … by signature; "bytes" when unknown

/// A value in one line for a cell, at most `charactersMax`; null, missing and empty are the delegate's work.
QString formatCell(const model::Value& value, ZoneChoice zone, int charactersMax = 300);

} // namespace blazedb::views
