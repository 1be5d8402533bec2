#include "app/cli/output_file.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <unistd.h>

#include "engine/base/replaced_file.h"

namespace blazedb::cli {

namespace {

Result<void> writeToStandardOutput(std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const ErrorCode code = errno == ENOSPC ? ErrorCode::ResourceExhausted : ErrorCode::Io;
            return Error{code, fmt::format("standard output could not be written: {}", std::strerror(errno))};
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

class StandardOutput final : public OutputFile {
public:
    Result<void> write(std::string_view text) override { return writeToStandardOutput(text); }
    Result<void> finish() override { return {}; }
};

class WholeFile final : public OutputFile {
public:
    explicit WholeFile(std::unique_ptr<ReplacedFile> file)
        : m_file(std::move(file))
    {}
    Result<void> write(std::string_view text) override { return m_file->write(text); }
    Result<void> finish() override { return m_file->finish(); }

private:
    std::unique_ptr<ReplacedFile> m_file;
};

} // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::create(FileSystem& files, const std::string& path)
{
    if (path.empty()) return std::unique_ptr<OutputFile>(std::make_unique<StandardOutput>());
    BLAZE_TRY_VALUE(auto file, ReplacedFile::create(files, path));
    return std::unique_ptr<OutputFile>(std::make_unique<WholeFile>(std::move(file)));
}

} // namespace blazedb::cli
