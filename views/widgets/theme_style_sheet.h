// How our widgets look beyond the palette: radii, paddings, frames. Only Theme uses it.
#pragma once

#include <QString>

#include "views/widgets/color_tokens.h"

namespace blazedb::views {

/// The application's style sheet for these colours. Views choose by the properties `textRole`, `buttonRole` and `surface`
/// (parts.h), never by colour. `fontPointSize` is the size of the application font.
QString themeStyleSheet(const ColorTable& colors, double fontPointSize, bool isHighContrast);

} // namespace blazedb::views
