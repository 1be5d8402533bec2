// What flows through the operators of a query, and what an operator is.
#pragma once

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/codec/blaze_binary.h"
#include "engine/model/uuid.h"
#include "engine/storage/row_store.h"

namespace blazedb::query {

/// One record on its way, borrowed until its operator is asked for the next one.
struct Row {
    model::Uuid id;
    storage::RowMarks marks;
    bool isSoftDeleted = false;
    ByteView bytes;                        ///< The encoded record; empty behind a sort.
    codec::RecordReader* fields = nullptr; ///< Decodes fields on demand; null behind a sort.
};

/// Pulled by its consumer, pulls from its input. Thread-safety: none; one owner.
class Operator {
public:
    virtual ~Operator() = default;
    /// The next row, or null at the end. Errors: Cancelled, DeadlineExceeded, Io, Conflict.
    virtual Result<const Row*> next() = 0;
};

} // namespace blazedb::query
