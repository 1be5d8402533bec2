#include "engine/storage/node_layout.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/assert.h"

namespace blazedb::storage {

namespace {

/// The first four bytes of a key as a number that orders like them; zeros where the key is shorter.
std::uint32_t keyHead(ByteView key)
{
    if (key.size() >= 4) return loadBe<std::uint32_t>(key.data());
    std::uint32_t head = 0;
    for (std::size_t i = 0; i < 4; ++i) head = head << 8U | (i < key.size() ? std::to_integer<std::uint32_t>(key[i]) : 0U);
    return head;
}

} // namespace

int compareKeys(ByteView left, ByteView right)
{
    const std::size_t shared = std::min(left.size(), right.size());
    const int order = shared == 0 ? 0 : std::memcmp(left.data(), right.data(), shared);
    if (order != 0) return order < 0 ? -1 : 1;
    if (left.size() == right.size()) return 0;
    return left.size() < right.size() ? -1 : 1;
}

NodeView::Place NodeView::lowerBound(ByteView wanted, std::size_t first) const
{
    const std::uint32_t head = keyHead(wanted);
    std::size_t low = first;
    std::size_t high = count();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const auto middleHead = loadLe<std::uint32_t>(slot(middle));
        if (middleHead != head) {
            if (middleHead < head) low = middle + 1;
            else high = middle;
            continue;
        }
        const int order = compareKeys(key(middle), wanted);
        if (order == 0) return {middle, true};
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return {low, false};
}

void NodeEditor::clear(BodyKind kind, std::uint8_t level)
{
    std::memset(m_body, 0, kPageBodyBytes);
    m_body[0] = static_cast<std::byte>(kind);
    m_body[1] = std::byte{level};
    setHeapStart(kPageBodyBytes);
}

bool NodeEditor::insert(std::size_t index, ByteView key, ByteView rest)
{
    const std::size_t count = view().count();
    const std::size_t size = key.size() + rest.size();
    BLAZE_ASSERT(index <= count);
    if (view().usedBytes() + size + kSlotBytes > kNodeRoomBytes) return false;
    const std::size_t slotsEnd = kNodeHeadBytes + (count + 1) * kSlotBytes;
    if (view().heapStart() < slotsEnd + size) compact();
    const std::size_t at = view().heapStart() - size;
    std::copy(key.begin(), key.end(), m_body + at);
    std::copy(rest.begin(), rest.end(), m_body + at + key.size());
    std::byte* slot = m_body + kNodeHeadBytes + index * kSlotBytes;
    std::memmove(slot + kSlotBytes, slot, (count - index) * kSlotBytes);
    storeLe<std::uint32_t>(slot, keyHead(key));
    storeLe<std::uint16_t>(slot + 4, static_cast<std::uint16_t>(at));
    storeLe<std::uint16_t>(slot + 6, static_cast<std::uint16_t>(key.size()));
    setCount(count + 1);
    setHeapStart(at);
    setCellBytes(view().cellBytes() + size);
    return true;
}

void NodeEditor::remove(std::size_t index)
{
    const std::size_t count = view().count();
    const std::size_t size = view().cellSize(index);
    const auto at = static_cast<std::size_t>(view().cell(index) - m_body);
    // What was deleted does not stay in the page.
    std::memset(m_body + at, 0, size);
    std::byte* slot = m_body + kNodeHeadBytes + index * kSlotBytes;
    std::memmove(slot, slot + kSlotBytes, (count - index - 1) * kSlotBytes);
    std::memset(m_body + kNodeHeadBytes + (count - 1) * kSlotBytes, 0, kSlotBytes);
    setCount(count - 1);
    setCellBytes(view().cellBytes() - size);
    if (at == view().heapStart()) setHeapStart(at + size);
    if (count == 1) setHeapStart(kPageBodyBytes);
}

void NodeEditor::moveTail(std::size_t from, NodeEditor right)
{
    const NodeView here = view();
    const std::size_t count = here.count();
    for (std::size_t i = from; i < count; ++i) {
        const ByteView key = here.key(i);
        const ByteView rest(key.data() + key.size(), here.cellSize(i) - key.size());
        BLAZE_ASSERT(right.insert(right.view().count(), key, rest));
    }
    for (std::size_t i = count; i > from; --i) remove(i - 1);
    compact();
}

void NodeEditor::setChild(std::size_t index, const PageRef& ref)
{
    storeRef(const_cast<std::byte*>(view().child(index)), ref);
}

void NodeEditor::setChildRows(std::size_t index, std::uint64_t rows)
{
    auto* at = const_cast<std::byte*>(view().child(index)) + PageRef::kBytes;
    storeLe<std::uint32_t>(at, static_cast<std::uint32_t>(rows));
    storeLe<std::uint16_t>(at + 4, static_cast<std::uint16_t>(rows >> 32U));
}

void NodeEditor::compact()
{
    std::array<std::byte, kPageBodyBytes> heap;
    const std::size_t count = view().count();
    std::size_t at = kPageBodyBytes;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t size = view().cellSize(i);
        at -= size;
        std::memcpy(heap.data() + at, view().cell(i), size);
    }
    // Offsets change only after every cell is copied: cellSize() reads through them.
    std::size_t next = kPageBodyBytes;
    for (std::size_t i = 0; i < count; ++i) {
        next -= view().cellSize(i);
        storeLe<std::uint16_t>(m_body + kNodeHeadBytes + i * kSlotBytes + 4, static_cast<std::uint16_t>(next));
        // The next round reads its own cell, which is still where it was: the heap itself is copied last.
    }
    const std::size_t slotsEnd = kNodeHeadBytes + count * kSlotBytes;
    std::memset(m_body + slotsEnd, 0, at - slotsEnd);
    std::memcpy(m_body + at, heap.data() + at, kPageBodyBytes - at);
    setHeapStart(at);
}

