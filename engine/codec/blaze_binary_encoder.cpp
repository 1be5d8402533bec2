#include <algorithm>
#include <bit>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/blaze_binary_format.h"
#include "engine/model/text_order.h"

namespace blazedb::codec {

namespace {

Error refusal(std::string message)
{
    return {ErrorCode::InvalidArgument, std::move(message)};
}

/// Such a name would be read as another one, perhaps as one that is there already.
bool hasByteOrderMark(std::string_view name)
{
    return binary::withoutByteOrderMark(name).size() != name.size();
}

/// Writes values in their shortest form. Thread-safety: none; one owner.
class RecordEncoder {
public:
    RecordEncoder(ByteWriter& out, RecordForm form)
        : m_out(out)
        , m_form(form)
    {
    }

    Result<void> value(const model::Value& value, std::size_t depth)
    {
        if (depth > kNestingMax) return refusal("values nested deeper than 1,000 levels");
        m_depth = depth;
        return std::visit([this](const auto& payload) { return write(payload); }, value.storage);
    }

private:
    void tag(binary::Tag tag) { m_out.be<std::uint8_t>(tag); }
    void real(double number) { m_out.be<std::uint64_t>(std::bit_cast<std::uint64_t>(number)); }

    Result<void> write(model::Null)
    {
        tag(binary::kNull);
        return {};
    }
    Result<void> write(bool flag)
    {
        tag(binary::kBool);
        m_out.be<std::uint8_t>(flag ? 1 : 0);
        return {};
    }
    Result<void> write(std::int64_t number)
    {
        if (number >= 0 && number <= 255) {
            tag(binary::kSmallInteger);
            m_out.be<std::uint8_t>(static_cast<std::uint8_t>(number));
        } else {
            tag(binary::kInteger);
            m_out.be<std::uint64_t>(static_cast<std::uint64_t>(number));
        }
        return {};
    }
    Result<void> write(double number)
    {
        tag(binary::kDouble);
        real(number);
        return {};
    }
    Result<void> write(model::Date date)
    {
        tag(binary::kDate);
        real(date.seconds);
        return {};
    }
    Result<void> write(const std::string& text)
    {
        if (text.size() > kTextBytesMax) return refusal("text of more than 100,000,000 bytes");
        if (!model::isValidUtf8(text)) return refusal("text is not UTF-8");
        if (text.empty()) {
            tag(binary::kEmptyText);
        } else if (text.size() < 16) {
            m_out.be<std::uint8_t>(static_cast<std::uint8_t>(binary::kShortText | text.size()));
        } else {
            tag(binary::kText);
            m_out.be<std::uint32_t>(static_cast<std::uint32_t>(text.size()));
        }
        m_out.text(text);
        return {};
    }
    Result<void> write(const model::Uuid& id)
    {
        tag(binary::kUuid);
        m_out.bytes(std::as_bytes(std::span(id.bytes)));
        return {};
    }
    Result<void> write(const Bytes& data)
    {
        if (data.size() > kTextBytesMax) return refusal("bytes value of more than 100,000,000 bytes");
        tag(binary::kData);
        m_out.be<std::uint32_t>(static_cast<std::uint32_t>(data.size()));
        m_out.bytes(data);
        return {};
    }
    Result<void> write(const model::Vector& vector)
    {
        if (vector.elements.size() >= kVectorElementsMax) return refusal("vector of more than 999,999 elements");
        tag(binary::kVector);
        m_out.be<std::uint32_t>(static_cast<std::uint32_t>(vector.elements.size()));
        for (const double element : vector.elements) {
            if (m_form == RecordForm::InMemory) real(element);
            else m_out.be<std::uint32_t>(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(element) >> 32U));
        }
        return {};
    }
    Result<void> write(const model::Array& array)
    {
        if (array.size() > binary::kCountMax) return refusal("array of more than 65,535 elements");
        if (array.empty()) {
            tag(binary::kEmptyArray);
            return {};
        }
        tag(binary::kArray);
        m_out.be<std::uint16_t>(static_cast<std::uint16_t>(array.size()));
        const std::size_t depth = m_depth;
        for (const model::Value& element : array) BLAZE_TRY(value(element, depth + 1));
        return {};
    }
    Result<void> write(const model::Dictionary& dictionary)
    {
        if (dictionary.size() > binary::kCountMax) return refusal("dictionary of more than 65,535 entries");
        if (dictionary.empty()) {
            tag(binary::kEmptyDictionary);
            return {};
        }
        std::vector<const model::DictionaryEntry*> sorted;
        for (const model::DictionaryEntry& entry : dictionary) sorted.push_back(&entry);
        std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return model::compareText(a->key, b->key) < 0; });
        tag(binary::kDictionary);
        m_out.be<std::uint16_t>(static_cast<std::uint16_t>(dictionary.size()));
        const std::size_t depth = m_depth;
        const auto twin = std::adjacent_find(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return model::canonicallyEqual(a->key, b->key); });
        if (twin != sorted.end()) return refusal("two entries of a dictionary are called " + (*twin)->key);
        for (const model::DictionaryEntry* entry : sorted) {
            if (entry->key.size() > UINT16_MAX) return refusal("dictionary key of more than 65,535 bytes");
            if (!model::isValidUtf8(entry->key)) return refusal("dictionary key is not UTF-8");
            if (hasByteOrderMark(entry->key)) return refusal("a dictionary key begins with a byte order mark, which readers drop");
            m_out.be<std::uint16_t>(static_cast<std::uint16_t>(entry->key.size()));
            m_out.text(entry->key);
            BLAZE_TRY(value(entry->value, depth + 1));
        }
        return {};
    }

    ByteWriter& m_out;
    RecordForm m_form;
    std::size_t m_depth = 0;
};

