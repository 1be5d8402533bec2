// Since which state each row of a catalogue is as it is. Successive states share what did not change.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace blazedb::format28 {

/// By position in Catalogue::entries. Immutable; any thread.
class RowVersions {
public:
    /// All rows have the version `base`.
    explicit RowVersions(std::uint64_t base = 0)
        : m_base(base)
    {
    }
    explicit RowVersions(const std::vector<std::uint64_t>& versions);

    [[nodiscard]] std::uint64_t at(std::size_t row) const
    {
        const std::size_t chunk = row / kChunkRows;
        return chunk < m_chunks.size() && m_chunks[chunk] ? (*m_chunks[chunk])[row % kChunkRows] : m_base;
    }
    /// The same, but for these rows.
    [[nodiscard]] RowVersions with(const std::vector<std::size_t>& rows, std::uint64_t version) const;

private:
    static constexpr std::size_t kChunkRows = 512;
    using Chunk = std::array<std::uint64_t, kChunkRows>;

    std::uint64_t m_base = 0;
    std::vector<std::shared_ptr<const Chunk>> m_chunks; ///< Null: all of it has the base version.
};

} // namespace blazedb::format28
