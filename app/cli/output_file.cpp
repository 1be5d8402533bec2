#include "app/cli/output_file.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <unistd.h>

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

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

class ReplacedFile final : public OutputFile {
public:
    ReplacedFile(FileSystem& files, std::string path, std::string temporary, std::unique_ptr<File> file)
        : m_files(files)
        , m_path(std::move(path))
        , m_temporary(std::move(temporary))
        , m_file(std::move(file))
    {}
    ~ReplacedFile() override
    {
        m_file.reset();
        // A leftover that cannot be removed is named by its suffix; there is nobody to tell.
        if (!m_isFinished) static_cast<void>(m_files.remove(m_temporary));
    }

    Result<void> write(std::string_view text) override
    {
        BLAZE_TRY(m_file->writeAt(m_offset, asBytes(text)));
        m_offset += text.size();
        return {};
    }

    Result<void> finish() override
    {
        BLAZE_TRY(m_file->sync());
        BLAZE_TRY(m_files.rename(m_temporary, m_path));
        m_isFinished = true;
        return m_files.syncFolder(folderOf(m_path));
    }

private:
    FileSystem& m_files;
    std::string m_path;
    std::string m_temporary;
    std::unique_ptr<File> m_file;
    std::uint64_t m_offset = 0;
    bool m_isFinished = false;
};

} // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::create(FileSystem& files, const std::string& path)
{
    if (path.empty()) return std::unique_ptr<OutputFile>(std::make_unique<StandardOutput>());
    if (const auto stamp = files.stamp(path); stamp && stamp->isFolder)
        return Error{ErrorCode::InvalidArgument, path + " is a folder: name a file to write to"};
    std::string temporary = fmt::format("{}.{}.part", path, ::getpid());
    BLAZE_TRY_VALUE(auto file, files.createNew(temporary));
    return std::unique_ptr<OutputFile>(std::make_unique<ReplacedFile>(files, path, std::move(temporary), std::move(file)));
}

} // namespace blazedb::cli
