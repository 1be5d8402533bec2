// A stored row as the record a caller asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/records.h"
#include "engine/codec/row_form.h"
#include "engine/storage/row_store.h"

namespace blazedb::local {

/// Which part of a record is wanted.
struct RecordShape {
    std::uint64_t valueBytesMax = api::kWholeValues;
    std::vector<std::string> fields; ///< Empty: all.
};

/// Errors: Corruption, Unsupported; the message names the record.
Result<api::RecordRow> decodeRow(const codec::RowForm& form, const model::Uuid& id, ByteView bytes, const storage::RowMarks& marks,
                                 const RecordShape& shape);

} // namespace blazedb::local
