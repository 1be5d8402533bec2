// The colour tables of look.md: one row per token, one column per theme.
#pragma once

#include <array>

#include <QColor>
#include <QPalette>

#include "views/widgets/theme.h"

namespace blazedb::views {

inline constexpr std::size_t kColorTokenCount = static_cast<std::size_t>(ColorToken::Production) + 1;
using ColorTable = std::array<QColor, kColorTokenCount>;

const ColorTable& lightColors();
const ColorTable& darkColors();
/// Base and text pure, lines are text, the accent is the highlight of `system` where it can be read, else the text.
ColorTable highContrastColors(const QPalette& system);

/// WCAG contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& left, const QColor& right);

} // namespace blazedb::views
