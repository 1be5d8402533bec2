#include "views/widgets/metric_text.h"

#include <chrono>
#include <cmath>

#include <QCoreApplication>
#include <QDateTime>

#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

namespace unit = model::metricunit;

QString trFigure(const char* text)
{
    return QCoreApplication::translate("blazedb::views::figures", text);
}

QDateTime timeOf(double unixSeconds)
{
    return QDateTime::fromMSecsSinceEpoch(std::llround(unixSeconds * 1000));
}

QString numberText(double number)
{
    // Means and the like: a decimal below a hundred says more than it costs.
    return QLocale().toString(number, 'f', std::fabs(number) < 100 && number != std::round(number) ? 1 : 0);
}

} // namespace

QString unmeasured()
{
    return QStringLiteral("—");
}

QString formatFigure(const model::MetricSample& figure)
{
    if (const auto* text = std::get_if<std::string>(&figure.value)) return toQString(*text);
    const auto number = figure.number();
    if (!number) return unmeasured();
    if (figure.unit == unit::kBytes) return formatBytes(static_cast<std::uint64_t>(std::llround(*number)));
    if (figure.unit == unit::kRatio) return formatShare(*number);
    if (figure.unit == unit::kTime) return formatDateTime(timeOf(*number));
    if (figure.unit == unit::kSeconds) return formatDuration(std::chrono::nanoseconds(std::llround(*number * 1e9)));
    if (const auto* whole = std::get_if<std::uint64_t>(&figure.value)) return formatCount(*whole);
    return numberText(*number);
}

QString explainFigure(const model::MetricSample& figure)
{
    QStringList lines;
    if (!figure.isMeasured()) {
        lines << trFigure("Not available here: %1").arg(toQString(figure.reason));
    } else if (figure.unit == unit::kTime) {
        lines << timeOf(*figure.number()).toUTC().toString(Qt::ISODateWithMs);
    } else if (const auto* whole = std::get_if<std::uint64_t>(&figure.value)) {
        const QString digits = formatCount(*whole);
        lines << (figure.unit == unit::kCount ? digits : digits + QLatin1Char(' ') + toQString(figure.unit));
    } else if (const auto number = figure.number()) {
        lines << formatDouble(*number) + QLatin1Char(' ') + toQString(figure.unit);
    }
    if (!figure.detail.empty()) lines << toQString(figure.detail);
    lines << toQString(figure.help);
    return lines.join(QLatin1Char('\n'));
}

QVariant figureVariant(const model::MetricSample& figure)
{
    if (const auto* whole = std::get_if<std::uint64_t>(&figure.value)) return QVariant::fromValue<qulonglong>(*whole);
    if (const auto* real = std::get_if<double>(&figure.value)) return *real;
    if (const auto* text = std::get_if<std::string>(&figure.value)) return toQString(*text);
    return {};
}

} // namespace blazedb::views
