#include "engine/codec/row_values.h"

#include <algorithm>
#include <bit>

#include "engine/model/text_order.h"

namespace blazedb::codec::row {

namespace {

Error badRow(const char* what)
{
    return {ErrorCode::Corruption, std::string("row: ") + what};
}

Error badValue(const char* what)
{
    return {ErrorCode::InvalidArgument, what};
}

void appendTag(Bytes& into, Tag tag, std::size_t payloadBytes = 0)
{
    into.push_back(static_cast<std::byte>(static_cast<std::size_t>(tag) | payloadBytes << 4U));
}

void append(Bytes& into, ByteView bytes)
{
    into.insert(into.end(), bytes.begin(), bytes.end());
}

void appendLength(Bytes& into, std::uint64_t length)
{
    for (; length >= 0x80; length >>= 7U) into.push_back(static_cast<std::byte>(length | 0x80U));
    into.push_back(static_cast<std::byte>(length));
}

/// Of a 64-bit integer: bytes that hold it, sign included.
std::size_t integerBytes(std::int64_t value)
{
    if (value == 0) return 0;
    const auto magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
    return static_cast<std::size_t>(std::bit_width(magnitude)) / 8 + 1;
}

void appendInteger(Bytes& into, std::int64_t value)
{
    const std::size_t count = integerBytes(value);
    appendTag(into, Tag::Integer, count);
    std::byte bytes[8];
    storeLe(bytes, static_cast<std::uint64_t>(value));
    append(into, ByteView(bytes, count));
}

std::size_t realBytes(std::uint64_t bits)
{
    return bits == 0 ? 0 : 8 - static_cast<std::size_t>(std::countr_zero(bits)) / 8;
}

void appendReal(Bytes& into, Tag tag, double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::size_t count = realBytes(bits);
    appendTag(into, tag, count);
    std::byte bytes[8];
    storeLe(bytes, bits);
    append(into, ByteView(bytes).subspan(8 - count));
}

bool isExactAsFloat(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const auto exponent = bits >> 52U & 0x7FFU;
    // Conversions may quieten a signalling NaN: by its bits, a NaN fits when only the upper bits of its fraction are used.
    if (exponent == 0x7FFU && bits << 12U != 0) return false;
    return std::bit_cast<std::uint64_t>(static_cast<double>(static_cast<float>(value))) == bits;
}

/// Appends what stands between the length and the end, and puts the length before it where it is nested.
class Writer {
public:
    Writer(Bytes& into, bool isNested, std::size_t depth)
        : m_into(into)
        , m_isNested(isNested)
        , m_depth(depth)
    {
    }

    Result<void> operator()(model::Null) const
    {
        appendTag(m_into, Tag::Null);
        return {};
    }
    Result<void> operator()(bool value) const
    {
        appendTag(m_into, value ? Tag::True : Tag::False);
        return {};
    }
    Result<void> operator()(std::int64_t value) const
    {
        appendInteger(m_into, value);
        return {};
    }
    Result<void> operator()(double value) const
    {
        appendReal(m_into, Tag::Double, value);
        return {};
    }
    Result<void> operator()(model::Date value) const
    {
        appendReal(m_into, Tag::Date, value.seconds);
        return {};
    }
    Result<void> operator()(const std::string& value) const
    {
        if (!model::isValidUtf8(value)) return badValue("text is not UTF-8");
        return payload(Tag::Text, asBytes(value));
    }
    Result<void> operator()(const model::Uuid& value) const
    {
        appendTag(m_into, Tag::Uuid);
        append(m_into, std::as_bytes(std::span(value.bytes)));
        return {};
    }
    Result<void> operator()(const Bytes& value) const { return payload(Tag::Data, value); }
    Result<void> operator()(const model::Array& value) const
    {
        Bytes elements;
        for (const model::Value& element : value) BLAZE_TRY(appendValue(elements, element, true, m_depth + 1));
        return payload(Tag::Array, elements);
    }
    Result<void> operator()(const model::Vector& value) const
    {
        const bool isShort = std::all_of(value.elements.begin(), value.elements.end(), isExactAsFloat);
        Bytes elements(value.elements.size() * (isShort ? 4 : 8));
        std::byte* at = elements.data();
        for (const double element : value.elements) {
            if (isShort) storeLe(at, std::bit_cast<std::uint32_t>(static_cast<float>(element)));
            else storeLe(at, std::bit_cast<std::uint64_t>(element));
            at += isShort ? 4 : 8;
        }
        return payload(isShort ? Tag::ShortVector : Tag::Vector, elements);
    }
    Result<void> operator()(const model::Dictionary& value) const
    {
        std::vector<const model::DictionaryEntry*> entries;
        for (const model::DictionaryEntry& entry : value) entries.push_back(&entry);
        std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return model::compareText(a->key, b->key) < 0; });
        const auto areTwins = [](const auto* a, const auto* b) { return model::canonicallyEqual(a->key, b->key); };
        if (std::adjacent_find(entries.begin(), entries.end(), areTwins) != entries.end()) return badValue("two entries of a dictionary have the same key");
        Bytes body;
        for (const model::DictionaryEntry* entry : entries) {
            if (!model::isValidUtf8(entry->key)) return badValue("a dictionary key is not UTF-8");
            appendLength(body, entry->key.size());
            append(body, asBytes(entry->key));
            BLAZE_TRY(appendValue(body, entry->value, true, m_depth + 1));
        }
        return payload(Tag::Dictionary, body);
    }

private:
    [[nodiscard]] Result<void> payload(Tag tag, ByteView bytes) const
    {
        if (bytes.size() + m_into.size() > kMaxRowBytes) return badValue("a record of more than 1 GiB");
        appendTag(m_into, tag);
        if (m_isNested) appendLength(m_into, bytes.size());
        append(m_into, bytes);
        return {};
    }

