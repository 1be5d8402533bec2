// How well a typed text fits a title: letters in order, not necessarily together. Any thread.
#pragma once

#include <optional>

#include <QStringView>

namespace blazedb::views {

/// Higher is better; nullopt when a letter is missing. Case is ignored. Beginnings of words and runs of letters count more,
/// so "gt" finds "Go To" before "Background Tasks"; an empty `typed` fits everything alike.
std::optional<int> fuzzyScore(QStringView typed, QStringView title);

} // namespace blazedb::views
