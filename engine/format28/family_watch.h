// Waits for an app to write to a family, and looks.
#pragma once

#include <memory>

#include "engine/base/folder_watcher.h"
#include "engine/format28/live_view.h"
#include "engine/storage/row_watch.h"

namespace blazedb::format28 {

/// Borrows the view. Thread-safety: none; one owner.
class FamilyWatch final : public storage::RowWatch {
public:
    FamilyWatch(LiveView& view, std::unique_ptr<FolderWatch> folder);
    ~FamilyWatch() override;

    bool wait(std::chrono::milliseconds atMost, const std::stop_token& stop) override;
    Result<void> look() override;

private:
    LiveView& m_view;
    std::unique_ptr<FolderWatch> m_folder;
};

} // namespace blazedb::format28
