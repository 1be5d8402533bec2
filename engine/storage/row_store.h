// Named ordered trees of byte rows under one consistent snapshot: what the engine above asks of a file format.
// The 2.8 family (engine/format28) implements it now, the native form later.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/storage/row_changes.h"
#include "engine/storage/row_key.h"
#include "engine/storage/row_watch.h"

namespace blazedb::storage {

/// The key behind this one; nullopt behind the last.
inline std::optional<RowKey> keyAfter(RowKey key)
{
    for (std::size_t i = key.size(); i-- > 0;)
        if (++key[i] != 0) return key;
    return std::nullopt;
}

/// Facts about how a row is stored that its readers may want to say.
struct RowMarks {
    bool isInvisibleToSwift = false;
    bool isRescued = false;
};

/// A row as a cursor shows it: borrowed until the cursor moves.
struct RowView {
    RowKey key{};
    ByteView bytes;                 ///< Empty when `problem` is set.
    RowMarks marks;
    /// Why this one row cannot be read; the scan goes on after it. NotFound: the store ends before the row.
    const Error* problem = nullptr;
    std::optional<std::uint64_t> place; ///< The page, for messages.
    bool isGone = false; ///< With `problem`: the store names the row, but it was deleted or is lost (not damaged).
};

struct Row {
    Bytes bytes;
    RowMarks marks;
};

/// Key: ascending by key. Storage: as the file lies on disk, the fastest order for reading everything.
enum class ScanOrder { Key, Storage };

/// Thread-safety: none; one owner.
class RowCursor {
public:
    virtual ~RowCursor() = default;
    /// Moves to the next row; false at the end. Errors: Cancelled, Io, Conflict (the file was replaced or rewritten
    /// under this snapshot; take a new one and start over).
    virtual Result<bool> next(RowView& row) = 0;
};

/// One tree of a snapshot. Any thread.
class RowTree {
public:
    virtual ~RowTree() = default;
    /// Rows the store names, readable or not. Does not block.
    [[nodiscard]] virtual std::uint64_t rowCount() const = 0;
    /// From the first key at or after `from` (Key order only; all otherwise). `stop` is looked at by next().
    virtual Result<std::unique_ptr<RowCursor>> scan(ScanOrder order, std::optional<RowKey> from, std::stop_token stop) const = 0;
    /// Errors: NotFound (not named, deleted or lost), Corruption (with page and reason), Conflict, Io.
    virtual Result<Row> read(const RowKey& key) const = 0;
};

/// A consistent view. Lives as long as somebody holds it; never blocks writers. Any thread.
class RowSnapshot {
public:
    virtual ~RowSnapshot() = default;
    /// Grows with each state the store shows; equal numbers are the same state.
    [[nodiscard]] virtual std::uint64_t sequence() const = 0;
    /// Null when there is no such tree.
    [[nodiscard]] virtual const RowTree* tree(std::string_view name) const = 0;
    /// The state in which this row of the record tree was last seen to change, at most sequence(); rows with equal versions
    /// are the same row. A store that does not know answers sequence().
    [[nodiscard]] virtual std::uint64_t rowVersion(const RowKey& /*key*/) const { return sequence(); }
    /// To be asked after reading: Conflict when what was read meanwhile may belong to a state that is not committed.
    [[nodiscard]] virtual Result<void> confirm() const { return {}; }
};

/// The tree of all records.
inline constexpr std::string_view kRecordTree = "records";

/// Any thread.
class RowStore {
public:
    virtual ~RowStore() = default;
    /// The newest committed state. Errors: Io, Corruption, Conflict (still moving after the retries of its format).
    virtual Result<std::shared_ptr<const RowSnapshot>> snapshot() = 0;

    /// What is new after a state and an event, both as numbers this store gave. Does not look at the files.
    /// A store that does not follow its rows answers that anything may have changed.
    virtual RowNews newsSince(std::uint64_t sequence, std::uint64_t event, std::size_t changesMax);
    /// Whether watch() answers a watch.
    [[nodiscard]] virtual bool isWatchable() const { return false; }
    /// Null when this store cannot be followed.
    virtual std::unique_ptr<RowWatch> watch() { return nullptr; }
    [[nodiscard]] virtual StoreCondition condition() const { return {}; }
};

inline RowNews RowStore::newsSince(std::uint64_t /*sequence*/, std::uint64_t /*event*/, std::size_t /*changesMax*/)
{
    RowNews news;
    news.isComplete = false;
    return news;
}

} // namespace blazedb::storage
