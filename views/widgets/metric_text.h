// Figures of a source as the window shows them. Any thread.
#pragma once

#include <QString>
#include <QVariant>

#include "engine/model/metric_sample.h"

namespace blazedb::views {

/// By its unit: "44.8 MB", "12 %", "3 min 20 s", "1,234"; "—" when it is not measured.
QString formatFigure(const model::MetricSample& figure);
/// The value with all digits and its unit, what it is, and more of the same; or why there is none. For a tool tip.
QString explainFigure(const model::MetricSample& figure);
/// Unrounded, for the property `value` and for files: a number or a text; invalid when it is not measured.
QVariant figureVariant(const model::MetricSample& figure);

/// What stands where a figure is not measured.
QString unmeasured();

} // namespace blazedb::views
