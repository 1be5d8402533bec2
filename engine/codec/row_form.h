// What reads the rows of a store, whichever way they are encoded: BlazeBinary or the rows of the native form.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/codec/decode_options.h"
#include "engine/model/field_source.h"
#include "engine/model/record.h"

namespace blazedb::codec {

/// One stored record at a time, decoding a field only when it is asked for. Reuse one for a whole scan.
/// Thread-safety: none; one owner.
class StoredRecord : public model::FieldSource {
public:
    /// What is there without decoding it.
    struct FieldOutline {
        std::string_view name;
        model::ValueKind kind = model::ValueKind::Null;
        std::uint64_t encodedBytes = 0;
    };

    /// Borrows `bytes` until the next call. What is accepted here decodes. Errors: Corruption, Unsupported.
    virtual Result<void> open(const model::Uuid& id, ByteView bytes) = 0;
    /// In stored order.
    [[nodiscard]] virtual const std::vector<FieldOutline>& outline() const = 0;
};

/// Any thread.
class RowForm {
public:
    virtual ~RowForm() = default;
    [[nodiscard]] virtual std::unique_ptr<StoredRecord> reader() const = 0;
    /// Fields by name. Errors: Corruption, Unsupported.
    [[nodiscard]] virtual Result<std::vector<model::Field>> decode(const model::Uuid& id, ByteView bytes, const DecodeOptions& options) const = 0;
};

/// Of families and dumps.
const RowForm& blazeBinaryForm();

class FieldNames;
/// Of one collection of a native file. Borrows the names.
std::unique_ptr<RowForm> makeNativeForm(const FieldNames& names);

} // namespace blazedb::codec
