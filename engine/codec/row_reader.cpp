#include "engine/codec/row_reader.h"

#include <algorithm>
#include <cstring>

#include "engine/codec/row_values.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

constexpr model::ValueKind kKindOfTag[row::kTagCount] = {
    model::ValueKind::Null, model::ValueKind::Bool, model::ValueKind::Bool,  model::ValueKind::Integer, model::ValueKind::Double,
    model::ValueKind::Date, model::ValueKind::Text, model::ValueKind::Uuid,  model::ValueKind::Data,    model::ValueKind::Array,
    model::ValueKind::Vector, model::ValueKind::Vector, model::ValueKind::Dictionary};

Error damaged(const char* what)
{
    return {ErrorCode::Corruption, std::string("row: ") + what};
}

std::uint32_t load(const std::byte* at, std::uint8_t width)
{
    if (width == 1) return loadLe<std::uint8_t>(at);
    return width == 2 ? loadLe<std::uint16_t>(at) : loadLe<std::uint32_t>(at);
}

/// The fixed beginning of a row.
struct Head {
    std::uint8_t numberWidth = 1;
    std::uint8_t startWidth = 1;
    bool idIsKey = false;
    std::size_t count = 0;
    std::size_t bytes = 0; ///< Up to the table.

    [[nodiscard]] std::uint64_t tableBytes() const { return count == 0 ? 0 : count * numberWidth + (count - 1) * startWidth; }
};

Result<Head> readHead(ByteView bytes)
{
    if (bytes.size() < 2) return damaged("cut off before its table");
    const auto first = std::to_integer<std::uint8_t>(bytes[0]);
    if (first >> row::kVersionShift != row::kVersion) return Error{ErrorCode::Unsupported, "row: written by a newer version of the program"};
    const auto startCode = static_cast<std::uint8_t>(first & 3U);
    const auto numberCode = static_cast<std::uint8_t>(first >> 2U & 3U);
    if (startCode >= row::kWidthCodes || numberCode >= row::kWidthCodes) return damaged("its first byte is not as it is written");
    Head head{.numberWidth = static_cast<std::uint8_t>(row::widthOf(numberCode)),
              .startWidth = static_cast<std::uint8_t>(row::widthOf(startCode)),
              .idIsKey = (first & row::kIdIsKeyBit) != 0};
    std::size_t at = 1;
    for (unsigned shift = 0;; shift += 7, ++at) {
        if (at >= bytes.size() || shift > 14) return damaged("its number of fields is damaged");
        const auto byte = std::to_integer<std::uint8_t>(bytes[at]);
        head.count |= std::size_t{byte & 0x7FU} << shift;
        if ((byte & 0x80U) != 0) continue;
        if (byte == 0 && shift != 0) return damaged("its number of fields is damaged");
        break;
    }
    if (head.count > kMaxRowFields) return damaged("its number of fields is damaged");
    head.bytes = at + 1;
    return head;
}

bool canBeCut(model::ValueKind kind)
{
    return kind == model::ValueKind::Text || kind == model::ValueKind::Data || kind == model::ValueKind::Array
        || kind == model::ValueKind::Dictionary || kind == model::ValueKind::Vector;
}

/// The longest beginning of `text` of at most `bytesMax` bytes that ends between scalars.
std::string_view beginningOf(std::string_view text, std::uint64_t bytesMax)
{
    std::size_t length = std::min<std::uint64_t>(text.size(), bytesMax);
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
    return text.substr(0, length);
}

/// The beginning of a text or of bytes, an empty container otherwise; how large the whole is.
Result<std::uint64_t> decodeBeginning(const RowValue& value, std::uint64_t encodedBytes, std::uint64_t bytesMax, model::Value& into)
{
    switch (value.kind()) {
    case model::ValueKind::Text: into.storage = std::string(beginningOf(value.text(), bytesMax)); return value.text().size();
    case model::ValueKind::Data: {
        const ByteView part = value.data().first(std::min<std::uint64_t>(value.data().size(), bytesMax));
        into.storage = Bytes(part.begin(), part.end());
        return value.data().size();
    }
    case model::ValueKind::Array: into.storage = model::Array(); return encodedBytes;
    case model::ValueKind::Vector: into.storage = model::Vector(); return encodedBytes;
    default: into.storage = model::Dictionary(); return encodedBytes;
    }
}

struct NamedField {
    std::string_view name;
    std::size_t index = 0; ///< In the table; the table's count for `id` that is the key.
};

