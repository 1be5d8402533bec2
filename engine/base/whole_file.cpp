#include <array>
#include <filesystem>

#include "engine/base/file_system.h"
#include "engine/base/random.h"

namespace blazedb {

Result<Bytes> readWholeFile(FileSystem& files, const std::string& path, std::uint64_t maxBytes)
{
    BLAZE_TRY_VALUE(const auto file, files.openForReading(path));
    BLAZE_TRY_VALUE(const FileStamp stamp, file->stamp());
    if (stamp.isFolder) return Error{ErrorCode::InvalidArgument, path + " is a folder"};
    if (stamp.sizeBytes > maxBytes)
        return Error{ErrorCode::ResourceExhausted,
                     path + " has " + std::to_string(stamp.sizeBytes) + " bytes, at most " + std::to_string(maxBytes) + " are read"};
    Bytes bytes(stamp.sizeBytes);
    BLAZE_TRY_VALUE(const std::size_t got, file->readAt(0, bytes));
    bytes.resize(got); // it may have shrunk meanwhile
    return bytes;
}

namespace {

/// A name beside `path` that nobody else uses.
Result<std::string> temporaryNameFor(const std::string& path)
{
    std::array<std::byte, 8> random{};
    BLAZE_TRY(systemRandom().fill(random));
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string name = path + ".tmp-";
    for (const std::byte byte : random) {
        name += kDigits[std::to_integer<unsigned>(byte >> 4)];
        name += kDigits[std::to_integer<unsigned>(byte & std::byte{0x0F})];
    }
    return name;
}

} // namespace

Result<void> writeFileAtomically(FileSystem& files, const std::string& path, ByteView bytes)
{
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    BLAZE_TRY_VALUE(const std::string temporary, temporaryNameFor(path));

    const auto write = [&]() -> Result<void> {
        BLAZE_TRY_VALUE(const auto file, files.createNew(temporary));
        BLAZE_TRY(file->writeAt(0, bytes));
        BLAZE_TRY(file->sync());
        return files.rename(temporary, path);
    };
    if (auto outcome = write(); !outcome) {
        (void)files.remove(temporary); // the first error is the one to tell
        return std::move(outcome).error();
    }
    return files.syncFolder(folder.empty() ? "." : folder.string());
}

} // namespace blazedb
