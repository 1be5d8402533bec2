// One line for a cell. The work is bounded by the characters that fit, whatever the size of the value.
#include <algorithm>

#include <QCoreApplication>
#include <QLocale>
#include <QString>

#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr QChar kEllipsis(0x2026);
constexpr QChar kReturn(0x23CE);
constexpr QChar kTimes(0x00D7);

/// Appends compact text until the room is used up.
class CellWriter {
public:
    CellWriter(ZoneChoice zone, int room)
        : m_zone(zone)
        , m_room(room)
    {
    }

    void write(const model::Value& value);
    void counted(std::size_t count) { m_text += formatCount(count) + QLatin1Char(' ') + kTimes + QLatin1Char(' '); }
    [[nodiscard]] bool isFull() const { return m_text.size() > m_room; }
    [[nodiscard]] QString take();

private:
    void quoted(const std::string& part);
    void array(const model::Array& elements);
    void dictionary(const model::Dictionary& entries);
    void vector(const model::Vector& numbers);

    ZoneChoice m_zone;
    int m_room;
    QString m_text;
};

/// The beginning of `utf8` that can fill `characters`; a character cut in two at the end is left out.
QString beginning(const std::string& utf8, int characters)
{
    std::size_t bytes = std::min(utf8.size(), static_cast<std::size_t>(characters) * 4);
    while (bytes < utf8.size() && bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0U) == 0x80U) --bytes;
    return toQString(std::string_view(utf8).substr(0, bytes));
}

/// Control characters as their pictures; lines end at `⏎`.
QString printable(QString line)
{
    for (QChar& character : line) {
        const char16_t code = character.unicode();
        if (code == u'\t') character = QLatin1Char(' ');
        else if (code < 0x20) character = QChar(0x2400 + code);
        else if (code == 0x7F) character = QChar(0x2421);
        else if (code == 0x2028 || code == 0x2029) character = kReturn;
    }
    return line;
}

QString cellText(const std::string& utf8, int charactersMax)
{
    const QString start = beginning(utf8, charactersMax + 1);
    const auto end = std::find_if(start.begin(), start.end(), [](QChar c) { return c == u'\n' || c == u'\r'; });
    QString line = start.left(end - start.begin());
    if (end != start.end()) line += QLatin1Char(' ') + QString(kReturn);
    return printable(std::move(line));
}

QString firstBytes(const Bytes& bytes)
{
    constexpr std::size_t kShown = 8;
    const auto shown = QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                               static_cast<qsizetype>(std::min(bytes.size(), kShown)));
    QString hex = QString::fromLatin1(shown.toHex(' ').toUpper());
    return bytes.size() > kShown ? hex + QLatin1Char(' ') + kEllipsis : hex;
}

QString cellBytes(const Bytes& bytes)
{
    const QString kind = bytesKind(bytes);
    const bool isKnown = kind != bytesKind({});
    const QString size = formatBytes(bytes.size());
    return (isKnown ? kind + QLatin1Char(' ') + size : size) + QStringLiteral("  ") + firstBytes(bytes);
}

QString cellBool(bool value)
{
    return value ? QCoreApplication::translate("blazedb::views::format", "✓ true")
                 : QCoreApplication::translate("blazedb::views::format", "✗ false");
}

/// Shortens at the end, never between the halves of a surrogate pair.
QString cut(QString text, int charactersMax)
{
    if (text.size() <= charactersMax) return text;
    qsizetype length = std::max(0, charactersMax - 1);
    if (length > 0 && text.at(length - 1).isHighSurrogate()) --length;
    return text.left(length) + kEllipsis;
}

QString cutInTheMiddle(const QString& text, int charactersMax)
{
    if (text.size() <= charactersMax) return text;
    const int kept = std::max(2, charactersMax - 1);
    return text.left(kept - kept / 2) + kEllipsis + text.right(kept / 2);
}

void CellWriter::quoted(const std::string& part)
{
    QString inner = beginning(part, m_room + 1);
    inner.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    inner.replace(QLatin1Char('\n'), QLatin1String("\\n"));
    m_text += QLatin1Char('"') + printable(std::move(inner)) + QLatin1Char('"');
}

void CellWriter::array(const model::Array& elements)
{
    m_text += QLatin1Char('[');
    for (std::size_t i = 0; i < elements.size() && !isFull(); ++i) {
        if (i > 0) m_text += QLatin1String(", ");
        write(elements[i]);
    }
    m_text += QLatin1Char(']');
}

void CellWriter::dictionary(const model::Dictionary& entries)
{
    m_text += QLatin1Char('{');
    for (std::size_t i = 0; i < entries.size() && !isFull(); ++i) {
        if (i > 0) m_text += QLatin1String(", ");
        quoted(entries[i].key);
        m_text += QLatin1String(": ");
        write(entries[i].value);
    }
    m_text += QLatin1Char('}');
}

void CellWriter::vector(const model::Vector& numbers)
{
    m_text += QLatin1Char('[');
    for (std::size_t i = 0; i < numbers.elements.size() && !isFull(); ++i) {
        if (i > 0) m_text += QLatin1String(", ");
        // Elements are stored as the high half of a double: six digits say all they hold.
        m_text += QLocale().toString(numbers.elements[i], 'g', 6);
    }
    m_text += QLatin1Char(']');
}

/// Each level writes a bracket, so the room bounds the depth too.
void CellWriter::write(const model::Value& value)
{
    if (isFull()) return;
    switch (value.kind()) {
    case model::ValueKind::Text: return quoted(*value.as<std::string>());
    case model::ValueKind::Array: return array(*value.as<model::Array>());
    case model::ValueKind::Dictionary: return dictionary(*value.as<model::Dictionary>());
    case model::ValueKind::Vector: return vector(*value.as<model::Vector>());
    case model::ValueKind::Bool: m_text += *value.as<bool>() ? QLatin1String("true") : QLatin1String("false"); return;
    default: m_text += formatCell(value, m_zone, m_room); return;
    }
}

QString CellWriter::take()
{
    return cut(std::move(m_text), m_room);
}

} // namespace

QString formatCell(const model::Value& value, ZoneChoice zone, int charactersMax)
{
    CellWriter writer(zone, charactersMax);
    switch (value.kind()) {
    case model::ValueKind::Null: return kindGlyph(model::ValueKind::Null);
    case model::ValueKind::Bool: return cellBool(*value.as<bool>());
    case model::ValueKind::Integer: return cut(formatInteger(*value.as<std::int64_t>()), charactersMax);
    case model::ValueKind::Double: return cut(formatDouble(*value.as<double>()), charactersMax);
    case model::ValueKind::Date: return cut(formatDate(*value.as<model::Date>(), zone), charactersMax);
    case model::ValueKind::Text: return cut(cellText(*value.as<std::string>(), charactersMax), charactersMax);
    case model::ValueKind::Uuid: return cutInTheMiddle(toQString(value.as<model::Uuid>()->toString()), charactersMax);
    case model::ValueKind::Data: return cut(cellBytes(*value.as<Bytes>()), charactersMax);
    case model::ValueKind::Array: writer.counted(value.as<model::Array>()->size()); break;
    case model::ValueKind::Dictionary: writer.counted(value.as<model::Dictionary>()->size()); break;
    case model::ValueKind::Vector: writer.counted(value.as<model::Vector>()->elements.size()); break;
    }
    writer.write(value);
    return writer.take();
}

} // namespace blazedb::views
