#include "app/visualizer/local_source_opener.h"

#include <utility>

#include "engine/base/folder_watcher.h"
#include "engine/base/random.h"
#include "engine/local/database_search.h"
#include "engine/local/rescue_job.h"

namespace blazedb::app {
namespace {

views::SourcePreview previewOf(local::FilePreview file)
{
    views::SourcePreview preview;
    preview.name = std::move(file.name);
    preview.place = std::move(file.path);
    preview.identity = std::move(file.identity);
    preview.format = std::move(file.format);
    preview.needsPassword = file.needsPassword;
    preview.totalBytes = file.totalBytes;
    preview.modifiedUnixMs = file.modifiedNs / 1'000'000;
    preview.parts = std::move(file.parts);
    preview.findings = std::move(file.findings);
    return preview;
}

} // namespace

LocalSourceOpener::LocalSourceOpener(FileSystem& files)
    : m_files(files)
    , m_opener(files)
{}

Result<views::SourcePreview> LocalSourceOpener::preview(const api::CallContext&, const std::string& place)
{
    BLAZE_TRY_VALUE(local::FilePreview file, m_opener.preview(place));
    return previewOf(std::move(file));
}

Result<std::unique_ptr<api::DataSource>> LocalSourceOpener::open(const api::CallContext& context, views::SourceRequest request)
{
    return m_opener.open(context, {std::move(request.place), std::move(request.password),
                                   request.isRescue ? local::OpenMode::Rescue : local::OpenMode::Observe});
}

Result<FileStamp> LocalSourceOpener::stamp(const std::string& place)
{
    return m_files.stamp(place);
}

bool LocalSourceOpener::isFar(const std::string& place)
{
    return isOnNetwork(place.substr(0, place.find_last_of('/') + 1));
}

Result<views::SearchOutcome> LocalSourceOpener::search(const api::CallContext& context, const views::SearchOrder& order, const FoundSink& found)
{
    local::SearchScope scope;
    scope.folders = order.folders;
    scope.depthMax = order.depthMax;
    scope.excludedNames = order.excludedNames;
    scope.excludedPaths = order.excludedPaths;
    scope.isTakingBackups = order.isTakingBackups;
    local::DatabaseSearch search(m_files);
    BLAZE_TRY_VALUE(local::SearchReport report, search.run(context, scope, [&found](local::FilePreview file) { found(previewOf(std::move(file))); }));
    views::SearchOutcome outcome{report.filesSeen, report.foldersSeen, report.databasesFound, {}, report.unreadableCount};
    for (local::UnreadableFolder& folder : report.unreadable) outcome.unreadable.push_back({std::move(folder.path), std::move(folder.reason)});
    return outcome;
}

Result<views::SaveOutcome> LocalSourceOpener::saveWhatIsLeft(const api::CallContext& context, api::DataSource& source, views::SaveOrder order)
{
    if (!order.mayReplace && m_files.stamp(order.to)) return Error{ErrorCode::AlreadyExists, "there is a file " + order.to};
    BLAZE_TRY_VALUE(local::RescueReport report, local::rescueInto(context, m_files, systemClock(), systemRandom(), source,
                                                                  {std::move(order.to), std::move(order.password)}));
    const std::uint64_t lost = report.lost();
    return views::SaveOutcome{report.isFamily, report.written, report.softDeleted, lost, std::move(report.findings)};
}

bool LocalSourceOpener::namesDatabase(const std::string& place) const
{
    return local::namesFamily(place);
}

std::vector<std::string> LocalSourceOpener::passwordProblems(std::string_view password) const
{
    return local::newPasswordProblems(password);
}

} // namespace blazedb::app
