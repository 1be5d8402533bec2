// A measurement as text to take away. Pure.
#pragma once

#include <vector>

#include <QByteArray>
#include <QString>

#include "engine/api/data_source.h"
#include "engine/api/monitor.h"

namespace blazedb::views {

/// One JSON object: `database`, `place`, `measuredAt` (ISO 8601, UTC), `health` with its reasons, and `figures`, each with value,
/// unit and help, or the reason instead of a value. Keys sorted; whole numbers beyond 2^63 are texts.
QByteArray toMonitorJson(const api::SourceDescription& about, const api::Measurement& measurement);

/// The exposition format of Prometheus; the labels are `database` and `place`.
QString toMonitorPrometheus(const api::SourceDescription& about, const api::Measurement& measurement);

} // namespace blazedb::views
