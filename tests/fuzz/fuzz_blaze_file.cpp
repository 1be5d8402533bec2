// What an opener of the native form decodes: key area, header, log entry, operations, catalogue, free list, tree node.
#include <cstdint>
#include <cstdlib>

#include "engine/storage/catalogue.h"
#include "engine/storage/key_area.h"
#include "engine/storage/log_entry.h"
#include "engine/storage/log_operations.h"
#include "engine/storage/node_layout.h"
#include "engine/storage/page_space.h"

using namespace blazedb;
using namespace blazedb::storage;

namespace {

void walkNode(ByteView input)
{
    Bytes body(input.begin(), input.end());
    body.resize(kPageBodyBytes);
    const std::uint8_t level = std::to_integer<std::uint8_t>(body[1]);
    if (!validateNode(body, level)) return;
    // A node that passes must be safe to read all over.
    const NodeView node(body.data());
    std::size_t sum = 0;
    for (std::size_t i = 0; i < node.count(); ++i) {
        const auto place = node.lowerBound(node.key(i), level > 0 ? 1 : 0);
        if ((level == 0 || i > 0) && !place.isExact) std::abort();
        sum += node.cellSize(i);
        if (level == 0 && node.value(i).isRun) sum += loadRun(node.value(i).bytes.data()).bytes & 1U;
    }
    if (sum == SIZE_MAX) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(reinterpret_cast<const std::byte*>(data), size);
    static_cast<void>(KeyArea::decode(input));
    static_cast<void>(parseLogEntryHead(input));
    if (auto operations = OperationReader::open(input)) {
        while (true) {
            const auto operation = operations->next();
            if (!operation || !*operation) break;
        }
    }
    if (const auto roots = decodeTrees(input, 1)) {
        const Bytes again = encodeTrees(*roots);
        if (!input.empty() && !decodeTrees(again, 1)) std::abort();
    }
    static_cast<void>(hasFreshValues(input));
    if (const auto space = PageSpace::decode(input, 4096)) static_cast<void>(space->encodeFree());
    walkNode(input);
    return 0;
}