    Bytes& m_into;
    bool m_isNested;
    std::size_t m_depth;
};

/// Nullopt: not there, or not in its shortest form.
std::optional<std::uint64_t> takeLength(ByteReader& reader)
{
    std::uint64_t length = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
        const auto byte = reader.le<std::uint8_t>();
        if (!byte) return std::nullopt;
        length |= std::uint64_t{*byte & 0x7FU} << shift;
        if ((*byte & 0x80U) == 0) return shift != 0 && *byte == 0 ? std::nullopt : std::optional(length);
    }
    return std::nullopt;
}

std::optional<ByteView> takeCounted(ByteReader& reader)
{
    const auto length = takeLength(reader);
    return length ? reader.bytes(static_cast<std::size_t>(*length)) : std::nullopt;
}

Result<void> decodeNested(ByteReader& reader, model::Value& into, std::size_t depth)
{
    const auto first = reader.le<std::uint8_t>();
    if (!first) return badRow("a value is cut off");
    const std::uint8_t code = *first & 0x0FU;
    const std::size_t count = *first >> 4U;
    if (code >= kTagCount) return badRow("unknown kind of value");
    const Tag tag{code};
    std::optional<ByteView> payload;
    if (hasLength(tag)) payload = takeCounted(reader);
    else payload = reader.bytes(tag == Tag::Uuid ? 16 : count);
    if (!payload) return badRow("a value is cut off");
    const bool countsBytes = tag == Tag::Integer || tag == Tag::Double || tag == Tag::Date;
    if (countsBytes ? count > 8 : count != 0) return badRow("a value's first byte is not as it is written");
    return decodePayload(tag, *payload, into, depth);
}

Result<void> decodeArray(ByteView payload, model::Value& into, std::size_t depth)
{
    model::Array array;
    ByteReader reader(payload);
    while (reader.remaining() > 0) BLAZE_TRY(decodeNested(reader, array.emplace_back(), depth + 1));
    into.storage = std::move(array);
    return {};
}

Result<void> decodeDictionary(ByteView payload, model::Value& into, std::size_t depth)
{
    model::Dictionary dictionary;
    ByteReader reader(payload);
    while (reader.remaining() > 0) {
        const auto key = takeCounted(reader);
        if (!key || !model::isValidUtf8(asText(*key))) return badRow("a dictionary's key is damaged");
        if (!dictionary.empty() && model::compareText(dictionary.back().key, asText(*key)) >= 0) return badRow("a dictionary's keys do not ascend");
        model::DictionaryEntry& entry = dictionary.emplace_back(model::DictionaryEntry{std::string(asText(*key)), {}});
        BLAZE_TRY(decodeNested(reader, entry.value, depth + 1));
    }
    into.storage = std::move(dictionary);
    return {};
}

