#include <algorithm>
#include <cmath>

#include "engine/codec/base64.h"
#include "engine/codec/dump_text.h"
#include "engine/codec/foundation_json.h"

namespace blazedb::codec {

namespace {

/// Writes values as Foundation's encoder does with sorted keys and ISO 8601 dates. Thread-safety: none; one owner.
class DumpValueWriter {
public:
    explicit DumpValueWriter(std::string& out)
        : m_out(out)
    {
    }

    /// False when a number is not finite.
    bool write(const model::Value& value)
    {
        return std::visit([this](const auto& payload) { return put(payload); }, value.storage);
    }

    /// An object of entries sorted by key; `key` and `value` look into one entry.
    template <typename Entry, typename Key, typename ValueOf>
    bool object(const std::vector<Entry>& entries, Key key, ValueOf value)
    {
        std::vector<const Entry*> sorted;
        sorted.reserve(entries.size());
        for (const Entry& entry : entries) sorted.push_back(&entry);
        std::sort(sorted.begin(), sorted.end(), [&](const Entry* a, const Entry* b) { return key(*a) < key(*b); });
        m_out += '{';
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            if (i > 0) m_out += ',';
            appendFoundationText(m_out, key(*sorted[i]));
            m_out += ':';
            if (!write(value(*sorted[i]))) return false;
        }
        m_out += '}';
        return true;
    }

private:
    bool put(model::Null)
    {
        m_out += "null";
        return true;
    }
    bool put(bool flag)
    {
        m_out += flag ? "true" : "false";
        return true;
    }
    bool put(std::int64_t number)
    {
        m_out += std::to_string(number);
        return true;
    }
    bool put(double number)
    {
        if (!std::isfinite(number)) return false;
        appendFoundationNumber(m_out, number);
        return true;
    }
    bool put(model::Date date)
    {
        if (!std::isfinite(date.seconds)) return false;
        appendFoundationText(m_out, wholeSecondsText(date.seconds));
        return true;
    }
    bool put(const std::string& text)
    {
        appendFoundationText(m_out, text);
        return true;
    }
    bool put(const model::Uuid& id)
    {
        appendFoundationText(m_out, id.toString());
        return true;
    }
    bool put(const Bytes& data)
    {
        std::string text;
        appendBase64(text, data);
        appendFoundationText(m_out, text);
        return true;
    }
    bool put(const model::Vector& vector)
    {
        m_out += '[';
        for (std::size_t i = 0; i < vector.elements.size(); ++i) {
            if (i > 0) m_out += ',';
            if (!put(vector.elements[i])) return false;
        }
        m_out += ']';
        return true;
    }
    bool put(const model::Array& array)
    {
        m_out += '[';
        for (std::size_t i = 0; i < array.size(); ++i) {
            if (i > 0) m_out += ',';
            if (!write(array[i])) return false;
        }
        m_out += ']';
        return true;
    }
    bool put(const model::Dictionary& dictionary)
    {
        return object(
            dictionary, [](const model::DictionaryEntry& entry) -> const std::string& { return entry.key; },
            [](const model::DictionaryEntry& entry) -> const model::Value& { return entry.value; });
    }

    std::string& m_out;
};

} // namespace

std::string dumpHeaderText(const DumpHeader& header)
{
    std::string out = "{\"databaseId\":";
    appendFoundationText(out, header.databaseId);
    out += ",\"databaseName\":";
    appendFoundationText(out, header.databaseName);
    out += ",\"exportedAt\":";
    appendFoundationText(out, wholeSecondsText(header.exportedAt));
    out += ",\"formatVersion\":" + std::to_string(header.formatVersion);
    out += ",\"schemaVersion\":{\"major\":" + std::to_string(header.schemaMajor) + ",\"minor\":" + std::to_string(header.schemaMinor) + '}';
    if (header.toolVersion) {
        out += ",\"toolVersion\":";
        appendFoundationText(out, *header.toolVersion);
    }
    return out + '}';
}

Result<void> appendDumpRecord(std::string& out, const std::vector<model::Field>& fields)
{
    const std::size_t before = out.size();
    out += "{\"storage\":";
    DumpValueWriter writer(out);
    const bool isWritten = writer.object(
        fields, [](const model::Field& field) -> const std::string& { return field.name; },
        [](const model::Field& field) -> const model::Value& { return field.value; });
    if (!isWritten) {
        out.resize(before);
        return Error{ErrorCode::InvalidArgument, "it holds a number that is not finite, which a dump cannot hold"};
    }
    out += '}';
    return {};
}

} // namespace blazedb::codec
