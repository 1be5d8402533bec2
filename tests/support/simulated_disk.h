// A disk in memory that remembers what was written and synced, so that a test can ask what a power cut would have left; and that fails
// when it is told to.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/base/random.h"
#include "engine/base/reader_marks.h"

namespace blazedb::tests {

/// How much of what was not synced survives a power cut.
enum class CutMode {
    KeepAll,  ///< All of it, in order: the process was killed, the machine went on.
    DropAll,  ///< None of it.
    Reorder,  ///< Any of the writes, whatever their order.
    Tear      ///< Any of the 512-byte sectors of any of the writes.
};
inline constexpr CutMode kCutModes[] = {CutMode::KeepAll, CutMode::DropAll, CutMode::Reorder, CutMode::Tear};

/// Any thread.
class SimulatedDisk {
public:
    enum class Kind { Write, Truncate, Sync };
    struct Operation {
        Kind kind = Kind::Write;
        std::uint64_t offset = 0; ///< The new size, for Truncate.
        Bytes bytes;
    };

    SimulatedDisk() = default;
    explicit SimulatedDisk(Bytes contents)
        : m_initial(contents)
        , m_contents(std::move(contents))
    {
    }

    /// A file on this disk; any number may be open.
    std::unique_ptr<File> open();

    [[nodiscard]] Bytes contents() const;
    [[nodiscard]] std::size_t operationCount() const;
    [[nodiscard]] std::size_t syncCount() const;
    [[nodiscard]] std::vector<Operation> operations() const;

    /// What is on the disk when the power goes after `operations` of them.
    [[nodiscard]] Bytes afterCut(std::size_t operations, CutMode mode, std::mt19937_64& random) const;

    /// Asked before each operation (reads too, with the number of reads and operations so far); an error fails it. With
    /// `keepPart` half of a write's bytes are written all the same.
    struct Failure {
        Error error;
        bool keepPart = false;
    };
    using Judge = std::function<std::optional<Failure>(bool isRead, std::size_t count)>;
    void setJudge(Judge judge);
    /// A file above this size is refused, with half of the write that met it done.
    void setCapacity(std::uint64_t bytes);

private:
    class DiskFile;
    mutable std::mutex m_mutex;
    Bytes m_initial;
    Bytes m_contents;
    std::vector<Operation> m_operations;
    std::size_t m_calls = 0;
    Judge m_judge;
    std::uint64_t m_capacity = std::numeric_limits<std::uint64_t>::max();
    std::multimap<std::uint64_t, const DiskFile*> m_marks;
};

/// Numbers that look random and come again with the same seed. Not for keys outside of tests.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed)
        : m_engine(seed)
    {
    }
    Result<void> fill(std::span<std::byte> into) override
    {
        const std::lock_guard lock(m_mutex);
        for (std::byte& byte : into) byte = static_cast<std::byte>(m_engine());
        return {};
    }

private:
    std::mutex m_mutex;
    std::mt19937_64 m_engine;
};

} // namespace blazedb::tests
