#include "engine/format28/family_files.h"

namespace blazedb::format28 {

namespace {

std::optional<FileStamp> stampOrNothing(FileSystem& files, const std::string& path)
{
    if (path.empty()) return std::nullopt;
    const auto stamp = files.stamp(path);
    return stamp ? std::optional(*stamp) : std::nullopt;
}

} // namespace

FamilyStamps stampFamily(FileSystem& files, const FamilyPaths& paths, const CommittedFiles& committed)
{
    return {stampOrNothing(files, paths.folder), stampOrNothing(files, committed.pages), stampOrNothing(files, committed.catalogue),
            stampOrNothing(files, committed.log)};
}

Result<std::shared_ptr<const PageSource>> openPages(FileSystem& files, const CommittedFiles& committed)
{
    BLAZE_TRY_VALUE(auto pages, files.openForReading(committed.pages));
    std::shared_ptr<const File> logFile;
    PageLog log;
    if (!committed.log.empty()) {
        auto opened = files.openForReading(committed.log);
        if (!opened && opened.error().code != ErrorCode::NotFound) return std::move(opened).error();
        if (opened) {
            logFile = *std::move(opened);
            BLAZE_TRY_VALUE(log, readPageLog(*logFile));
        }
    }
    return std::shared_ptr<const PageSource>(
        std::make_shared<PageSource>(std::shared_ptr<const File>(std::move(pages)), std::move(logFile), std::move(log)));
}

std::vector<model::Finding> logFindings(const PageSource& pages, const std::string& logName)
{
    const PageLog& log = pages.log();
    std::vector<model::Finding> findings;
    if (log.problem != nullptr)
        findings.push_back({log.isTorn ? model::FindingSeverity::Remark : model::FindingSeverity::Damage, model::FindingKind::LogUnreadable, std::nullopt, std::nullopt,
                            "the log " + logName + " could not be read from byte " + std::to_string(log.readableBytes) + " on: " + log.problem,
                            "What was written last before the app stopped may be missing."});
    if (log.entries > 0)
        findings.push_back({model::FindingSeverity::Remark, model::FindingKind::LogApplied, std::nullopt, std::nullopt,
                            std::to_string(log.entries) + " page images in the log " + logName + " are shown in place of the pages",
                            "The app writes them into the page file when it opens the database next."});
    return findings;
}

} // namespace blazedb::format28
