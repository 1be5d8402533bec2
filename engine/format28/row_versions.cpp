#include "engine/format28/row_versions.h"

#include <algorithm>
#include <unordered_map>

namespace blazedb::format28 {

RowVersions::RowVersions(const std::vector<std::uint64_t>& versions)
{
    for (std::size_t first = 0; first < versions.size(); first += kChunkRows) {
        auto chunk = std::make_shared<Chunk>();
        const std::size_t count = std::min(kChunkRows, versions.size() - first);
        std::copy_n(versions.begin() + static_cast<std::ptrdiff_t>(first), count, chunk->begin());
        m_chunks.push_back(std::move(chunk));
    }
}

RowVersions RowVersions::with(const std::vector<std::size_t>& rows, std::uint64_t version) const
{
    RowVersions changed = *this;
    std::unordered_map<std::size_t, std::shared_ptr<Chunk>> touched;
    for (const std::size_t row : rows) {
        const std::size_t place = row / kChunkRows;
        auto& chunk = touched[place];
        if (!chunk) {
            chunk = std::make_shared<Chunk>();
            if (place < m_chunks.size() && m_chunks[place])
                *chunk = *m_chunks[place];
            else
                chunk->fill(m_base);
        }
        (*chunk)[row % kChunkRows] = version;
    }
    for (auto& [place, chunk] : touched) {
        if (place >= changed.m_chunks.size()) changed.m_chunks.resize(place + 1);
        changed.m_chunks[place] = std::move(chunk);
    }
    return changed;
}

} // namespace blazedb::format28
