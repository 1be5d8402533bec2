// A disk that fails from one of its changes on: no space, or a crash after which nothing is tidied up.
#pragma once

#include <memory>

#include "engine/base/file_system.h"

namespace blazedb::tests {

/// The disk fails from a write on: everything that changes it counts.
class FailingFiles final : public FileSystem {
public:
    explicit FailingFiles(int changesLeft) : m_left(std::make_shared<int>(changesLeft)) {}
    [[nodiscard]] bool hasFailed() const { return *m_left < 0; }

    Result<std::unique_ptr<File>> openForReading(const std::string& path) override { return m_disk.openForReading(path); }
    Result<std::unique_ptr<File>> createNew(const std::string& path) override
    {
        BLAZE_TRY(spend());
        BLAZE_TRY_VALUE(auto file, m_disk.createNew(path));
        return std::unique_ptr<File>(std::make_unique<FailingFile>(std::move(file), m_left));
    }
    Result<FileStamp> stamp(const std::string& path) override { return m_disk.stamp(path); }
    Result<std::vector<std::string>> list(const std::string& folder) override { return m_disk.list(folder); }
    Result<void> rename(const std::string& from, const std::string& to) override
    {
        BLAZE_TRY(spend());
        return m_disk.rename(from, to);
    }
    // A crash would not remove anything either.
    Result<void> remove(const std::string& path) override { return hasFailed() && isCrash ? full() : m_disk.remove(path); }
    Result<void> syncFolder(const std::string& folder) override
    {
        BLAZE_TRY(spend());
        return m_disk.syncFolder(folder);
    }
    Result<void> makeFolders(const std::string& folder) override { return m_disk.makeFolders(folder); }
    Result<std::string> absolute(const std::string& path) override { return m_disk.absolute(path); }

    bool isCrash = false;

private:
    static Error full() { return {ErrorCode::ResourceExhausted, "no space is left"}; }
    Result<void> spend()
    {
        if (--*m_left < 0) return full();
        return {};
    }

    class FailingFile final : public File {
    public:
        FailingFile(std::unique_ptr<File> file, std::shared_ptr<int> left) : m_file(std::move(file)), m_left(std::move(left)) {}
        Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override { return m_file->readAt(offset, into); }
        Result<FileStamp> stamp() const override { return m_file->stamp(); }
        Result<void> writeAt(std::uint64_t offset, ByteView bytes) override
        {
            if (--*m_left < 0) {
                // Half of it reaches the disk.
                static_cast<void>(m_file->writeAt(offset, bytes.first(bytes.size() / 2)));
                return full();
            }
            return m_file->writeAt(offset, bytes);
        }
        Result<void> truncate(std::uint64_t sizeBytes) override { return m_file->truncate(sizeBytes); }
        Result<void> sync() override
        {
            if (--*m_left < 0) return full();
            return m_file->sync();
        }

    private:
        std::unique_ptr<File> m_file;
        std::shared_ptr<int> m_left;
    };

    FileSystem& m_disk = localFileSystem();
    std::shared_ptr<int> m_left;
};

} // namespace blazedb::tests
