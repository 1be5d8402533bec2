// A page that scrolls when the window is too low for it, instead of making the window grow.
#pragma once

#include <QString>

class QWidget;

namespace blazedb::views {

/// Fills `page`, which has no layout yet, with an area that scrolls; answers the widget to lay out. `objectName` is the area's.
QWidget* makeScrolled(QWidget* page, const QString& objectName);

} // namespace blazedb::views
