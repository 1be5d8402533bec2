#include "engine/format28/family_watch.h"

#include <algorithm>

namespace blazedb::format28 {

namespace {

/// While something is not finished, the next look must not wait for the app's next write.
constexpr std::chrono::milliseconds kUnfinishedPause{50};

} // namespace

FamilyWatch::FamilyWatch(LiveView& view, std::unique_ptr<FolderWatch> folder)
    : m_view(view)
    , m_folder(std::move(folder))
{
    m_view.follow();
}

FamilyWatch::~FamilyWatch()
{
    m_view.unfollow();
}

bool FamilyWatch::wait(std::chrono::milliseconds atMost, const std::stop_token& stop)
{
    const bool isUnfinished = m_view.hasUnfinished();
    const bool mayHaveMoved = m_folder->wait(isUnfinished ? std::min(atMost, kUnfinishedPause) : atMost, stop);
    return (mayHaveMoved || isUnfinished) && !stop.stop_requested();
}

Result<void> FamilyWatch::look()
{
    m_view.look(LiveView::Depth::Thorough);
    return {};
}

} // namespace blazedb::format28
