#include "views/monitor/measurement_text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "engine/codec/prometheus_text.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

QJsonValue jsonValue(const model::MetricValue& value)
{
    if (const auto* whole = std::get_if<std::uint64_t>(&value)) {
        if (*whole > static_cast<std::uint64_t>(INT64_MAX)) return QString::number(*whole);
        return static_cast<qint64>(*whole);
    }
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* text = std::get_if<std::string>(&value)) return toQString(*text);
    return QJsonValue::Null;
}

QString levelWord(api::HealthLevel level)
{
    switch (level) {
    case api::HealthLevel::Ok: return QStringLiteral("ok");
    case api::HealthLevel::Warning: return QStringLiteral("warning");
    case api::HealthLevel::Error: return QStringLiteral("error");
    }
    return {};
}

QJsonObject jsonHealth(const api::Health& health)
{
    QJsonArray reasons;
    for (const api::HealthReason& reason : health.reasons)
        reasons.append(QJsonObject{{QStringLiteral("level"), levelWord(reason.level)},
                                   {QStringLiteral("figure"), toQString(reason.figure)},
                                   {QStringLiteral("message"), toQString(reason.message)},
                                   {QStringLiteral("advice"), toQString(reason.advice)}});
    return {{QStringLiteral("level"), levelWord(health.level)}, {QStringLiteral("reasons"), reasons}};
}

} // namespace

QByteArray toMonitorJson(const api::SourceDescription& about, const api::Measurement& measurement)
{
    QJsonObject figures;
    for (const model::MetricSample& figure : measurement.figures) {
        QJsonObject entry{{QStringLiteral("unit"), toQString(figure.unit)}, {QStringLiteral("help"), toQString(figure.help)}};
        if (figure.isMeasured()) entry[QStringLiteral("value")] = jsonValue(figure.value);
        else entry[QStringLiteral("reason")] = toQString(figure.reason);
        if (!figure.detail.empty()) entry[QStringLiteral("detail")] = toQString(figure.detail);
        figures[toQString(figure.id)] = entry;
    }
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(measurement.at.time_since_epoch());
    const QJsonObject whole{{QStringLiteral("database"), toQString(about.name)},
                            {QStringLiteral("place"), toQString(about.place)},
                            {QStringLiteral("measuredAt"), QDateTime::fromMSecsSinceEpoch(sinceEpoch.count(), Qt::UTC).toString(Qt::ISODateWithMs)},
                            {QStringLiteral("health"), jsonHealth(measurement.health)},
                            {QStringLiteral("figures"), figures}};
    return QJsonDocument(whole).toJson();
}

QString toMonitorPrometheus(const api::SourceDescription& about, const api::Measurement& measurement)
{
    return toQString(codec::toPrometheusText({{{{"database", about.name}, {"place", about.place}}, measurement.figures}}));
}

} // namespace blazedb::views