/// All fields by name. Errors: Corruption.
Result<std::vector<NamedField>> fieldsByName(const RowView& row, const FieldNames& names)
{
    std::vector<NamedField> fields;
    fields.reserve(row.count() + 1);
    for (std::size_t i = 0; i < row.count(); ++i) {
        const auto name = names.name(row.number(i));
        if (!name) return damaged("a field's number has no name");
        fields.push_back({*name, i});
    }
    if (row.idIsKey()) fields.push_back({model::fieldname::kId, row.count()});
    std::sort(fields.begin(), fields.end(), [](const NamedField& a, const NamedField& b) { return model::compareText(a.name, b.name) < 0; });
    const auto areTwins = [](const NamedField& a, const NamedField& b) { return model::canonicallyEqual(a.name, b.name); };
    if (std::adjacent_find(fields.begin(), fields.end(), areTwins) != fields.end()) return damaged("two fields have the same name");
    return fields;
}

/// That the table is as RowEncoder makes it: numbers ascending but for the longest value's, in the least widths.
Result<void> checkTable(const RowView& row, ByteView bytes)
{
    const std::size_t count = row.count();
    std::uint32_t greatest = 0;
    std::uint64_t lastBytes = 0;
    if (count > 0) {
        BLAZE_TRY_VALUE(const auto last, row.span(count - 1));
        lastBytes = last.size();
    }
    for (std::size_t i = 0; i < count; ++i) {
        greatest = std::max(greatest, row.number(i));
        BLAZE_TRY_VALUE(const auto span, row.span(i));
        if (i + 1 == count) break;
        if (i > 0 && row.number(i - 1) >= row.number(i)) return damaged("its fields do not ascend");
        if (row.number(i) == row.number(count - 1)) return damaged("a field is there twice");
        if (std::pair(span.size(), row.number(i)) > std::pair(lastBytes, row.number(count - 1))) return damaged("its longest value is not the last");
    }
    const auto first = std::to_integer<std::uint8_t>(bytes[0]);
    BLAZE_TRY_VALUE(const Head head, readHead(bytes));
    const std::uint64_t lastStart = bytes.size() - head.bytes - head.tableBytes() - lastBytes;
    const std::uint8_t startCode = count == 0 ? 0 : row::widthCodeFor(lastStart);
    if ((first & 3U) != startCode || (first >> 2U & 3U) != row::widthCodeFor(greatest)) return damaged("its table is wider than it needs");
    if (count == 0 && bytes.size() != head.bytes) return damaged("bytes behind its end");
    return {};
}

} // namespace

Result<RowValue> RowValue::parse(ByteView encoded)
{
    if (encoded.empty()) return damaged("a value without bytes");
    const auto first = std::to_integer<std::uint8_t>(encoded[0]);
    const std::uint8_t code = first & 0x0FU;
    if (code >= row::kTagCount) return damaged("unknown kind of value");
    const row::Tag tag{code};
    const ByteView payload = encoded.subspan(1);
    bool fits = first >> 4U == 0;
    switch (tag) {
    case row::Tag::Null:
    case row::Tag::False:
    case row::Tag::True: fits = fits && payload.empty(); break;
    case row::Tag::Integer:
    case row::Tag::Double:
    case row::Tag::Date: fits = payload.size() <= 8 && first >> 4U == payload.size(); break;
    case row::Tag::Uuid: fits = fits && payload.size() == 16; break;
    default: break;
    }
    if (!fits) return damaged("a value's first byte is not as it is written");
    return RowValue(tag, kKindOfTag[code], payload);
}

std::int64_t RowValue::integer() const
{
    return row::loadInteger(m_payload);
}

double RowValue::real() const
{
    return row::loadReal(m_payload);
}

model::Uuid RowValue::uuid() const
{
    model::Uuid id;
    std::memcpy(id.bytes.data(), m_payload.data(), id.bytes.size());
    return id;
}

Result<void> RowValue::decode(model::Value& into) const
{
    return row::decodePayload(m_tag, m_payload, into);
}

Result<std::uint64_t> RowView::headBytes(ByteView beginning)
{
    BLAZE_TRY_VALUE(const Head head, readHead(beginning));
    return head.bytes + head.tableBytes();
}

Result<RowView> RowView::open(ByteView bytes, std::uint64_t wholeBytes)
{
    BLAZE_TRY_VALUE(const Head head, readHead(bytes));
    RowView view;
    view.m_bytes = bytes;
    view.m_wholeBytes = wholeBytes;
    view.m_count = head.count;
    view.m_numberWidth = head.numberWidth;
    view.m_startWidth = head.startWidth;
    view.m_idIsKey = head.idIsKey;
    view.m_numbers = head.bytes;
    view.m_starts = head.bytes + head.count * head.numberWidth;
    view.m_values = head.bytes + head.tableBytes();
    if (view.m_values > bytes.size()) return damaged("cut off in its table");
    return view;
}

