// The one Theme of a test program with a window.
#pragma once

#include <QApplication>

#include "views/widgets/theme.h"

namespace blazedb::tests {

/// GUI thread only; made by the program's main().
inline views::Theme& theTheme()
{
    return *qobject_cast<views::Theme*>(qApp->property("theme").value<QObject*>());
}

} // namespace blazedb::tests
