#include <array>

#include "engine/codec/dump_text.h"

namespace blazedb::codec {

namespace {

constexpr std::array<std::string_view, 3> kDumpKeys{"header", "manifest", "records"};

/// Finds where values begin and end, without parsing them: whoever parses a piece finds what is wrong inside it.
/// Thread-safety: none; one owner.
class PieceScanner {
public:
    explicit PieceScanner(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] bool isAtEnd() const { return m_position >= m_text.size(); }
    void skipSpace()
    {
        while (!isAtEnd() && std::string_view(" \t\r\n").find(m_text[m_position]) != std::string_view::npos) ++m_position;
    }
    bool take(char wanted)
    {
        skipSpace();
        if (isAtEnd() || m_text[m_position] != wanted) return false;
        ++m_position;
        return true;
    }
    /// A key without its quotes, as it stands.
    std::optional<std::string_view> key()
    {
        skipSpace();
        const std::size_t begin = m_position;
        if (isAtEnd() || m_text[begin] != '"' || !skipText()) return std::nullopt;
        return m_text.substr(begin + 1, m_position - begin - 2);
    }
    /// One value of any kind, whole.
    std::optional<std::string_view> value()
    {
        skipSpace();
        const std::size_t begin = m_position;
        if (isAtEnd()) return std::nullopt;
        const char first = m_text[begin];
        const bool isThere = first == '"' ? skipText() : first == '{' || first == '[' ? skipContainer() : skipWord();
        if (!isThere) return std::nullopt;
        return m_text.substr(begin, m_position - begin);
    }

private:
    bool skipText()
    {
        for (++m_position; !isAtEnd(); ++m_position) {
            if (m_text[m_position] == '\\') {
                ++m_position;
            } else if (m_text[m_position] == '"') {
                ++m_position;
                return true;
            }
        }
        m_position = m_text.size();
        return false;
    }
    bool skipContainer()
    {
        std::size_t depth = 0;
        while (!isAtEnd()) {
            const char c = m_text[m_position];
            if (c == '"') {
                if (!skipText()) return false;
                continue;
            }
            ++m_position;
            if (c == '{' || c == '[') ++depth;
            if ((c == '}' || c == ']') && --depth == 0) return true;
        }
        return false;
    }
    bool skipWord()
    {
        const std::size_t begin = m_position;
        while (!isAtEnd() && std::string_view(",]}: \t\r\n").find(m_text[m_position]) == std::string_view::npos) ++m_position;
        return m_position > begin;
    }

    std::string_view m_text;
    std::size_t m_position = 0;
};

std::string problemAt(const char* what, std::size_t position)
{
    return std::string(what) + " at byte " + std::to_string(position);
}

/// The elements of the array that `scanner` stands before.
bool splitRecords(PieceScanner& scanner, std::string_view text, DumpPieces& pieces)
{
    scanner.skipSpace();
    const std::size_t begin = scanner.position();
    if (!scanner.take('[')) {
        pieces.problem = problemAt("the records are no list", begin);
        return false;
    }
    if (!scanner.take(']')) {
        for (;;) {
            const std::size_t itemBegin = scanner.position();
            const auto item = scanner.value();
            if (!item) {
                pieces.problem = problemAt("the dump is cut short in the record", itemBegin);
                return false;
            }
            pieces.items.push_back(*item);
            if (scanner.take(']')) break;
            if (scanner.take(',')) continue;
            pieces.problem = problemAt(scanner.isAtEnd() ? "the dump is cut short" : "no comma between records", scanner.position());
            return false;
        }
    }
    pieces.records = text.substr(begin, scanner.position() - begin);
    return true;
}

} // namespace

bool looksLikeDump(std::string_view beginning)
{
    PieceScanner scanner(beginning);
    if (!scanner.take('{')) return false;
    const auto key = scanner.key();
    if (!key || !scanner.take(':')) return false;
    for (const std::string_view known : kDumpKeys)
        if (*key == known) return true;
    return false;
}

DumpPieces splitDump(std::string_view text)
{
    DumpPieces pieces;
    PieceScanner scanner(text);
    const auto fail = [&](const char* what) {
        pieces.problem = problemAt(scanner.isAtEnd() ? "the dump is cut short" : what, scanner.position());
        return pieces;
    };
    if (!scanner.take('{')) return fail("not a dump: no JSON object begins");
    if (!scanner.take('}')) {
        for (;;) {
            const auto key = scanner.key();
            if (!key || !scanner.take(':')) return fail("no key where one is due");
            if (*key == "records") {
                pieces.items.clear();
                if (!splitRecords(scanner, text, pieces)) return pieces;
            } else {
                const auto value = scanner.value();
                if (!value) return fail("no value where one is due");
                if (*key == "header") pieces.header = *value;
                if (*key == "manifest") pieces.manifest = *value;
            }
            if (scanner.take('}')) break;
            if (!scanner.take(',')) return fail("no comma where one is due");
        }
    }
    scanner.skipSpace();
    if (!scanner.isAtEnd()) return fail("something follows the dump");
    if (pieces.header.empty()) pieces.problem = "the dump has no header";
    else if (pieces.manifest.empty()) pieces.problem = "the dump has no manifest";
    else if (pieces.records.empty()) pieces.problem = "the dump has no records";
    return pieces;
}

} // namespace blazedb::codec
