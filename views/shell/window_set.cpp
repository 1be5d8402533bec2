#include "views/shell/window_set.h"

#include <utility>

namespace blazedb::views {

WindowSet::WindowSet(ShellParts given)
    : parts(std::move(given))
    , places(parts.opener, jobs, parts.state)
    , marks(parts.state)
    , found(parts.opener, jobs)
    , activity(parts.theme)
    , jobLog(parts.logger)
{
    activity.follow(jobs, {});
    jobLog.follow(jobs, {});
}

} // namespace blazedb::views
