// What flows through the operators of a query, and what an operator is.
#pragma once

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/codec/row_form.h"
#include "engine/model/uuid.h"
#include "engine/storage/row_store.h"

namespace blazedb::query {

/// One record on its way, borrowed until its operator is asked for the next one.
struct Row {
    model::Uuid id;
    storage::RowMarks marks;
    bool isSoftDeleted = false;
    ByteView bytes;                        ///< The encoded record; empty behind a sort.
    codec::StoredRecord* fields = nullptr; ///< Decodes fields on demand; null behind a sort.
};

/// How the rows of a tree are to be understood.
struct RowReading {
    const codec::RowForm* form = &codec::blazeBinaryForm();
    /// The tree holds the query's collection and nothing else; otherwise a collection is a kind (DM-18).
    bool isOneCollection = false;
};

/// Pulled by its consumer, pulls from its input. Thread-safety: none; one owner.
class Operator {
public:
    virtual ~Operator() = default;
    /// The next row, or null at the end. Errors: Cancelled, DeadlineExceeded, Io, Conflict.
    virtual Result<const Row*> next() = 0;
};

} // namespace blazedb::query