void appendLeafRest(Bytes& into, ByteView value, bool isRun)
{
    const std::size_t at = into.size();
    into.resize(at + 2);
    storeLe<std::uint16_t>(into.data() + at, static_cast<std::uint16_t>(value.size() | (isRun ? kRunBit : 0U)));
    into.insert(into.end(), value.begin(), value.end());
}

Result<void> validateNode(ByteView body, std::uint8_t level)
{
    const auto wrong = [](const char* what) { return Error{ErrorCode::Corruption, std::string("malformed tree node: ") + what}; };
    if (body.size() != kPageBodyBytes) return wrong("size");
    const NodeView node(body.data());
    if (node.kind() != (level == 0 ? BodyKind::Leaf : BodyKind::Inner) || node.level() != level) return wrong("kind or level");
    const std::size_t count = node.count();
    if (level > 0 && count == 0) return wrong("an inner node without children");
    const std::size_t slotsEnd = kNodeHeadBytes + count * kSlotBytes;
    if (slotsEnd > kPageBodyBytes || node.heapStart() < slotsEnd || node.heapStart() > kPageBodyBytes) return wrong("heap start");
    std::size_t cellBytes = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::byte* slot = body.data() + kNodeHeadBytes + i * kSlotBytes;
        const std::size_t at = loadLe<std::uint16_t>(slot + 4);
        const std::size_t keyBytes = loadLe<std::uint16_t>(slot + 6);
        const std::size_t fixed = keyBytes + (level == 0 ? 2 : kChildBytes);
        if (keyBytes > kMaxKeyBytes || at < node.heapStart() || at + fixed > kPageBodyBytes) return wrong("a cell outside the body");
        if (level == 0) {
            const auto value = node.value(i);
            if (at + fixed + value.bytes.size() > kPageBodyBytes) return wrong("a value outside the body");
            if (value.isRun && value.bytes.size() != RunRef::kBytes) return wrong("a run reference of another size");
        } else if (loadRef(node.child(i)).page < kFirstPage) {
            return wrong("a child without a page");
        }
        if (loadLe<std::uint32_t>(slot) != keyHead(node.key(i))) return wrong("a key's head");
        // The first key of an inner node counts as less than all, whatever it says.
        if (i > (level > 0 ? 1U : 0U) && compareKeys(node.key(i - 1), node.key(i)) >= 0) return wrong("keys out of order");
        cellBytes += node.cellSize(i);
    }
    if (cellBytes != node.cellBytes() || cellBytes > kPageBodyBytes - node.heapStart()) return wrong("cell bytes");
    return {};
}

} // namespace blazedb::storage
