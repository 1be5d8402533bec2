// A disk in memory: files with inodes, names that point to them, times that move with every write. For fuzzers and for tests that
// look after each step of a writer. A file that lost its name stays readable by who has it open, as on a real disk.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/base/file_system.h"

namespace blazedb::tests {

/// Any thread. There is one folder depth only as far as names tell: a folder is what names begin with.
class MemoryFileSystem final : public FileSystem {
public:
    Result<std::unique_ptr<File>> openForReading(const std::string& path) override;
    Result<std::unique_ptr<File>> createNew(const std::string& path) override;
    Result<FileStamp> stamp(const std::string& path) override;
    Result<std::vector<std::string>> list(const std::string& folder) override;
    Result<void> rename(const std::string& from, const std::string& to) override;
    Result<void> remove(const std::string& path) override;
    Result<void> syncFolder(const std::string& folder) override;
    Result<void> makeFolders(const std::string& folder) override;
    Result<std::string> absolute(const std::string& path) override;

    /// The whole content of a file; empty when it is not there.
    Bytes content(const std::string& path);
    /// Overwrites a file in place, keeping its inode; makes it when it is not there.
    void setContent(const std::string& path, Bytes bytes);

private:
    struct Node;
    class OpenFile;

    std::shared_ptr<Node> find(const std::string& path);
    void touchFolder(const std::string& path);

    std::mutex m_mutex; ///< Guards everything below and all nodes.
    std::map<std::string, std::shared_ptr<Node>> m_nodes;
    std::map<std::string, std::int64_t> m_folderTimes;
    std::uint64_t m_nextInode = 1;
    std::int64_t m_time = 1; ///< Grows with every change, so that equal stamps mean equal contents.
};

} // namespace blazedb::tests
