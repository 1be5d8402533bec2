// A tree node in bytes: a slotted page body. Slots hold the first four bytes of their key, so that a search mostly compares
// integers; cells grow from the end of the body downwards. Source: FORMAT.md, "Nodes".
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

// Head of a body: kind 1 | level 1 | cells 2 | heap start 2 | cell bytes 2. Slots follow.
enum class BodyKind : std::uint8_t { Leaf = 1, Inner = 2, RunData = 3, RunIndex = 4 };

inline constexpr std::size_t kNodeHeadBytes = 8;
inline constexpr std::size_t kSlotBytes = 8; ///< Key head 4 | cell offset 2 | key bytes 2.
inline constexpr std::size_t kNodeRoomBytes = kPageBodyBytes - kNodeHeadBytes;
/// What follows the key in a cell of an inner node: reference 20 | rows beneath it 6.
inline constexpr std::size_t kChildBytes = PageRef::kBytes + 6;
/// Bit of a leaf cell's value length that says: the value is a RunRef.
inline constexpr std::uint16_t kRunBit = 0x8000;

/// Reads a node body. Borrows it; the body has passed validateNode() or was made by NodeEditor.
class NodeView {
public:
    explicit NodeView(const std::byte* body)
        : m_body(body)
    {
    }

    [[nodiscard]] const std::byte* body() const { return m_body; }
    [[nodiscard]] BodyKind kind() const { return static_cast<BodyKind>(m_body[0]); }
    [[nodiscard]] bool isLeaf() const { return kind() == BodyKind::Leaf; }
    [[nodiscard]] std::uint8_t level() const { return std::to_integer<std::uint8_t>(m_body[1]); }
    [[nodiscard]] std::size_t count() const { return loadLe<std::uint16_t>(m_body + 2); }
    [[nodiscard]] std::size_t heapStart() const { return loadLe<std::uint16_t>(m_body + 4); }
    [[nodiscard]] std::size_t cellBytes() const { return loadLe<std::uint16_t>(m_body + 6); }
    [[nodiscard]] std::size_t usedBytes() const { return cellBytes() + count() * kSlotBytes; }

    [[nodiscard]] const std::byte* cell(std::size_t index) const { return m_body + loadLe<std::uint16_t>(slot(index) + 4); }
    [[nodiscard]] std::size_t keyBytes(std::size_t index) const { return loadLe<std::uint16_t>(slot(index) + 6); }
    [[nodiscard]] ByteView key(std::size_t index) const { return {cell(index), keyBytes(index)}; }

    // Of leaves.
    struct LeafValue {
        ByteView bytes; ///< The value, or the 32 bytes of its RunRef.
        bool isRun = false;
    };
    [[nodiscard]] LeafValue value(std::size_t index) const
    {
        const std::byte* at = cell(index) + keyBytes(index);
        const auto word = loadLe<std::uint16_t>(at);
        return {{at + 2, static_cast<std::size_t>(word & ~kRunBit)}, (word & kRunBit) != 0};
    }
    // Of inner nodes.
    [[nodiscard]] const std::byte* child(std::size_t index) const { return cell(index) + keyBytes(index); }
    [[nodiscard]] std::uint64_t childRows(std::size_t index) const
    {
        const std::byte* at = child(index) + PageRef::kBytes;
        return loadLe<std::uint32_t>(at) | std::uint64_t{loadLe<std::uint16_t>(at + 4)} << 32U;
    }
    /// Bytes of the whole cell.
    [[nodiscard]] std::size_t cellSize(std::size_t index) const
    {
        return keyBytes(index) + (isLeaf() ? 2 + value(index).bytes.size() : kChildBytes);
    }

    struct Place {
        std::size_t index = 0; ///< First cell whose key is not less.
        bool isExact = false;
    };
    /// Looks from cell `first` on.
    [[nodiscard]] Place lowerBound(ByteView key, std::size_t first = 0) const;
    /// The child of an inner node that may hold `key`: the first cell's key counts as less than all.
    [[nodiscard]] std::size_t childFor(ByteView key) const
    {
        const Place place = lowerBound(key, 1);
        return place.isExact ? place.index : place.index - 1;
    }

private:
    [[nodiscard]] const std::byte* slot(std::size_t index) const { return m_body + kNodeHeadBytes + index * kSlotBytes; }
    const std::byte* m_body;
};

/// Changes a node body in place. Borrows it.
class NodeEditor {
public:
    explicit NodeEditor(std::byte* body)
        : m_body(body)
    {
    }
    void clear(BodyKind kind, std::uint8_t level);
    /// Puts a cell before `index`; `rest` is what follows the key. False: no room (nothing changed).
    bool insert(std::size_t index, ByteView key, ByteView rest);
    void remove(std::size_t index);
    /// Moves cells `from` and later into `right`, an empty body of the same kind.
    void moveTail(std::size_t from, NodeEditor right);
    void setChild(std::size_t index, const PageRef& ref);
    void setChildRows(std::size_t index, std::uint64_t rows);

    [[nodiscard]] NodeView view() const { return NodeView(m_body); }

private:
    void setCount(std::size_t count) { storeLe<std::uint16_t>(m_body + 2, static_cast<std::uint16_t>(count)); }
    void setHeapStart(std::size_t at) { storeLe<std::uint16_t>(m_body + 4, static_cast<std::uint16_t>(at)); }
    void setCellBytes(std::size_t bytes) { storeLe<std::uint16_t>(m_body + 6, static_cast<std::uint16_t>(bytes)); }
    void compact();
    std::byte* m_body;
};

/// A leaf cell's part after the key: length word, then the value or its RunRef.
void appendLeafRest(Bytes& into, ByteView value, bool isRun);

/// That every place the body names lies inside it, that its keys ascend, and that it is of `level` (0 a leaf). An authentic page is
/// one we wrote, so a failure is a defect or a forger with the key. Errors: Corruption.
Result<void> validateNode(ByteView body, std::uint8_t level);

/// -1, 0 or 1, as unsigned bytes, shorter first on a tie.
int compareKeys(ByteView left, ByteView right);

} // namespace blazedb::storage
