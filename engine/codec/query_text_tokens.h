// Filter text cut into tokens. Internal to codec.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blazedb::codec {

enum class TokenKind { Word, QuotedText, QuotedField, Open, Close, Comma, End };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;       ///< Without quotes.
    std::size_t offset = 0; ///< Byte in the whole text.
};

/// Reads one token after the other; what a parenthesis or comma means depends on where it stands, so the parser says what it
/// expects. Thread-safety: none; one owner.
class TokenReader {
public:
    explicit TokenReader(std::string_view text)
        : m_text(text)
    {
    }

    /// Where a condition may begin or end: parentheses stand for themselves, even glued to a word.
    Token next();
    /// Where a value is due: a `(` belongs to the word; a `)` ends it only while `openGroups` > 0 and the word holds no `(` of its own.
    Token nextValue(std::size_t openGroups);
    /// Inside `in ( … )`: commas and the closing parenthesis stand for themselves.
    Token nextListItem();
    /// As next(), without moving.
    [[nodiscard]] Token peek() const;
    void moveTo(std::size_t offset) { m_position = offset; }
    /// Where a quote was opened that is not closed; the last token then runs to the end.
    [[nodiscard]] std::optional<std::size_t> openQuote() const { return m_openQuote; }

private:
    void skipSpace();
    Token quoted(char quote, TokenKind kind);
    Token single(TokenKind kind);

    std::string_view m_text;
    std::size_t m_position = 0;
    std::optional<std::size_t> m_openQuote;
};

} // namespace blazedb::codec
