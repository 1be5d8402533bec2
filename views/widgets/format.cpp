#include "views/widgets/format.h"

#include <array>
#include <atomic>
#include <cmath>

#include <QCoreApplication>

namespace blazedb::views {
namespace {

/// The rest of the default QLocale, which is as global: what any thread writes for a person depends on both.
std::atomic<ValueForms> sharedForms{ValueForms{}};
static_assert(std::atomic<ValueForms>::is_always_lock_free);

QString trFormat(const char* text)
{
    return QCoreApplication::translate("blazedb::views::format", text);
}

QString withUnit(const QString& figure, const QString& unit)
{
    return figure + QLatin1Char(' ') + unit;
}

/// `value` of at least 1 with three significant digits; decimals only below 100.
QString threeDigits(double value)
{
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals);
}

/// The nearest number with two significant digits.
double twoDigits(double value)
{
    if (value < 100) return std::round(value);
    const double step = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::round(value / step) * step;
}

QString trimmedNumber(double value)
{
    return QLocale().toString(value, 'f', value < 10 && std::fabs(value - std::round(value)) > 0.04 ? 1 : 0);
}

QString estimate(std::uint64_t count)
{
    const double rounded = twoDigits(static_cast<double>(count));
    if (rounded >= 1e9) return withUnit(trimmedNumber(rounded / 1e9), trFormat("G"));
    if (rounded >= 1e6) return withUnit(trimmedNumber(rounded / 1e6), trFormat("M"));
    return QLocale().toString(rounded, 'f', 0);
}

QString twoParts(std::int64_t large, const char* largeUnit, std::int64_t small, const char* smallUnit)
{
    const QString first = withUnit(QLocale().toString(static_cast<qlonglong>(large)), trFormat(largeUnit));
    if (small == 0) return first;
    return first + QLatin1Char(' ') + withUnit(QLocale().toString(static_cast<qlonglong>(small)), trFormat(smallUnit));
}

QString longDuration(std::chrono::nanoseconds duration)
{
    const auto seconds = std::chrono::round<std::chrono::seconds>(duration).count();
    if (seconds < 3600) return twoParts(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 86'400) return twoParts(seconds / 3600, "h", seconds % 3600 / 60, "min");
    return twoParts(seconds / 86'400, "d", seconds % 86'400 / 3600, "h");
}

/// As it stands in its own zone.
QString dateTimeText(const QDateTime& time)
{
    const QLocale locale;
    if (valueForms().dates == DateForm::Iso) return locale.toString(time, QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    QString day = locale.dateFormat(QLocale::ShortFormat);
    if (!day.contains(QLatin1String("yyyy"))) day.replace(QLatin1String("yy"), QLatin1String("yyyy"));
    QString clock = locale.timeFormat(QLocale::ShortFormat);
    if (!clock.contains(QLatin1Char('s'))) clock.replace(QLatin1String("mm"), QLatin1String("mm:ss"));
    return locale.toString(time, day + QLatin1Char(' ') + clock);
}

} // namespace

ValueForms valueForms()
{
    return sharedForms.load(std::memory_order_relaxed);
}

void setValueForms(const ValueForms& forms)
{
    sharedForms.store(forms, std::memory_order_relaxed);
}

QString formatCount(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString formatCount(const model::Count& count)
{
    switch (count.certainty) {
    case model::Count::Certainty::Exact: return formatCount(count.value);
    case model::Count::Certainty::Estimate: return trFormat("about %1").arg(estimate(count.value));
    case model::Count::Certainty::Unknown: break;
    }
    return trFormat("unknown");
}

QString formatBytes(std::uint64_t bytes)
{
    const bool isBinary = valueForms().sizes == SizeUnits::Binary;
    const std::uint64_t step = isBinary ? 1024 : 1000;
    if (bytes < step) return withUnit(formatCount(bytes), trFormat("B"));
    static constexpr std::array kDecimal{"kB", "MB", "GB", "TB", "PB", "EB"};
    static constexpr std::array kBinary{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = static_cast<double>(bytes) / static_cast<double>(step);
    std::size_t unit = 0;
    // The figure of a step less a half would read as the step itself.
    for (; value >= static_cast<double>(step) - 0.5 && unit + 1 < kDecimal.size(); ++unit) value /= static_cast<double>(step);
    return withUnit(threeDigits(value), trFormat(isBinary ? kBinary[unit] : kDecimal[unit]));
}

QString formatDuration(std::chrono::nanoseconds duration)
{
    const double ns = std::fabs(static_cast<double>(duration.count()));
    const QString sign = duration.count() < 0 ? QLocale().negativeSign() : QString();
    if (ns < 999.5) return sign + withUnit(QLocale().toString(ns, 'f', 0), trFormat("ns"));
    if (ns < 999.5e3) return sign + withUnit(threeDigits(ns / 1e3), trFormat("µs"));
    if (ns < 999.5e6) return sign + withUnit(threeDigits(ns / 1e6), trFormat("ms"));
    if (ns < 59.95e9) return sign + withUnit(threeDigits(ns / 1e9), trFormat("s"));
    return sign + longDuration(std::chrono::nanoseconds(static_cast<std::int64_t>(ns)));
}

QString formatRate(double perSecond)
{
    const auto figure = [](double value) { return value < 9.95 ? trimmedNumber(value) : QLocale().toString(std::round(value), 'f', 0); };
    if (perSecond == 0) return trFormat("0/s");
    if (perSecond >= 1) return trFormat("%1/s").arg(figure(perSecond));
    if (perSecond * 60 >= 1) return trFormat("%1/min").arg(figure(perSecond * 60));
    return trFormat("%1/h").arg(figure(perSecond * 3600));
}

QString formatShare(double share)
{
    const double percent = share * 100;
    if (percent != 0 && percent < 0.1) return trFormat("<%1 %").arg(QLocale().toString(0.1, 'f', 1));
    return withUnit(QLocale().toString(percent, 'f', percent < 9.95 ? 1 : 0), QStringLiteral("%"));
}

QDateTime toDateTime(model::Date date, ZoneChoice zone)
{
    constexpr double kFirst = -62'135'596'800.0; // 0001-01-01T00:00:00Z
    constexpr double kEnd = 253'402'300'800.0;   // 10000-01-01T00:00:00Z
    const double unixSeconds = date.seconds + model::Date::kUnixSecondsAtReference;
    if (!(unixSeconds >= kFirst && unixSeconds < kEnd)) return {}; // also NaN
    const auto ms = static_cast<qint64>(std::floor(unixSeconds * 1000));
    return QDateTime::fromMSecsSinceEpoch(ms, zone == ZoneChoice::Utc ? Qt::UTC : Qt::LocalTime);
}

QString formatDateTime(const QDateTime& time)
{
    const bool isUtc = valueForms().zone == ZoneChoice::Utc;
    const QString text = dateTimeText(isUtc ? time.toUTC() : time.toLocalTime());
    return isUtc ? trFormat("%1 UTC").arg(text) : text;
}

QString formatClock(const QDateTime& time)
{
    const bool isUtc = valueForms().zone == ZoneChoice::Utc;
    const QString text = QLocale().toString((isUtc ? time.toUTC() : time.toLocalTime()).time(), QStringLiteral("HH:mm:ss"));
    return isUtc ? trFormat("%1 UTC").arg(text) : text;
}

QString formatInteger(std::int64_t value)
{
    return valueForms().groupsDigits ? QLocale().toString(static_cast<qlonglong>(value)) : QString::number(value);
}

QString formatDate(model::Date date, ZoneChoice zone)
{
    const QDateTime time = toDateTime(date, zone);
    if (time.isValid()) return dateTimeText(time);
    return trFormat("seconds since 2001: %1").arg(QString::number(date.seconds, 'g', QLocale::FloatingPointShortest));
}

QString formatIsoDate(model::Date date, ZoneChoice zone)
{
    const QDateTime time = toDateTime(date, zone);
    if (!time.isValid()) return formatDate(date, zone);
    // With its offset spelled out: a local time without one names no instant.
    const QDateTime spelled = zone == ZoneChoice::Utc ? time : time.toOffsetFromUtc(time.offsetFromUtc());
    return spelled.toString(Qt::ISODateWithMs);
}

QString formatDouble(double value)
{
    if (std::isnan(value)) return QStringLiteral("NaN");
    const QLocale locale;
    if (std::isinf(value)) return (value < 0 ? locale.negativeSign() : QString()) + QChar(0x221E);
    QLocale plain(locale);
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    QString text = plain.toString(value, 'g', QLocale::FloatingPointShortest);
    if (value == 0 && std::signbit(value)) text = plain.negativeSign() + plain.zeroDigit();
    // A double that is whole still looks like a double.
    if (!text.contains(plain.decimalPoint()) && !text.contains(plain.exponential(), Qt::CaseInsensitive))
        text += plain.decimalPoint() + plain.zeroDigit();
    return text;
}

QString kindName(model::ValueKind kind)
{
    switch (kind) {
    case model::ValueKind::Null: return trFormat("null");
    case model::ValueKind::Bool: return trFormat("bool");
    case model::ValueKind::Integer: return trFormat("integer");
    case model::ValueKind::Double: return trFormat("double");
    case model::ValueKind::Date: return trFormat("date");
    case model::ValueKind::Text: return trFormat("text");
    case model::ValueKind::Uuid: return trFormat("UUID");
    case model::ValueKind::Data: return trFormat("bytes");
    case model::ValueKind::Array: return trFormat("array");
    case model::ValueKind::Vector: return trFormat("vector");
    case model::ValueKind::Dictionary: return trFormat("dictionary");
    }
    return {};
}

QString kindGlyph(model::ValueKind kind)
{
    switch (kind) {
    case model::ValueKind::Null: return QStringLiteral("null");
    case model::ValueKind::Bool: return QStringLiteral("✓");
    case model::ValueKind::Integer: return QStringLiteral("123");
    case model::ValueKind::Double: return QStringLiteral("1.5");
    case model::ValueKind::Date: return QStringLiteral("date");
    case model::ValueKind::Text: return QStringLiteral("abc");
    case model::ValueKind::Uuid: return QStringLiteral("id");
    case model::ValueKind::Data: return QStringLiteral("bin");
    case model::ValueKind::Array: return QStringLiteral("[ ]");
    case model::ValueKind::Vector: return QStringLiteral("vec");
    case model::ValueKind::Dictionary: return QStringLiteral("{ }");
    }
    return {};
}

QString bytesKind(ByteView bytes)
{
    struct Signature {
        std::string_view start;
        const char* name;
    };
    static constexpr std::array<Signature, 11> kSignatures{{
        {"\x89PNG\r\n\x1a\n", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF87a", "GIF"}, {"GIF89a", "GIF"},
        {"%PDF-", "PDF"}, {"PK\x03\x04", "ZIP"}, {"\x1f\x8b", "gzip"}, {"bplist00", "plist"},
        {"SQLite format 3", "SQLite"}, {"II*", "TIFF"}, {"BZh", "bzip2"},
    }};
    const std::string_view text = asText(bytes);
    for (const Signature& signature : kSignatures) {
        if (text.starts_with(signature.start)) return QString::fromLatin1(signature.name);
    }
    if (text.size() >= 12 && text.starts_with("RIFF") && text.substr(8, 4) == "WEBP") return QStringLiteral("WebP");
    return trFormat("bytes");
}

} // namespace blazedb::views
