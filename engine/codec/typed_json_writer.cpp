#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "engine/codec/base64.h"
#include "engine/codec/json_text.h"
#include "engine/codec/number_text.h"
#include "engine/codec/typed_json.h"

namespace blazedb::codec {

namespace {

/// Integers beyond this lose digits in readers that hold numbers as doubles.
constexpr std::int64_t kPlainIntegerMax = std::int64_t{1} << 53;

void appendQuoted(std::string& out, std::string_view text)
{
    appendJsonText(out, text, Solidus::Plain);
}

/// Keys that begin with `$` are doubled, so that a user's "$uuid" is not taken for a mark.
void appendKey(std::string& out, std::string_view key)
{
    if (key.starts_with('$')) {
        std::string doubled = "$";
        doubled += key;
        appendQuoted(out, doubled);
    } else {
        appendQuoted(out, key);
    }
}

/// Writes one value, on one line or indented. Thread-safety: none; one owner.
class JsonWriter {
public:
    JsonWriter(std::string& out, bool isIndented)
        : m_out(out)
        , m_isIndented(isIndented)
    {
    }

    void write(const model::Value& value)
    {
        std::visit([this](const auto& payload) { put(payload); }, value.storage);
    }

    void open(char bracket)
    {
        m_out += bracket;
        ++m_level;
        m_isFirst = true;
    }
    void separate()
    {
        if (!m_isFirst) m_out += ',';
        m_isFirst = false;
        breakLine();
    }
    void close(char bracket)
    {
        --m_level;
        if (!m_isFirst) breakLine();
        m_isFirst = false;
        m_out += bracket;
    }
    void key(std::string_view name)
    {
        separate();
        appendKey(m_out, name);
        m_out += m_isIndented ? ": " : ":";
    }

private:
    void breakLine()
    {
        if (!m_isIndented) return;
        m_out += '\n';
        m_out.append(m_level * 2, ' ');
    }
    /// {"$mark":content} on one line, whatever the indentation.
    template <typename Content>
    void marked(std::string_view mark, Content content)
    {
        m_out += "{\"";
        m_out += mark;
        m_out += m_isIndented ? "\": " : "\":";
        content();
        m_out += '}';
    }

    void put(model::Null) { m_out += "null"; }
    void put(bool flag) { m_out += flag ? "true" : "false"; }
    void put(std::int64_t number)
    {
        const bool isPlain = number >= -kPlainIntegerMax && number <= kPlainIntegerMax;
        if (isPlain)
            fmt::format_to(std::back_inserter(m_out), "{}", number);
        else
            marked("$int", [&] { fmt::format_to(std::back_inserter(m_out), "\"{}\"", number); });
    }
    void put(double number)
    {
        if (!std::isfinite(number)) return marked("$double", [&] { appendQuoted(m_out, doubleToText(number)); });
        if (number != std::trunc(number)) {
            m_out += doubleToText(number);
            return;
        }
        // Integral: as a bare number it would come back as an integer.
        marked("$double", [&] { m_out += doubleToText(number); });
    }
    void put(model::Date date)
    {
        marked("$date", [&] {
            if (const auto text = dateToText(date.seconds)) return appendQuoted(m_out, *text);
            m_out += "{\"ref\":";
            if (std::isfinite(date.seconds))
                m_out += doubleToText(date.seconds);
            else
                appendQuoted(m_out, doubleToText(date.seconds));
            m_out += '}';
        });
    }
    void put(const std::string& text) { appendQuoted(m_out, text); }
    void put(const model::Uuid& id)
    {
        marked("$uuid", [&] { appendQuoted(m_out, id.toString()); });
    }
    void put(const Bytes& data)
    {
        marked("$data", [&] {
            m_out += '"';
            appendBase64(m_out, data);
            m_out += '"';
        });
    }
    void put(const model::Vector& vector)
    {
        marked("$vector", [&] {
            m_out += '[';
            for (std::size_t i = 0; i < vector.elements.size(); ++i) {
                if (i > 0) m_out += m_isIndented ? ", " : ",";
                const double element = vector.elements[i];
                if (std::isfinite(element))
                    m_out += doubleToText(element);
                else
                    appendQuoted(m_out, doubleToText(element));
            }
            m_out += ']';
        });
    }
    void put(const model::Array& array)
    {
        open('[');
        for (const model::Value& element : array) {
            separate();
            write(element);
        }
        close(']');
    }
    void put(const model::Dictionary& dictionary)
    {
        open('{');
        for (const model::DictionaryEntry& entry : dictionary) {
            key(entry.key);
            write(entry.value);
        }
        close('}');
    }

    std::string& m_out;
    bool m_isIndented;
    std::size_t m_level = 0;
    bool m_isFirst = true;
};

void writeRecord(JsonWriter& writer, const model::Record& record)
{
    writer.open('{');
    writer.key(model::fieldname::kId);
    writer.write(model::Value(record.id));
    for (const model::Field& field : record.fields) {
        if (field.name == model::fieldname::kId) {
            // A stored id of another kind or value would be two keys of one name; the catalogue's id is the record's.
            continue;
        }
        writer.key(field.name);
        writer.write(field.value);
    }
    writer.close('}');
}

} // namespace

void appendTypedJson(std::string& out, const model::Value& value)
{
    JsonWriter(out, false).write(value);
}

std::string toTypedJson(const model::Value& value)
{
    std::string text;
    appendTypedJson(text, value);
    return text;
}

void appendTypedJson(std::string& out, const model::Record& record)
{
    JsonWriter writer(out, false);
    writeRecord(writer, record);
}

std::string toIndentedTypedJson(const model::Value& value)
{
    std::string text;
    JsonWriter(text, true).write(value);
    return text;
}

std::string toIndentedTypedJson(const model::Record& record)
{
    std::string text;
    JsonWriter writer(text, true);
    writeRecord(writer, record);
    return text;
}

} // namespace blazedb::codec
