#include "engine/base/replaced_file.h"

#include <array>
#include <utility>

#include "engine/base/random.h"

namespace blazedb {

namespace {

std::string folderOfPath(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

} // namespace

ReplacedFile::ReplacedFile(FileSystem& files, std::string path, std::string temporary, std::unique_ptr<File> file)
    : m_files(files)
    , m_path(std::move(path))
    , m_temporary(std::move(temporary))
    , m_file(std::move(file))
{
}

ReplacedFile::~ReplacedFile()
{
    m_file.reset();
    // A leftover that cannot be removed is named by its suffix; there is nobody to tell.
    if (!m_isRenamed) static_cast<void>(m_files.remove(m_temporary));
}

Result<std::unique_ptr<ReplacedFile>> ReplacedFile::create(FileSystem& files, const std::string& path)
{
    if (const auto stamp = files.stamp(path); stamp && stamp->isFolder)
        return Error{ErrorCode::InvalidArgument, path + " is a folder: name a file to write to"};
    std::array<std::byte, 8> tag{};
    BLAZE_TRY(systemRandom().fill(tag));
    std::string temporary = path + ".part-";
    static constexpr char kTagDigits[] = "0123456789abcdef";
    for (const std::byte byte : tag) {
        temporary += kTagDigits[std::to_integer<unsigned>(byte >> 4)];
        temporary += kTagDigits[std::to_integer<unsigned>(byte & std::byte{0x0F})];
    }
    BLAZE_TRY_VALUE(auto file, files.createNew(temporary));
    return std::unique_ptr<ReplacedFile>(new ReplacedFile(files, path, std::move(temporary), std::move(file)));
}

Result<void> ReplacedFile::write(std::string_view text)
{
    BLAZE_TRY(m_file->writeAt(m_bytesWritten, asBytes(text)));
    m_bytesWritten += text.size();
    return {};
}

Result<void> ReplacedFile::finish()
{
    BLAZE_TRY(m_file->sync());
    BLAZE_TRY(m_files.rename(m_temporary, m_path));
    m_isRenamed = true;
    return m_files.syncFolder(folderOfPath(m_path));
}

} // namespace blazedb
