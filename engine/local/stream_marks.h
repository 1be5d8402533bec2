// Where windows of an unsorted query began and ended, so that the neighbouring window goes on from there
// instead of reading from the first record again. A few bytes for each window instead of an id for each row.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <vector>

#include "engine/base/guarded.h"
#include "engine/local/result_key.h"
#include "engine/storage/row_store.h"

namespace blazedb::local {

/// The match at `position` is the first one whose key is at or after `from`.
struct StreamMark {
    std::uint64_t position = 0;
    std::uint64_t rowsBefore = 0;        ///< Rows of the store before `from`, matching or not.
    std::optional<storage::RowKey> from; ///< nullopt: the first key there is.
};

/// Any thread.
class StreamMarks {
public:
    static constexpr std::size_t kQueriesMax = 16;

    /// The nearest mark at or before `position`; the beginning if there is none.
    StreamMark nearest(const ResultKey& key, std::uint64_t position);
    void add(const ResultKey& key, const StreamMark& mark);

    /// The number of matches, once a window has met the end.
    std::optional<std::uint64_t> matching(const ResultKey& key);
    void setMatching(const ResultKey& key, std::uint64_t matching);

private:
    struct Entry {
        ResultKey key;
        std::vector<StreamMark> marks; ///< By position.
        std::optional<std::uint64_t> matching;
    };
    using State = std::list<Entry>; ///< Most recently used first.

    static Entry& entryIn(State& state, const ResultKey& key);

    Guarded<State> m_state;
};

} // namespace blazedb::local
