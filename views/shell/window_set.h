// What all windows of the program share, and the list of them.
#pragma once

#include <vector>

#include <QPoint>

#include "views/session/job_runner.h"
#include "views/shell/activity_model.h"
#include "views/shell/found_sources.h"
#include "views/shell/job_log.h"
#include "views/shell/place_list.h"
#include "views/shell/shell_parts.h"
#include "views/shell/source_marks.h"

namespace blazedb::views {

class MainWindow;

/// GUI thread only. The first window makes it; further ones are made by their commands and share it. One registry serves all:
/// a command runs in the window that is active.
struct WindowSet {
    explicit WindowSet(ShellParts given);

    ShellParts parts;
    JobRunner jobs; ///< For work that belongs to no database.
    PlaceList places;
    SourceMarks marks;
    FoundSources found;
    ActivityModel activity;
    JobLog jobLog;
    MainWindow* first = nullptr;      ///< Owns the others.
    std::vector<MainWindow*> windows; ///< The one that was active last at the end; the first one also while it is hidden.
    int made = 0;                     ///< How many were made so far.
    bool isRestored = false; ///< Before that nothing is saved, so that a failed start keeps the last layout.
    bool isQuitting = false; ///< All windows close; the list of the next start is written.
};

} // namespace blazedb::views
