#include "engine/codec/blaze_binary_walker.h"

#include <bit>
#include <unordered_map>

#include <simdjson.h>

#include "engine/base/checksum.h"
#include "engine/codec/blaze_binary.h"
#include "engine/codec/blaze_binary_format.h"
#include "engine/model/text_order.h"

namespace blazedb::codec::binary {

namespace {

constexpr std::size_t kVectorUnitBytes = 4;
constexpr std::size_t kWholeVectorUnitBytes = 8;

std::optional<model::ValueKind> kindOfTag(std::uint8_t tag)
{
    using model::ValueKind;
    switch (tag) {
    case kText:
    case kEmptyText: return ValueKind::Text;
    case kInteger:
    case kSmallInteger: return ValueKind::Integer;
    case kDouble: return ValueKind::Double;
    case kBool: return ValueKind::Bool;
    case kUuid: return ValueKind::Uuid;
    case kDate: return ValueKind::Date;
    case kData: return ValueKind::Data;
    case kArray:
    case kEmptyArray: return ValueKind::Array;
    case kDictionary:
    case kEmptyDictionary: return ValueKind::Dictionary;
    case kVector: return ValueKind::Vector;
    case kNull: return ValueKind::Null;
    default: break;
    }
    if (tag >= kShortText && tag <= kShortTextLast) return ValueKind::Text;
    return std::nullopt;
}

/// Finds earlier entries by canonically equivalent name; linear while there are few, hashed when there are many, so that no
/// input makes it quadratic.
class NameLookup {
public:
    /// The position of an equivalent earlier name, or `position` after remembering this one.
    std::size_t findOrAdd(std::string_view name, std::size_t position)
    {
        return m_positions.try_emplace(model::toNfc(name), position).first->second;
    }

private:
    std::unordered_map<std::string, std::size_t> m_positions;
};

bool isAscii(std::string_view text)
{
    for (const char character : text)
        if ((static_cast<unsigned char>(character) & 0x80U) != 0) return false;
    return true;
}

double doubleAt(const std::byte* data)
{
    return std::bit_cast<double>(loadBe<std::uint64_t>(data));
}

} // namespace

Walker::Walker(ByteView bytes, std::size_t position)
    : m_bytes(bytes)
    , m_position(position)
    , m_hasWholeVectors(isInMemoryForm(bytes))
{
}

bool Walker::fail(const char* what)
{
    m_problem = what;
    m_problemAt = m_position;
    return false;
}

Error Walker::problem() const
{
    return {m_isUnsupported ? ErrorCode::Unsupported : ErrorCode::Corruption,
            std::string("record byte ") + std::to_string(m_problemAt) + ": " + m_problem};
}

bool Walker::take(std::size_t count, const std::byte*& data)
{
    if (count > m_bytes.size() - m_position) return fail("cut short");
    data = m_bytes.data() + m_position;
    m_position += count;
    return true;
}

bool Walker::takeByte(std::uint8_t& byte)
{
    const std::byte* data = nullptr;
    if (!take(1, data)) return false;
    byte = std::to_integer<std::uint8_t>(*data);
    return true;
}

template <typename T>
bool Walker::takeCount(T& count)
{
    const std::byte* data = nullptr;
    if (!take(sizeof(T), data)) return false;
    count = loadBe<T>(data);
    return true;
}

bool Walker::takeText(std::size_t length, std::string_view& text)
{
    const std::byte* data = nullptr;
    if (!take(length, data)) return false;
    text = asText({data, length});
    if (!simdjson::validate_utf8(text.data(), text.size())) return fail("text is not UTF-8");
    text = withoutByteOrderMark(text);
    return true;
}

bool Walker::takeBlob(ByteView& blob)
{
    std::uint32_t length = 0;
    const std::byte* data = nullptr;
    if (!takeCount(length)) return false;
    if (length > kTextBytesMax) return fail("longer than 100,000,000 bytes");
    if (!take(length, data)) return false;
    blob = {data, length};
    return true;
}

bool Walker::readHeader(std::size_t& fieldCount)
{
    if (m_bytes.size() < kHeaderBytes) return fail("shorter than a record header");
    if (asText(m_bytes.first(kMagic.size())) != kMagic) return fail("not a BlazeBinary record");
    const auto version = std::to_integer<std::uint8_t>(m_bytes[kMagic.size()]);
    m_isUnsupported = version == kVersionFieldTable;
    if (version == kVersionWithCrc) {
        if (m_bytes.size() < kHeaderBytes + kCrcBytes) return fail("shorter than its checksum");
        const ByteView body = m_bytes.first(m_bytes.size() - kCrcBytes);
        if (crc32(body) != loadBe<std::uint32_t>(m_bytes.data() + body.size())) return fail("record checksum does not fit");
        m_bytes = body;
    } else if (version != kVersionPlain && version != kVersionInMemory) {
        return fail(m_isUnsupported ? "record version 03 is not read" : "unknown record version");
    }
    fieldCount = loadBe<std::uint16_t>(m_bytes.data() + 6);
    m_position = kHeaderBytes;
    return true;
}

bool Walker::readFieldName(std::string_view& name)
{
    std::uint8_t first = 0;
    if (!takeByte(first)) return false;
    if (first == kNamedField) {
        std::uint16_t length = 0;
        return takeCount(length) && takeText(length, name);
    }
    name = commonFieldName(first);
    return !name.empty() || fail("unknown field number");
}

bool Walker::skipElements(std::uint8_t tag, std::size_t depth)
{
    std::uint16_t count = 0;
    if (!takeCount(count)) return false;
    for (std::size_t i = 0; i < count; ++i) {
        if (tag == kDictionary) {
            std::uint16_t length = 0;
            std::string_view key;
            if (!takeCount(length) || !takeText(length, key)) return false;
        }
        model::ValueKind kind{};
        if (!skip(kind, depth + 1)) return false;
    }
    return true;
}

bool Walker::skip(model::ValueKind& kind, std::size_t depth)
{
    if (depth > kNestingMax) return fail("nested deeper than 1,000 levels");
    std::uint8_t tag = 0;
    if (!takeByte(tag)) return false;
    const auto known = kindOfTag(tag);
    if (!known) return fail("unknown value tag");
    kind = *known;
    const std::byte* data = nullptr;
    std::string_view text;
    ByteView blob;
    switch (tag) {
    case kText:
        if (!takeBlob(blob)) return false;
        return simdjson::validate_utf8(asText(blob).data(), blob.size()) || fail("text is not UTF-8");
    case kInteger:
    case kDouble:
    case kDate: return take(8, data);
    case kBool:
    case kSmallInteger: return take(1, data);
    case kUuid: return take(16, data);
    case kData: return takeBlob(blob);
    case kArray:
    case kDictionary: return skipElements(tag, depth);
    case kVector: {
        std::uint32_t count = 0;
        if (!takeCount(count)) return false;
        return count > kVectorElementsMax ? fail("vector of more than 1,000,000 elements") : take(count * (m_hasWholeVectors ? kWholeVectorUnitBytes : kVectorUnitBytes), data);
    }
    case kNull:
    case kEmptyText:
    case kEmptyArray:
    case kEmptyDictionary: return true;
    default: return takeText(tag & 0x0FU, text);
    }
}

bool Walker::decodeScalar(std::uint8_t tag, model::Value& value, bool& isScalar)
{
    const std::byte* data = nullptr;
    std::string_view text;
    ByteView blob;
    isScalar = true;
    switch (tag) {
    case kText:
        if (!takeBlob(blob)) return false;
        if (!simdjson::validate_utf8(asText(blob).data(), blob.size())) return fail("text is not UTF-8");
        value = model::Value(std::string(withoutByteOrderMark(asText(blob))));
        return true;
    case kEmptyText: value = model::Value(std::string()); return true;
    case kInteger:
        if (!take(8, data)) return false;
        value = model::Value(static_cast<std::int64_t>(loadBe<std::uint64_t>(data)));
        return true;
    case kSmallInteger:
        if (!take(1, data)) return false;
        value = model::Value(std::to_integer<std::int64_t>(*data));
        return true;
    case kDouble:
        if (!take(8, data)) return false;
        value = model::Value(doubleAt(data));
        return true;
    case kDate:
        if (!take(8, data)) return false;
        value = model::Value(model::Date{doubleAt(data)});
        return true;
    case kBool:
        if (!take(1, data)) return false;
        value = model::Value(*data != std::byte{0});
        return true;
    case kUuid: {
        if (!take(16, data)) return false;
        model::Uuid id;
        std::memcpy(id.bytes.data(), data, id.bytes.size());
        value = model::Value(id);
        return true;
    }
    case kData:
        if (!takeBlob(blob)) return false;
        value = model::Value(Bytes(blob.begin(), blob.end()));
        return true;
    case kNull: value = model::Value(); return true;
    case kEmptyArray: value = model::Value(model::Array()); return true;
    case kEmptyDictionary: value = model::Value(model::Dictionary()); return true;
    default: break;
    }
    isScalar = tag >= kShortText && tag <= kShortTextLast;
    if (!isScalar) return true;
    if (!takeText(tag & 0x0FU, text)) return false;
    value = model::Value(std::string(text));
    return true;
}

bool Walker::decodeArray(model::Value& value, std::size_t depth)
{
    std::uint16_t count = 0;
    if (!takeCount(count)) return false;
    model::Array elements;
    for (std::size_t i = 0; i < count; ++i) {
        model::Value element;
        if (!decode(element, depth + 1)) return false;
        elements.push_back(std::move(element));
    }
    value = model::Value(std::move(elements));
    return true;
}

bool Walker::decodeDictionary(model::Value& value, std::size_t depth)
{
    std::uint16_t count = 0;
    if (!takeCount(count)) return false;
    model::Dictionary entries;
    NameLookup seen;
    for (std::size_t i = 0; i < count; ++i) {
        std::uint16_t length = 0;
        std::string_view key;
        model::Value element;
        if (!takeCount(length) || !takeText(length, key) || !decode(element, depth + 1)) return false;
        const std::size_t position = seen.findOrAdd(key, entries.size());
        if (position < entries.size())
            entries[position].value = std::move(element);
        else
            entries.push_back({std::string(key), std::move(element)});
    }
    value = model::Value(std::move(entries));
    return true;
}

bool Walker::decodeVector(model::Value& value)
{
    std::uint32_t count = 0;
    const std::byte* data = nullptr;
    if (!takeCount(count)) return false;
    if (count > kVectorElementsMax) return fail("vector of more than 1,000,000 elements");
    if (!take(count * (m_hasWholeVectors ? kWholeVectorUnitBytes : kVectorUnitBytes), data)) return false;
    model::Vector vector;
    vector.elements.reserve(count);
    if (m_hasWholeVectors) {
        for (std::size_t i = 0; i < count; ++i) vector.elements.push_back(doubleAt(data + i * kWholeVectorUnitBytes));
        value = model::Value(std::move(vector));
        return true;
    }
    // The stored unit is the high half of the double (4.4), whatever the Swift reader makes of it.
    for (std::size_t i = 0; i < count; ++i)
        vector.elements.push_back(std::bit_cast<double>(std::uint64_t{loadBe<std::uint32_t>(data + i * kVectorUnitBytes)} << 32U));
    value = model::Value(std::move(vector));
    return true;
}

bool Walker::decode(model::Value& value, std::size_t depth)
{
    if (depth > kNestingMax) return fail("nested deeper than 1,000 levels");
    std::uint8_t tag = 0;
    bool isScalar = false;
    if (!takeByte(tag) || !decodeScalar(tag, value, isScalar)) return false;
    if (isScalar) return true;
    switch (tag) {
    case kArray: return decodeArray(value, depth);
    case kDictionary: return decodeDictionary(value, depth);
    case kVector: return decodeVector(value);
    default: return fail("unknown value tag");
    }
}

Result<void> outlineRecord(ByteView bytes, std::vector<FieldSpan>& spans)
{
    spans.clear();
    Walker walker(bytes);
    std::size_t count = 0;
    if (!walker.readHeader(count)) return walker.problem();
    bool mayRepeat = false; // names that ascend, all ASCII, cannot
    for (std::size_t i = 0; i < count; ++i) {
        FieldSpan span;
        if (!walker.readFieldName(span.name)) return walker.problem();
        span.begin = walker.position();
        if (!walker.skip(span.kind)) return walker.problem();
        span.end = walker.position();
        mayRepeat = mayRepeat || (!spans.empty() && span.name <= spans.back().name) || !isAscii(span.name);
        spans.push_back(span);
    }
    if (!mayRepeat) return {};
    NameLookup seen;
    std::size_t kept = 0;
    for (const FieldSpan span : std::vector<FieldSpan>(spans)) {
        const std::size_t position = seen.findOrAdd(span.name, kept);
        const std::string_view name = position < kept ? spans[position].name : span.name;
        spans[position] = span;
        spans[position].name = name;
        kept = std::max(kept, position + 1);
    }
    spans.resize(kept);
    return {};
}

} // namespace blazedb::codec::binary
