// Which fields are columns, in which order: first as rows show them, then as the statistics of the collection say.
#pragma once

#include <QStringList>

#include "engine/api/records.h"
#include "engine/model/schema.h"

namespace blazedb::views {

/// `known` with the fields of `row` it lacks at the end; `id` always first.
QStringList withFieldsOf(QStringList known, const model::Record& record);

/// In the order of the statistics; fields that only `known` has follow.
QStringList orderedBy(const model::CollectionStatistics& statistics, const QStringList& known);

} // namespace blazedb::views
