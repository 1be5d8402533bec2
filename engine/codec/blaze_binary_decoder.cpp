#include <algorithm>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/blaze_binary_walker.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

bool isWanted(std::string_view name, const std::vector<std::string>& wanted)
{
    return wanted.empty()
        || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& other) { return model::canonicallyEqual(name, other); });
}

/// The longest beginning of `text` of at most `bytesMax` bytes that ends between scalars.
std::string_view cutText(std::string_view text, std::uint64_t bytesMax)
{
    std::size_t length = std::min<std::uint64_t>(text.size(), bytesMax);
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
    return text.substr(0, length);
}

/// Keeps the beginning of a text or of bytes, empties a container; answers the size of what was there.
std::uint64_t cutValue(model::Value& value, std::uint64_t encodedBytes, std::uint64_t bytesMax)
{
    if (auto* text = std::get_if<std::string>(&value.storage)) {
        const std::uint64_t whole = text->size();
        text->resize(cutText(*text, bytesMax).size());
        text->shrink_to_fit();
        return whole;
    }
    if (auto* data = std::get_if<Bytes>(&value.storage)) {
        const std::uint64_t whole = data->size();
        data->resize(std::min<std::uint64_t>(whole, bytesMax));
        data->shrink_to_fit();
        return whole;
    }
    if (std::holds_alternative<model::Array>(value.storage)) value = model::Value(model::Array());
    if (std::holds_alternative<model::Dictionary>(value.storage)) value = model::Value(model::Dictionary());
    if (std::holds_alternative<model::Vector>(value.storage)) value = model::Value(model::Vector());
    return encodedBytes;
}

} // namespace

Result<std::vector<model::Field>> decodeRecord(ByteView bytes, const DecodeOptions& options)
{
    std::vector<binary::FieldSpan> spans;
    BLAZE_TRY(binary::outlineRecord(bytes, spans));
    std::vector<model::Field> fields;
    fields.reserve(spans.size());
    for (const binary::FieldSpan& span : spans) {
        if (!isWanted(span.name, options.fields)) continue;
        model::Field field{std::string(span.name), {}, 0};
        binary::Walker walker(bytes, span.begin);
        if (!walker.decode(field.value)) return walker.problem();
        const std::uint64_t encodedBytes = span.end - span.begin;
        // A scalar of fixed size is never cut, however small the limit.
        const bool canBeCut = span.kind == model::ValueKind::Text || span.kind == model::ValueKind::Data
            || span.kind == model::ValueKind::Array || span.kind == model::ValueKind::Dictionary || span.kind == model::ValueKind::Vector;
        if (canBeCut && encodedBytes > options.valueBytesMax) field.wholeBytes = cutValue(field.value, encodedBytes, options.valueBytesMax);
        fields.push_back(std::move(field));
    }
    return fields;
}

Result<std::optional<model::Uuid>> decodeRecordId(ByteView bytes)
{
    binary::Walker walker(bytes);
    std::size_t count = 0;
    if (!walker.readHeader(count)) return walker.problem();
    std::optional<model::Value> value;
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view name;
        model::ValueKind kind{};
        if (!walker.readFieldName(name)) return walker.problem();
        if (name == model::fieldname::kId) {
            if (!walker.decode(value.emplace())) return walker.problem();
        } else if (value) {
            break; // fields are sorted: another `id`, which would count in place of this one, would have stood here
        } else if (!walker.skip(kind)) {
            return walker.problem();
        }
    }
    if (!value) return std::optional<model::Uuid>();
    if (const auto* id = value->as<model::Uuid>()) return std::optional(*id);
    const auto* text = value->as<std::string>();
    return text != nullptr ? model::Uuid::parse(*text) : std::nullopt;
}

struct RecordReader::State {
    ByteView bytes;
    std::vector<binary::FieldSpan> spans;
    std::vector<FieldOutline> outline;
    std::vector<model::Value> values;  ///< By span; valid where isDecoded.
    std::vector<char> isDecoded;
    bool hasOutline = false;
};

RecordReader::RecordReader()
    : m_state(std::make_unique<State>())
{
}

RecordReader::~RecordReader() = default;

Result<void> RecordReader::open(ByteView bytes)
{
    m_state->bytes = bytes;
    m_state->hasOutline = false;
    BLAZE_TRY(binary::outlineRecord(bytes, m_state->spans));
    if (m_state->values.size() < m_state->spans.size()) m_state->values.resize(m_state->spans.size());
    m_state->isDecoded.assign(m_state->spans.size(), 0);
    return {};
}

const model::Value* RecordReader::field(std::string_view name)
{
    for (std::size_t i = 0; i < m_state->spans.size(); ++i) {
        const binary::FieldSpan& span = m_state->spans[i];
        if (!model::canonicallyEqual(span.name, name)) continue;
        if (m_state->isDecoded[i] == 0) {
            binary::Walker walker(m_state->bytes, span.begin);
            if (!walker.decode(m_state->values[i])) return nullptr; // open() walked it: cannot happen
            m_state->isDecoded[i] = 1;
        }
        return &m_state->values[i];
    }
    return nullptr;
}

const std::vector<RecordReader::FieldOutline>& RecordReader::outline() const
{
    if (!m_state->hasOutline) {
        m_state->outline.clear();
        for (const binary::FieldSpan& span : m_state->spans) m_state->outline.push_back({span.name, span.kind, span.end - span.begin});
        m_state->hasOutline = true;
    }
    return m_state->outline;
}

} // namespace blazedb::codec
