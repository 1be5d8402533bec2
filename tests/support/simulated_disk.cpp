#include "tests/support/simulated_disk.h"

#include <algorithm>

namespace blazedb::tests {

namespace {

constexpr std::size_t kSectorBytes = 512;

void applyWrite(Bytes& contents, std::uint64_t offset, ByteView bytes)
{
    const auto at = static_cast<std::size_t>(offset);
    if (contents.size() < at + bytes.size()) contents.resize(at + bytes.size());
    std::copy(bytes.begin(), bytes.end(), contents.begin() + static_cast<std::ptrdiff_t>(at));
}

void applyWhole(Bytes& contents, const SimulatedDisk::Operation& operation)
{
    if (operation.kind == SimulatedDisk::Kind::Write) applyWrite(contents, operation.offset, operation.bytes);
    if (operation.kind == SimulatedDisk::Kind::Truncate) contents.resize(static_cast<std::size_t>(operation.offset));
}

void applyTorn(Bytes& contents, const SimulatedDisk::Operation& operation, std::mt19937_64& random)
{
    if (operation.kind == SimulatedDisk::Kind::Truncate) {
        if (random() % 2 == 0) applyWhole(contents, operation);
        return;
    }
    std::uint64_t at = operation.offset;
    ByteView rest = operation.bytes;
    while (!rest.empty()) {
        const std::size_t sector = std::min<std::size_t>(rest.size(), kSectorBytes - static_cast<std::size_t>(at % kSectorBytes));
        if (random() % 2 == 0) applyWrite(contents, at, rest.first(sector));
        rest = rest.subspan(sector);
        at += sector;
    }
}

} // namespace

class SimulatedDisk::DiskFile final : public File, public ReaderMarks {
public:
    explicit DiskFile(SimulatedDisk& disk)
        : m_disk(disk)
    {
    }
    ~DiskFile() override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        std::erase_if(m_disk.m_marks, [this](const auto& mark) { return mark.second == this; });
    }

    Result<void> holdMark(std::uint64_t mark) override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        m_disk.m_marks.emplace(mark, this);
        return {};
    }
    void dropMark(std::uint64_t mark) override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        std::erase_if(m_disk.m_marks, [&](const auto& held) { return held.first == mark && held.second == this; });
    }
    [[nodiscard]] std::vector<std::uint64_t> marksOfOthers(std::uint64_t below) const override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        std::vector<std::uint64_t> marks;
        for (const auto& [mark, holder] : m_disk.m_marks)
            if (mark < below && holder != this && (marks.empty() || marks.back() != mark)) marks.push_back(mark);
        return marks;
    }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        if (m_disk.m_judge)
            if (const auto failure = m_disk.m_judge(true, m_disk.m_calls++)) return failure->error;
        const Bytes& contents = m_disk.m_contents;
        if (offset >= contents.size()) return std::size_t{0};
        const std::size_t count = std::min(into.size(), contents.size() - static_cast<std::size_t>(offset));
        std::copy_n(contents.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
        return count;
    }

    Result<FileStamp> stamp() const override
    {
        const std::lock_guard lock(m_disk.m_mutex);
        FileStamp stamp;
        stamp.sizeBytes = m_disk.m_contents.size();
        return stamp;
    }

    Result<void> writeAt(std::uint64_t offset, ByteView bytes) override { return add({Kind::Write, offset, Bytes(bytes.begin(), bytes.end())}); }
    Result<void> truncate(std::uint64_t sizeBytes) override { return add({Kind::Truncate, sizeBytes, {}}); }
    Result<void> sync() override { return add({Kind::Sync, 0, {}}); }

private:
    Result<void> add(Operation operation)
    {
        const std::lock_guard lock(m_disk.m_mutex);
        if (m_disk.m_judge) {
            if (const auto failure = m_disk.m_judge(false, m_disk.m_calls++)) {
                if (!failure->keepPart || operation.kind != Kind::Write) return failure->error;
                operation.bytes.resize(operation.bytes.size() / 2);
                applyWhole(m_disk.m_contents, operation);
                m_disk.m_operations.push_back(std::move(operation));
                return failure->error;
            }
        }
        if (operation.kind == Kind::Write && operation.offset + operation.bytes.size() > std::max<std::uint64_t>(m_disk.m_capacity, m_disk.m_contents.size())) {
            operation.bytes.resize(operation.bytes.size() / 2);
            if (operation.offset + operation.bytes.size() <= m_disk.m_capacity) {
                applyWhole(m_disk.m_contents, operation);
                m_disk.m_operations.push_back(std::move(operation));
            }
            return Error{ErrorCode::ResourceExhausted, "no space is left on the disk"};
        }
        applyWhole(m_disk.m_contents, operation);
        m_disk.m_operations.push_back(std::move(operation));
        return {};
    }

    SimulatedDisk& m_disk;
};

std::unique_ptr<File> SimulatedDisk::open()
{
    return std::make_unique<DiskFile>(*this);
}

Bytes SimulatedDisk::contents() const
{
    const std::lock_guard lock(m_mutex);
    return m_contents;
}

std::size_t SimulatedDisk::operationCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_operations.size();
}

std::size_t SimulatedDisk::syncCount() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<std::size_t>(
        std::count_if(m_operations.begin(), m_operations.end(), [](const Operation& operation) { return operation.kind == Kind::Sync; }));
}

std::vector<SimulatedDisk::Operation> SimulatedDisk::operations() const
{
    const std::lock_guard lock(m_mutex);
    return m_operations;
}

Bytes SimulatedDisk::afterCut(std::size_t operations, CutMode mode, std::mt19937_64& random) const
{
    const std::lock_guard lock(m_mutex);
    std::size_t synced = 0;
    for (std::size_t i = 0; i < operations; ++i)
        if (m_operations[i].kind == Kind::Sync) synced = i;
    Bytes contents = m_initial;
    for (std::size_t i = 0; i < operations; ++i) {
        const Operation& operation = m_operations[i];
        if (i < synced || mode == CutMode::KeepAll) applyWhole(contents, operation);
        else if (mode == CutMode::Reorder && random() % 2 == 0) applyWhole(contents, operation);
        else if (mode == CutMode::Tear) applyTorn(contents, operation, random);
    }
    return contents;
}

void SimulatedDisk::setCapacity(std::uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_capacity = bytes;
}

void SimulatedDisk::setJudge(Judge judge)
{
    const std::lock_guard lock(m_mutex);
    m_judge = std::move(judge);
    m_calls = 0;
}

} // namespace blazedb::tests
