// BlazeBinary, the record encoding of BlazeDB 2.8: `BLAZE`, version, field count, fields sorted by name, big-endian.
// Source: file-format specification, section 4. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/codec/decode_options.h"
#include "engine/codec/row_form.h"
#include "engine/model/field_source.h"
#include "engine/model/record.h"

namespace blazedb::codec {

/// Deeper nesting is refused, so that no input exhausts the stack. The format itself has no limit.
inline constexpr std::size_t kNestingMax = 1000;
inline constexpr std::size_t kTextBytesMax = 100'000'000; ///< Strings and data, as the Swift reader.
inline constexpr std::size_t kVectorElementsMax = 1'000'000;

/// The fields of one record. Canonically equivalent names are one field: first name, last value.
/// Errors: Corruption with the byte offset; Unsupported (version 03).
Result<std::vector<model::Field>> decodeRecord(ByteView bytes, const DecodeOptions& options = {});

/// The value of the field `id` alone, without walking the rest: a UUID or a text that spells one; nullopt when there is none.
/// Errors: Corruption, Unsupported.
Result<std::optional<model::Uuid>> decodeRecordId(ByteView bytes);

/// Stored: what files hold. InMemory: the same with whole doubles in vectors, for rows that never go to a file; the functions
/// here read both, whoever reads files refuses it by isInMemoryForm().
enum class RecordForm { Stored, InMemory };
bool isInMemoryForm(ByteView bytes);

/// Version 01, shortest forms, fields and dictionary keys sorted by NFC scalar order: equal records give equal bytes.
/// Errors: InvalidArgument (over 65,535 fields, elements or entries; a name over 65,535 bytes; text or data over
/// kTextBytesMax; invalid UTF-8; a name or key that begins with a byte order mark; nesting over kNestingMax; a cut field).
Result<Bytes> encodeRecord(const std::vector<model::Field>& fields, RecordForm form = RecordForm::Stored);

/// One encoded record at a time, decoding a field only when it is asked for. Reuse one reader for a whole scan.
/// Thread-safety: none; one owner.
class RecordReader final : public StoredRecord {
public:
    RecordReader();
    ~RecordReader() override;
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;

    /// Borrows `bytes` until the next call. Walks the whole record, so that what is accepted here decodes.
    /// Errors: as decodeRecord.
    Result<void> open(ByteView bytes);
    Result<void> open(const model::Uuid&, ByteView bytes) override { return open(bytes); }

    const model::Value* field(std::string_view name) override;

    [[nodiscard]] const std::vector<FieldOutline>& outline() const override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::codec
