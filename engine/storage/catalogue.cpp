#include "engine/storage/catalogue.h"

#include <algorithm>

#include "engine/base/assert.h"

namespace blazedb::storage {

Bytes encodeTrees(const StoreRoots& roots)
{
    Bytes bytes;
    appendVarint(bytes, roots.nextTreeId);
    appendVarint(bytes, roots.trees.size());
    for (const TreeState& tree : roots.trees) {
        BLAZE_ASSERT(tree.page.page != 0 || tree.rows == 0);
        appendVarint(bytes, tree.id);
        appendVarint(bytes, tree.name.size());
        const ByteView name = asBytes(tree.name);
        bytes.insert(bytes.end(), name.begin(), name.end());
        bytes.push_back(std::byte{tree.level});
        appendVarint(bytes, tree.rows);
        bytes.resize(bytes.size() + PageRef::kBytes);
        storeRef(bytes.data() + bytes.size() - PageRef::kBytes, tree.page);
    }
    return bytes;
}

Result<StoreRoots> decodeTrees(ByteView bytes, std::uint64_t sequence)
{
    const Error wrong{ErrorCode::Corruption, "malformed catalogue of trees"};
    StoreRoots roots;
    roots.sequence = sequence;
    if (bytes.empty()) return roots;
    ByteReader from(bytes);
    const auto nextId = readVarint(from);
    const auto count = readVarint(from);
    if (!nextId || *nextId == 0 || *nextId > 0xFFFFFFFFU || !count || *count > kMaxTrees) return wrong;
    roots.nextTreeId = static_cast<std::uint32_t>(*nextId);
    for (std::uint64_t i = 0; i < *count; ++i) {
        TreeState tree;
        const auto id = readVarint(from);
        const auto nameBytes = readVarint(from);
        if (!id || !nameBytes || *nameBytes > kMaxTreeNameBytes || *id >= *nextId) return wrong;
        if (!roots.trees.empty() && *id <= roots.trees.back().id) return wrong;
        const auto name = from.bytes(static_cast<std::size_t>(*nameBytes));
        const auto level = from.le<std::uint8_t>();
        const auto rows = readVarint(from);
        const auto ref = from.bytes(PageRef::kBytes);
        if (!name || !level || !rows || !ref) return wrong;
        tree.id = static_cast<std::uint32_t>(*id);
        tree.name = asText(*name);
        tree.level = *level;
        tree.rows = *rows;
        tree.page = loadRef(ref->data());
        if ((tree.page.page == 0) != (tree.rows == 0) || (tree.page.page != 0 && tree.page.page < kFirstPage)) return wrong;
        roots.trees.push_back(std::move(tree));
    }
    if (from.remaining() != 0) return wrong;
    return roots;
}

Result<Bytes> readWholeRun(const PageFile& pages, const RunRef& run)
{
    if (run.bytes == 0) return Bytes{};
    Bytes bytes(static_cast<std::size_t>(std::min<std::uint64_t>(run.bytes, kMaxValueBytes)));
    BLAZE_TRY(readRun(pages, run, 0, bytes));
    return bytes;
}

Result<StoreRoots> readTrees(const PageFile& pages, const Header& header)
{
    BLAZE_TRY_VALUE(const Bytes catalogue, readWholeRun(pages, header.catalogue));
    return decodeTrees(catalogue, header.sequence);
}

} // namespace blazedb::storage
