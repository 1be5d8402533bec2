#include "app/visualizer/local_source_opener.h"

#include <utility>

namespace blazedb::app {

Result<views::SourcePreview> LocalSourceOpener::preview(const api::CallContext&, const std::string& place)
{
    BLAZE_TRY_VALUE(local::FilePreview file, m_opener.preview(place));
    views::SourcePreview preview;
    preview.name = std::move(file.name);
    preview.place = std::move(file.path);
    preview.format = std::move(file.format);
    preview.totalBytes = file.totalBytes;
    preview.modifiedUnixMs = file.modifiedNs / 1'000'000;
    preview.findings = std::move(file.findings);
    return preview;
}

Result<std::unique_ptr<api::DataSource>> LocalSourceOpener::open(const api::CallContext& context, views::SourceRequest request)
{
    return m_opener.open(context, {std::move(request.place), std::move(request.password),
                                   request.isRescue ? local::OpenMode::Rescue : local::OpenMode::Observe});
}

} // namespace blazedb::app
