#include "tests/support/memory_file_system.h"

#include <algorithm>
#include <utility>

namespace blazedb::tests {

struct MemoryFileSystem::Node {
    Bytes bytes;
    std::uint64_t inode = 0;
    std::int64_t time = 0;

    [[nodiscard]] FileStamp stamp() const
    {
        return {.device = 1, .inode = inode, .sizeBytes = bytes.size(), .modifiedNs = time, .changedNs = time, .isFolder = false};
    }
};

class MemoryFileSystem::OpenFile final : public File {
public:
    OpenFile(MemoryFileSystem& disk, std::shared_ptr<Node> node)
        : m_disk(disk)
        , m_node(std::move(node))
    {
    }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        if (offset >= m_node->bytes.size()) return std::size_t{0};
        const std::size_t count = std::min(into.size(), m_node->bytes.size() - static_cast<std::size_t>(offset));
        std::copy_n(m_node->bytes.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
        return count;
    }
    Result<FileStamp> stamp() const override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        return m_node->stamp();
    }
    Result<void> writeAt(std::uint64_t offset, ByteView bytes) override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        if (m_node->bytes.size() < offset + bytes.size()) m_node->bytes.resize(offset + bytes.size());
        std::copy(bytes.begin(), bytes.end(), m_node->bytes.begin() + static_cast<std::ptrdiff_t>(offset));
        m_node->time = ++m_disk.m_time;
        return {};
    }
    Result<void> truncate(std::uint64_t sizeBytes) override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        m_node->bytes.resize(sizeBytes);
        m_node->time = ++m_disk.m_time;
        return {};
    }
    Result<void> sync() override { return {}; }

private:
    MemoryFileSystem& m_disk;
    std::shared_ptr<Node> m_node;
};

namespace {

Error noSuchFile(const std::string& path)
{
    return {ErrorCode::NotFound, path + " does not exist"};
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos || slash == 0 ? "/" : path.substr(0, slash);
}

} // namespace

std::shared_ptr<MemoryFileSystem::Node> MemoryFileSystem::find(const std::string& path)
{
    const auto found = m_nodes.find(path);
    return found == m_nodes.end() ? nullptr : found->second;
}

void MemoryFileSystem::touchFolder(const std::string& path)
{
    m_folderTimes[folderOf(path)] = ++m_time;
}

Result<std::unique_ptr<File>> MemoryFileSystem::openForReading(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    auto node = find(path);
    if (!node) return noSuchFile(path);
    return std::unique_ptr<File>(std::make_unique<OpenFile>(*this, std::move(node)));
}

Result<std::unique_ptr<File>> MemoryFileSystem::createNew(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    if (find(path)) return Error{ErrorCode::AlreadyExists, path + " is there already"};
    auto node = std::make_shared<Node>();
    node->inode = m_nextInode++;
    node->time = ++m_time;
    m_nodes[path] = node;
    touchFolder(path);
    return std::unique_ptr<File>(std::make_unique<OpenFile>(*this, std::move(node)));
}

Result<FileStamp> MemoryFileSystem::stamp(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    if (const auto node = find(path)) return node->stamp();
    const auto folder = m_folderTimes.find(path);
    if (folder == m_folderTimes.end()) return noSuchFile(path);
    return FileStamp{.device = 1, .inode = UINT64_MAX, .sizeBytes = 0, .modifiedNs = folder->second, .changedNs = folder->second, .isFolder = true};
}

Result<std::vector<std::string>> MemoryFileSystem::list(const std::string& folder)
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> names;
    for (const auto& [path, node] : m_nodes)
        if (folderOf(path) == folder) names.push_back(path.substr(path.rfind('/') + 1));
    return names;
}

Result<void> MemoryFileSystem::rename(const std::string& from, const std::string& to)
{
    const std::lock_guard lock(m_mutex);
    const auto node = find(from);
    if (!node) return noSuchFile(from);
    m_nodes.erase(from);
    m_nodes[to] = node;
    touchFolder(from);
    touchFolder(to);
    return {};
}

Result<void> MemoryFileSystem::remove(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    if (m_nodes.erase(path) == 0) return noSuchFile(path);
    touchFolder(path);
    return {};
}

Result<void> MemoryFileSystem::syncFolder(const std::string&)
{
    return {};
}

Result<void> MemoryFileSystem::makeFolders(const std::string& folder)
{
    const std::lock_guard lock(m_mutex);
    m_folderTimes.try_emplace(folder, ++m_time);
    return {};
}

Result<std::string> MemoryFileSystem::absolute(const std::string& path)
{
    return path.starts_with('/') ? path : "/" + path;
}

Bytes MemoryFileSystem::content(const std::string& path)
{
    const std::lock_guard lock(m_mutex);
    const auto node = find(path);
    return node ? node->bytes : Bytes();
}

void MemoryFileSystem::setContent(const std::string& path, Bytes bytes)
{
    const std::lock_guard lock(m_mutex);
    auto node = find(path);
    if (!node) {
        node = std::make_shared<Node>();
        node->inode = m_nextInode++;
        m_nodes[path] = node;
        touchFolder(path);
    }
    node->bytes = std::move(bytes);
    node->time = ++m_time;
}

} // namespace blazedb::tests
