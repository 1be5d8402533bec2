// Bytes and values as the value panel writes them. Pure but for the tree, which is GUI thread only.
#pragma once

#include <cstdint>

#include <QString>

#include "engine/model/value.h"
#include "views/widgets/format.h"

class QTreeWidget;

namespace blazedb::views {

/// Sixteen bytes a line, with their offset in the value and their characters.
QString hexText(ByteView bytes, std::uint64_t offset);

/// Fills the tree with a value and what is in it; past 5,000 items it says so.
void fillValueTree(QTreeWidget* tree, const QString& name, const model::Value& value, ZoneChoice zone);

} // namespace blazedb::views
