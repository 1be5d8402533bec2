// Large values: pages of their own, as a tree over the pages of one value, so that any part is read without the rest.
// Source: FORMAT.md, "Runs".
#pragma once

#include <functional>
#include <vector>

#include "engine/storage/page_file.h"
#include "engine/storage/page_space.h"

namespace blazedb::storage {

// Body of a run page: kind 1 | level 1 | references 2 | data bytes 4, then the data or the references.
inline constexpr std::size_t kRunHeadBytes = 8;
inline constexpr std::size_t kRunDataBytes = kPageBodyBytes - kRunHeadBytes;
inline constexpr std::size_t kRunFanOut = kRunDataBytes / PageRef::kBytes;
static_assert(kRunFanOut == 406);

/// The level of the root of a value of so many bytes.
std::uint8_t runLevel(std::uint64_t bytes);

/// Writes one value, front to back, in any parts. Thread-safety: none; one owner.
class RunWriter {
public:
    using Allocate = std::function<Result<PageNumber>()>;

    /// Borrows all three for its life.
    RunWriter(const PageFile& pages, WriteEpoch& epoch, Allocate allocate);

    /// Errors: InvalidArgument (above kMaxValueBytes), ResourceExhausted, Io.
    Result<void> append(ByteView bytes);
    /// Ends the value. Nothing is durable yet.
    Result<RunRef> finish();
    /// Every page taken so far, also after an error.
    [[nodiscard]] const std::vector<PageNumber>& taken() const { return m_taken; }

private:
    struct Level {
        Bytes body;
        std::size_t references = 0;
    };
    Result<void> flushData();
    Result<void> flushLevel(std::size_t level);
    Result<void> addReference(std::size_t level, const PageRef& ref);
    Result<PageRef> writePage(ByteView body);

    const PageFile& m_pages;
    WriteEpoch& m_epoch;
    Allocate m_allocate;
    Bytes m_data;
    std::size_t m_dataBytes = 0;
    std::vector<Level> m_levels; ///< Index pages being filled, the lowest first.
    std::uint64_t m_bytes = 0;
    std::vector<PageNumber> m_taken;
};

/// Reads `into.size()` bytes at `offset`; fewer at the end of the value. Errors: Corruption, Io.
Result<std::size_t> readRun(const PageFile& pages, const RunRef& run, std::uint64_t offset, std::span<std::byte> into);

/// Every page of the run, without reading the data pages. Errors: Corruption, Io.
Result<std::vector<PageNumber>> pagesOfRun(const PageFile& pages, const RunRef& run);

} // namespace blazedb::storage