Result<void> writeFieldName(ByteWriter& out, const std::string& name)
{
    if (const auto number = binary::commonFieldNumber(name)) {
        out.be<std::uint8_t>(*number);
        return {};
    }
    if (name.size() > UINT16_MAX) return refusal("field name of more than 65,535 bytes");
    if (!model::isValidUtf8(name)) return refusal("field name is not UTF-8");
    if (hasByteOrderMark(name)) return refusal("a field name begins with a byte order mark, which readers drop");
    out.be<std::uint8_t>(binary::kNamedField);
    out.be<std::uint16_t>(static_cast<std::uint16_t>(name.size()));
    out.text(name);
    return {};
}

} // namespace

bool isInMemoryForm(ByteView bytes)
{
    return bytes.size() > binary::kMagic.size() && std::to_integer<std::uint8_t>(bytes[binary::kMagic.size()]) == binary::kVersionInMemory;
}

Result<Bytes> encodeRecord(const std::vector<model::Field>& fields, RecordForm form)
{
    if (fields.size() > binary::kCountMax) return refusal("record of more than 65,535 fields");
    std::vector<const model::Field*> sorted;
    for (const model::Field& field : fields) sorted.push_back(&field);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return model::compareText(a->name, b->name) < 0; });

    ByteWriter out(256);
    out.text(binary::kMagic);
    out.be<std::uint8_t>(form == RecordForm::InMemory ? binary::kVersionInMemory : binary::kVersionPlain);
    out.be<std::uint16_t>(static_cast<std::uint16_t>(fields.size()));
    RecordEncoder encoder(out, form);
    const model::Field* previous = nullptr;
    for (const model::Field* field : sorted) {
        if (previous != nullptr && model::canonicallyEqual(previous->name, field->name)) return refusal("two fields are called " + field->name);
        if (field->isCut()) return refusal("the value of " + field->name + " is not whole");
        BLAZE_TRY(writeFieldName(out, field->name));
        if (auto written = encoder.value(field->value, 0); !written) return std::move(written).error().in(field->name);
        previous = field;
    }
    return out.take();
}

} // namespace blazedb::codec