Result<void> decodeVector(ByteView payload, std::size_t width, model::Value& into)
{
    if (payload.size() % width != 0) return badRow("a vector is cut off");
    model::Vector vector;
    vector.elements.resize(payload.size() / width);
    bool isExact = true;
    for (std::size_t i = 0; i < vector.elements.size(); ++i) {
        const std::byte* at = payload.data() + i * width;
        if (width == 4) vector.elements[i] = static_cast<double>(std::bit_cast<float>(loadLe<std::uint32_t>(at)));
        else vector.elements[i] = std::bit_cast<double>(loadLe<std::uint64_t>(at));
        isExact = isExact && isExactAsFloat(vector.elements[i]);
    }
    if (isExact != (width == 4)) return badRow("a vector is not in its shortest form");
    into.storage = std::move(vector);
    return {};
}

Result<void> decodeText(ByteView payload, model::Value& into)
{
    const std::string_view text = asText(payload);
    if (!model::isValidUtf8(text)) return badRow("text is not UTF-8");
    if (auto* there = std::get_if<std::string>(&into.storage)) there->assign(text);
    else into.storage = std::string(text);
    return {};
}

Result<void> decodeReal(Tag tag, ByteView payload, model::Value& into)
{
    const double real = loadReal(payload);
    if (payload.size() > 8 || realBytes(std::bit_cast<std::uint64_t>(real)) != payload.size()) return badRow("a number is not in its shortest form");
    if (tag == Tag::Date) into.storage = model::Date{real};
    else into.storage = real;
    return {};
}

} // namespace

std::int64_t loadInteger(ByteView payload)
{
    if (payload.empty()) return 0;
    std::uint64_t bits = 0;
    for (std::size_t i = payload.size(); i-- > 0;) bits = bits << 8U | std::to_integer<std::uint64_t>(payload[i]);
    const unsigned unused = 64 - 8 * static_cast<unsigned>(std::min<std::size_t>(payload.size(), 8));
    return static_cast<std::int64_t>(bits << unused) >> unused;
}

double loadReal(ByteView payload)
{
    std::byte bytes[8]{};
    const std::size_t count = std::min<std::size_t>(payload.size(), 8);
    std::copy_n(payload.begin(), count, bytes + (8 - count));
    return std::bit_cast<double>(loadLe<std::uint64_t>(bytes));
}

Result<void> appendValue(Bytes& into, const model::Value& value, bool isNested, std::size_t depth)
{
    if (depth > kMaxRowNesting) return badValue("values nested deeper than 1,000 levels");
    return std::visit(Writer(into, isNested, depth), value.storage);
}

Result<void> decodePayload(Tag tag, ByteView payload, model::Value& into, std::size_t depth)
{
    if (depth > kMaxRowNesting) return badRow("values nested deeper than 1,000 levels");
    switch (tag) {
    case Tag::Null: into.storage = model::Null{}; return {};
    case Tag::False: into.storage = false; return {};
    case Tag::True: into.storage = true; return {};
    case Tag::Integer: {
        const std::int64_t integer = loadInteger(payload);
        if (integerBytes(integer) != payload.size()) return badRow("an integer is not in its shortest form");
        into.storage = integer;
        return {};
    }
    case Tag::Double:
    case Tag::Date: return decodeReal(tag, payload, into);
    case Tag::Text: return decodeText(payload, into);
    case Tag::Uuid: {
        model::Uuid id;
        std::memcpy(id.bytes.data(), payload.data(), id.bytes.size());
        into.storage = id;
        return {};
    }
    case Tag::Data:
        if (auto* there = std::get_if<Bytes>(&into.storage)) there->assign(payload.begin(), payload.end());
        else into.storage = Bytes(payload.begin(), payload.end());
        return {};
    case Tag::Array: return decodeArray(payload, into, depth);
    case Tag::Vector: return decodeVector(payload, 8, into);
    case Tag::ShortVector: return decodeVector(payload, 4, into);
    case Tag::Dictionary: return decodeDictionary(payload, into, depth);
    }
    return badRow("unknown kind of value");
}

} // namespace blazedb::codec::row