FieldNumber RowView::number(std::size_t index) const
{
    return load(m_bytes.data() + m_numbers + index * m_numberWidth, m_numberWidth);
}

std::optional<std::size_t> RowView::find(FieldNumber wanted) const
{
    if (m_count == 0) return std::nullopt;
    const std::byte* numbers = m_bytes.data() + m_numbers;
    if (m_numberWidth == 1) {
        if (wanted > UINT8_MAX) return std::nullopt;
        const void* found = std::memchr(numbers, static_cast<int>(wanted), m_count);
        if (found == nullptr) return std::nullopt;
        return static_cast<std::size_t>(static_cast<const std::byte*>(found) - numbers);
    }
    if (number(m_count - 1) == wanted) return m_count - 1;
    std::size_t low = 0;
    std::size_t high = m_count - 1; // the last is not in their order
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (number(middle) < wanted) low = middle + 1;
        else high = middle;
    }
    return low < m_count - 1 && number(low) == wanted ? std::optional(low) : std::nullopt;
}

Result<RowView::Span> RowView::span(std::size_t index) const
{
    const std::byte* starts = m_bytes.data() + m_starts;
    const std::uint64_t begin = index == 0 ? 0 : load(starts + (index - 1) * m_startWidth, m_startWidth);
    const std::uint64_t end = index + 1 == m_count ? m_wholeBytes - m_values : load(starts + index * m_startWidth, m_startWidth);
    if (begin > end || end > m_wholeBytes - m_values) return damaged("its table does not fit");
    return Span{m_values + begin, m_values + end};
}

Result<RowValue> RowView::value(std::size_t index) const
{
    BLAZE_TRY_VALUE(const Span where, span(index));
    if (where.end > m_bytes.size()) return Error{ErrorCode::FailedPrecondition, "the value lies behind the part of the row that was read"};
    return RowValue::parse(m_bytes.subspan(static_cast<std::size_t>(where.begin), static_cast<std::size_t>(where.size())));
}

Result<void> checkRow(ByteView bytes, const FieldNames& names, model::Value& scratch)
{
    BLAZE_TRY_VALUE(const RowView row, RowView::open(bytes));
    BLAZE_TRY(checkTable(row, bytes));
    for (std::size_t i = 0; i < row.count(); ++i) {
        if (!names.name(row.number(i))) return damaged("a field's number has no name");
        BLAZE_TRY_VALUE(const RowValue value, row.value(i));
        if (value.kind() == model::ValueKind::Text) {
            if (!model::isValidUtf8(value.text())) return damaged("text is not UTF-8"); // not decoded: that would copy it
            continue;
        }
        if (value.kind() != model::ValueKind::Data) BLAZE_TRY(value.decode(scratch));
    }
    return {};
}

Result<std::vector<model::Field>> decodeRow(const model::Uuid& key, ByteView bytes, const FieldNames& names, const DecodeOptions& options)
{
    BLAZE_TRY_VALUE(const RowView row, RowView::open(bytes));
    BLAZE_TRY(checkTable(row, bytes));
    BLAZE_TRY_VALUE(const auto named, fieldsByName(row, names));
    std::vector<model::Field> fields;
    fields.reserve(named.size());
    const auto isWanted = [&](std::string_view name) {
        return options.fields.empty()
            || std::any_of(options.fields.begin(), options.fields.end(), [&](const std::string& wanted) { return model::canonicallyEqual(wanted, name); });
    };
    for (const NamedField& entry : named) {
        if (!isWanted(entry.name)) continue;
        model::Field& field = fields.emplace_back(model::Field{std::string(entry.name), {}, 0});
        if (entry.index == row.count()) {
            field.value = model::Value(key);
            continue;
        }
        BLAZE_TRY_VALUE(const auto span, row.span(entry.index));
        BLAZE_TRY_VALUE(const RowValue value, row.value(entry.index));
        if (canBeCut(value.kind()) && span.size() > options.valueBytesMax) {
            BLAZE_TRY_VALUE(field.wholeBytes, decodeBeginning(value, span.size(), options.valueBytesMax, field.value));
            continue;
        }
        if (auto decoded = value.decode(field.value); !decoded) return std::move(decoded).error().in("field " + field.name);
        if (entry.name == model::fieldname::kId && value.kind() == model::ValueKind::Uuid && value.uuid() == key)
            return damaged("its id is stored although it is its key");
    }
    return fields;
}

} // namespace blazedb::codec
