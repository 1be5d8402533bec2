#include "tests/engine/local/file_tampering.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/assert.h"

namespace blazedb::tests {

namespace {

constexpr std::size_t kGarbageBytes = 200'000;
constexpr std::byte kGarbage{0x5A};

/// A descriptor for reading and writing. Closes itself.
class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : m_number(::open(path.c_str(), O_RDWR | O_CLOEXEC))
    {
        BLAZE_ASSERT(m_number >= 0);
    }
    ~Descriptor() { ::close(m_number); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] std::uint64_t size() const
    {
        struct stat status {};
        BLAZE_ASSERT(::fstat(m_number, &status) == 0);
        return static_cast<std::uint64_t>(status.st_size);
    }
    [[nodiscard]] Bytes read(std::uint64_t offset, std::size_t count) const
    {
        Bytes bytes(count);
        BLAZE_ASSERT(::pread(m_number, bytes.data(), count, static_cast<off_t>(offset)) == static_cast<ssize_t>(count));
        return bytes;
    }
    void write(std::uint64_t offset, ByteView bytes) const
    {
        BLAZE_ASSERT(::pwrite(m_number, bytes.data(), bytes.size(), static_cast<off_t>(offset)) == static_cast<ssize_t>(bytes.size()));
    }
    void truncate(std::uint64_t sizeBytes) const { BLAZE_ASSERT(::ftruncate(m_number, static_cast<off_t>(sizeBytes)) == 0); }

private:
    int m_number;
};

} // namespace

void FileTampering::begin(Tampering what)
{
    undo();
    switch (what) {
    case Tampering::GarbageInPages: return overwrite(m_paths.pages, 0.3, kGarbageBytes);
    case Tampering::GarbageInCatalogue: return overwrite(m_paths.catalogue(), 0.5, 50);
    case Tampering::GarbageAfterLog: return append(m_paths.log());
    case Tampering::PagesCut: return cut(m_paths.pages);
    case Tampering::CatalogueCut: return cut(m_paths.catalogue());
    case Tampering::LogCut: return cut(m_paths.log());
    case Tampering::PagesAway: return putAside(m_paths.pages);
    case Tampering::CatalogueAway: return putAside(m_paths.catalogue());
    case Tampering::LogAway: return putAside(m_paths.log());
    case Tampering::PagesLocked:
        m_lock = ::open(m_paths.pages.c_str(), O_RDWR | O_CLOEXEC);
        BLAZE_ASSERT(m_lock >= 0 && ::flock(m_lock, LOCK_EX | LOCK_NB) == 0);
        return;
    case Tampering::StandingStill: return;
    }
}

void FileTampering::undo()
{
    if (m_lock >= 0) ::close(std::exchange(m_lock, -1));
    if (m_path.empty()) return;
    if (!m_aside.empty()) {
        BLAZE_ASSERT(std::rename(m_aside.c_str(), m_path.c_str()) == 0);
        m_aside.clear();
    } else {
        const Descriptor file(m_path);
        file.write(m_offset, m_kept);
        file.truncate(m_sizeBytes);
    }
    m_path.clear();
    m_kept.clear();
}

bool FileTampering::makesStale(Tampering what)
{
    return what == Tampering::GarbageInCatalogue || what == Tampering::CatalogueCut || what == Tampering::PagesAway || what == Tampering::CatalogueAway;
}

void FileTampering::overwrite(const std::string& path, double from, std::size_t bytes)
{
    const Descriptor file(path);
    m_path = path;
    m_sizeBytes = file.size();
    m_offset = static_cast<std::uint64_t>(static_cast<double>(m_sizeBytes) * from);
    m_kept = file.read(m_offset, static_cast<std::size_t>(std::min<std::uint64_t>(bytes, m_sizeBytes - m_offset)));
    file.write(m_offset, Bytes(m_kept.size(), kGarbage));
}

void FileTampering::append(const std::string& path)
{
    const Descriptor file(path);
    m_path = path;
    m_sizeBytes = file.size();
    m_offset = m_sizeBytes;
    file.write(m_sizeBytes, Bytes(kGarbageBytes, kGarbage));
}

void FileTampering::cut(const std::string& path)
{
    const Descriptor file(path);
    m_path = path;
    m_sizeBytes = file.size();
    m_offset = m_sizeBytes / 2;
    m_kept = file.read(m_offset, static_cast<std::size_t>(m_sizeBytes - m_offset));
    file.truncate(m_offset);
}

void FileTampering::putAside(const std::string& path)
{
    m_path = path;
    m_aside = path + ".put-aside";
    BLAZE_ASSERT(std::rename(path.c_str(), m_aside.c_str()) == 0);
}

} // namespace blazedb::tests
