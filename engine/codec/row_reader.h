// Reads rows of the native form where they lie: one field is found and decoded without touching the others, and without allocation.
// What is read was written by RowEncoder; every length is checked all the same. Source: ROW_FORMAT.md.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/codec/decode_options.h"
#include "engine/codec/field_names.h"
#include "engine/codec/row_format.h"
#include "engine/model/record.h"

namespace blazedb::codec {

/// One value of a row. Borrows the row's bytes.
class RowValue {
public:
    /// `encoded` is one whole top-level value: its tag and payload. Containers are checked by decode(). Errors: Corruption.
    static Result<RowValue> parse(ByteView encoded);

    [[nodiscard]] model::ValueKind kind() const { return m_kind; }

    // Each only for a value of its kind.
    [[nodiscard]] bool boolean() const { return m_tag == row::Tag::True; }
    [[nodiscard]] std::int64_t integer() const;
    [[nodiscard]] double real() const; ///< Double and Date (seconds since 2001).
    [[nodiscard]] std::string_view text() const { return asText(m_payload); }
    [[nodiscard]] ByteView data() const { return m_payload; }
    [[nodiscard]] model::Uuid uuid() const;

    /// The same as a value of the model; texts and bytes reuse the memory that `into` has. Errors: Corruption (of containers).
    Result<void> decode(model::Value& into) const;

private:
    RowValue(row::Tag tag, model::ValueKind kind, ByteView payload)
        : m_tag(tag)
        , m_kind(kind)
        , m_payload(payload)
    {
    }
    row::Tag m_tag;
    model::ValueKind m_kind;
    ByteView m_payload;
};

/// The fields of one row. Borrows its bytes; cheap to copy. Any thread.
class RowView {
public:
    RowView() = default;
    /// Reads the table, not the values. `bytes` may be only the beginning of a row of `wholeBytes`: then fields that end behind it
    /// cannot be read; the table must be in it, see headBytes(). Errors: Corruption; Unsupported (a newer version).
    static Result<RowView> open(ByteView bytes) { return open(bytes, bytes.size()); }
    static Result<RowView> open(ByteView bytes, std::uint64_t wholeBytes);
    /// How much of a row's beginning open() needs, told from its first kMinHeadBytes (or all, if it is shorter). Errors: as open.
    static Result<std::uint64_t> headBytes(ByteView beginning);
    static constexpr std::size_t kMinHeadBytes = 4;

    /// Fields in the table. A field `id` that is the row's key is not among them.
    [[nodiscard]] std::size_t count() const { return m_count; }
    /// Whether the record has a field `id` that is its key, a UUID.
    [[nodiscard]] bool idIsKey() const { return m_idIsKey; }
    [[nodiscard]] FieldNumber number(std::size_t index) const;
    /// Place in the table; nullopt when the record has no such field.
    [[nodiscard]] std::optional<std::size_t> find(FieldNumber number) const;

    /// Where the encoded value lies in the row. Errors: Corruption.
    struct Span {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        [[nodiscard]] std::uint64_t size() const { return end - begin; }
    };
    [[nodiscard]] Result<Span> span(std::size_t index) const;
    /// Errors: Corruption; FailedPrecondition (it lies behind the bytes that were given).
    [[nodiscard]] Result<RowValue> value(std::size_t index) const;

private:
    ByteView m_bytes;
    std::uint64_t m_wholeBytes = 0;
    std::size_t m_count = 0;
    std::size_t m_numbers = 0; ///< Offset of the table's numbers.
    std::size_t m_starts = 0; ///< And of its starts.
    std::size_t m_values = 0; ///< Offset of the first value.
    std::uint8_t m_numberWidth = 1;
    std::uint8_t m_startWidth = 1;
    bool m_idIsKey = false;
};

/// That the row is as RowEncoder writes it, and every value can be decoded; `scratch` keeps its memory between calls. Errors: as decodeRow.
Result<void> checkRow(ByteView row, const FieldNames& names, model::Value& scratch);

/// The fields of a record, by name; `id` from `key` where the row leaves it out. Checks everything, also that the row is what
/// RowEncoder would have written. Errors: Corruption, Unsupported; `names` lacks a number (Corruption).
Result<std::vector<model::Field>> decodeRow(const model::Uuid& key, ByteView row, const FieldNames& names, const DecodeOptions& options = {});

} // namespace blazedb::codec
