// Opens what the window asks for: files of this machine, through the embedded engine.
#pragma once

#include "engine/base/file_system.h"
#include "engine/local/opener.h"
#include "views/shell/source_opener.h"

namespace blazedb::app {

/// Any thread; blocks.
class LocalSourceOpener final : public views::SourceOpener {
public:
    explicit LocalSourceOpener(FileSystem& files = localFileSystem()); ///< Borrows them.

    Result<views::SourcePreview> preview(const api::CallContext& context, const std::string& place) override;
    Result<std::unique_ptr<api::DataSource>> open(const api::CallContext& context, views::SourceRequest request) override;
    Result<FileStamp> stamp(const std::string& place) override;
    bool isFar(const std::string& place) override;
    Result<views::SearchOutcome> search(const api::CallContext& context, const views::SearchOrder& order, const FoundSink& found) override;
    Result<views::SaveOutcome> saveWhatIsLeft(const api::CallContext& context, api::DataSource& source, views::SaveOrder order) override;
    [[nodiscard]] bool namesDatabase(const std::string& place) const override;
    [[nodiscard]] std::vector<std::string> passwordProblems(std::string_view password) const override;

private:
    FileSystem& m_files;
    local::Opener m_opener;
};

} // namespace blazedb::app
