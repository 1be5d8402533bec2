// Writes records as rows of the native form. Canonical: the same record gives the same bytes, whatever the order of its fields.
// Source: ROW_FORMAT.md.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/codec/field_names.h"
#include "engine/model/record.h"

namespace blazedb::codec {

/// Keeps its buffers, and remembers the fields of the record before: records of one collection mostly have the same.
/// Thread-safety: none; one owner.
class RowEncoder {
public:
    /// Borrows it.
    explicit RowEncoder(FieldNumbering& numbers);

    /// What a record without a field `id` gets.
    enum class MissingId { Stays, BecomesKey };

    /// The row, borrowed until the next call. A field `id` that is the record's id as a UUID costs one bit.
    /// Errors: InvalidArgument (over kMaxRowFields or kMaxRowBytes, two fields or keys of canonically equivalent names, text or names that
    /// are not UTF-8, nesting over kMaxRowNesting, a cut field); those of the numbering.
    Result<ByteView> encode(const model::Record& record, MissingId missingId = MissingId::Stays);

private:
    struct Slot {
        FieldNumber number = 0;
        std::uint32_t begin = 0; ///< In m_values.
        std::uint32_t end = 0;
    };
    Result<void> recallShape(const model::Record& record);
    void layOut(bool idIsKey);

    FieldNumbering& m_numbers;
    std::vector<std::pair<std::string, FieldNumber>> m_shape; ///< Names of the record before, in its order; checked for twins.
    std::vector<Slot> m_slots;
    Bytes m_values;
    Bytes m_row;
};

} // namespace blazedb::codec
