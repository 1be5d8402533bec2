// A picture of the window once it has come to rest.
#pragma once

#include <functional>

#include <QObject>

namespace blazedb::views {
class MainWindow;
}

namespace blazedb::app {

/// Waits until nothing runs for a moment, at most half a minute, then saves; `done` hears whether that worked.
/// Lives as a child of the window. GUI thread only.
void saveWhenCalm(views::MainWindow& window, const QString& path, std::function<void(bool)> done);

} // namespace blazedb::app
