#include "engine/codec/query_text_tokens.h"

#include <algorithm>

namespace blazedb::codec {

namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";

bool isSpace(char character)
{
    return kSpace.find(character) != std::string_view::npos;
}

/// Words that a parenthesis may follow without a space.
bool mayTouchParenthesis(std::string_view word)
{
    static constexpr std::string_view kWords[] = {"in", "and", "or", "not"};
    return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view known) {
        return std::equal(word.begin(), word.end(), known.begin(), known.end(), [](char a, char b) { return (a | 0x20) == b; });
    });
}

} // namespace

void TokenReader::skipSpace()
{
    while (m_position < m_text.size() && isSpace(m_text[m_position])) ++m_position;
}

Token TokenReader::single(TokenKind kind)
{
    const Token token{kind, std::string(1, m_text[m_position]), m_position};
    ++m_position;
    return token;
}

/// A quote inside is written twice.
Token TokenReader::quoted(char quote, TokenKind kind)
{
    Token token{kind, {}, m_position};
    ++m_position;
    while (m_position < m_text.size()) {
        const char character = m_text[m_position++];
        if (character != quote) {
            token.text += character;
        } else if (m_position < m_text.size() && m_text[m_position] == quote) {
            token.text += quote;
            ++m_position;
        } else {
            return token;
        }
    }
    m_openQuote = token.offset;
    return token;
}

Token TokenReader::next()
{
    skipSpace();
    if (m_position >= m_text.size()) return {TokenKind::End, {}, m_text.size()};
    const char first = m_text[m_position];
    if (first == '(') return single(TokenKind::Open);
    if (first == ')') return single(TokenKind::Close);
    if (first == ',') return single(TokenKind::Comma);
    if (first == '`') return quoted('`', TokenKind::QuotedField);
    if (first == '"' || first == '\'') return quoted(first, TokenKind::QuotedText);
    Token token{TokenKind::Word, {}, m_position};
    while (m_position < m_text.size() && !isSpace(m_text[m_position]) && m_text[m_position] != ')' && m_text[m_position] != ',') {
        // "in(1, 2)", "not(a = 1)": the parenthesis is not part of the word.
        if (m_text[m_position] == '(' && mayTouchParenthesis(token.text)) break;
        token.text += m_text[m_position++];
    }
    return token;
}

Token TokenReader::nextValue(std::size_t openGroups)
{
    skipSpace();
    if (m_position >= m_text.size()) return {TokenKind::End, {}, m_text.size()};
    const char first = m_text[m_position];
    if (first == '"' || first == '\'') return quoted(first, TokenKind::QuotedText);
    if (first == ')' && openGroups > 0) return single(TokenKind::Close);
    Token token{TokenKind::Word, {}, m_position};
    std::size_t ownOpen = 0;
    while (m_position < m_text.size() && !isSpace(m_text[m_position])) {
        const char character = m_text[m_position];
        if (character == '(') ++ownOpen;
        if (character == ')') {
            if (ownOpen > 0)
                --ownOpen;
            else if (openGroups > 0)
                break;
        }
        token.text += character;
        ++m_position;
    }
    return token;
}

Token TokenReader::nextListItem()
{
    skipSpace();
    if (m_position >= m_text.size()) return {TokenKind::End, {}, m_text.size()};
    const char first = m_text[m_position];
    if (first == ')') return single(TokenKind::Close);
    if (first == ',') return single(TokenKind::Comma);
    if (first == '"' || first == '\'') return quoted(first, TokenKind::QuotedText);
    Token token{TokenKind::Word, {}, m_position};
    while (m_position < m_text.size() && !isSpace(m_text[m_position]) && m_text[m_position] != ')' && m_text[m_position] != ',') token.text += m_text[m_position++];
    return token;
}

Token TokenReader::peek() const
{
    TokenReader copy = *this;
    return copy.next();
}

} // namespace blazedb::codec
