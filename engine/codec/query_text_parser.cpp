#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include <locale.h>

#include "engine/codec/query_text.h"
#include "engine/codec/query_text_tokens.h"
#include "engine/codec/typed_json.h"

namespace blazedb::codec {

namespace {

using model::Expression;
using model::ExpressionKind;

constexpr std::size_t kGroupsMax = 500; ///< Nested parentheses and negations.

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& character : result)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    return result;
}

bool isWord(const Token& token, std::string_view word)
{
    return token.kind == TokenKind::Word && lowered(token.text) == word;
}

/// Words that begin a clause and so end the condition; fields of such names are written in backquotes.
bool isClauseWord(const Token& token)
{
    static constexpr std::array<std::string_view, 9> kWords{"sort", "orderby", "limit", "--limit", "offset", "--offset", "select", "--json", "--ndjson"};
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return isWord(token, word); });
}

std::optional<ExpressionKind> comparisonOf(std::string_view word)
{
    struct Spelling {
        std::string_view word;
        ExpressionKind kind;
    };
    static constexpr std::array<Spelling, 17> kSpellings{{{"=", ExpressionKind::Equal},
                                                          {"==", ExpressionKind::Equal},
                                                          {"eq", ExpressionKind::Equal},
                                                          {"!=", ExpressionKind::NotEqual},
                                                          {"<>", ExpressionKind::NotEqual},
                                                          {"ne", ExpressionKind::NotEqual},
                                                          {">", ExpressionKind::Greater},
                                                          {"<", ExpressionKind::Less},
                                                          {">=", ExpressionKind::GreaterOrEqual},
                                                          {"<=", ExpressionKind::LessOrEqual},
                                                          {"contains", ExpressionKind::Contains},
                                                          {"like", ExpressionKind::Like},
                                                          {"ilike", ExpressionKind::ILike},
                                                          {"matches", ExpressionKind::Matches},
                                                          {"startswith", ExpressionKind::StartsWith},
                                                          {"endswith", ExpressionKind::EndsWith},
                                                          {"in", ExpressionKind::In}}};
    const std::string wanted = lowered(word);
    for (const Spelling& spelling : kSpellings)
        if (spelling.word == wanted) return spelling.kind;
    return std::nullopt;
}

bool wantsText(ExpressionKind kind)
{
    return kind == ExpressionKind::Contains || kind == ExpressionKind::Like || kind == ExpressionKind::ILike || kind == ExpressionKind::Matches
        || kind == ExpressionKind::StartsWith || kind == ExpressionKind::EndsWith;
}

/// All digits of a 64-bit integer with at most one sign.
std::optional<std::int64_t> wholeInteger(std::string_view word)
{
    if (word.starts_with('+')) {
        word.remove_prefix(1);
        if (word.starts_with('-')) return std::nullopt;
    }
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), integer);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return integer;
}

/// What Swift's Double(_:) takes: decimal, inf, nan, hexadecimal; beyond the range infinity or zero.
std::optional<double> wholeReal(const std::string& word)
{
    // In the C locale whatever the program's is, so that the point is a point; spaces, which strtod skips, no word has.
    static const locale_t kPlain = newlocale(LC_ALL_MASK, "C", nullptr);
    char* end = nullptr;
    const double real = strtod_l(word.c_str(), &end, kPlain);
    if (word.empty() || end != word.c_str() + word.size()) return std::nullopt;
    return real;
}

/// Tries null, bool, integer, double, UUID, date, text, in this order; quoted words are always text.
model::Value typedValue(const Token& token)
{
    if (token.kind == TokenKind::QuotedText) return model::Value(token.text);
    const std::string word = lowered(token.text);
    if (word == "null") return {};
    if (word == "true" || word == "false") return model::Value(word == "true");
    if (const auto integer = wholeInteger(token.text)) return model::Value(*integer);
    if (const auto real = wholeReal(token.text)) return model::Value(*real);
    if (const auto id = model::Uuid::parse(token.text)) return model::Value(*id);
    if (const auto date = dateFromText(token.text); date && token.text.find(' ') == std::string::npos) return model::Value(model::Date{*date});
    return model::Value(token.text);
}

/// Recursive descent over the tokens. Thread-safety: none; one owner.
class QueryTextParser {
public:
    QueryTextParser(std::string_view text, ConditionRule rule)
        : m_tokens(text)
        , m_rule(rule)
    {
    }

    ParsedQuery parse()
    {
        while (!m_parsed.problem) {
            const Token token = m_tokens.peek();
            if (token.kind == TokenKind::End) break;
            if (isClauseWord(token))
                readClause();
            else
                readCondition();
        }
        if (m_tokens.openQuote()) fail(*m_tokens.openQuote(), "this quote is not closed");
        if (m_rule == ConditionRule::Required && m_conditions.empty()) fail(0, "expected a condition");
        m_parsed.query.filter = model::allOf(std::move(m_conditions));
        return std::move(m_parsed);
    }

private:
    bool fail(std::size_t offset, std::string message)
    {
        // A quote that swallowed the rest is the mistake, whatever is missed because of it.
        if (m_tokens.openQuote()) m_parsed.problem = TextProblem{*m_tokens.openQuote(), "this quote is not closed"};
        if (!m_parsed.problem) m_parsed.problem = TextProblem{offset, std::move(message)};
        return false;
    }

    bool endsCondition() const
    {
        const Token token = m_tokens.peek();
        return token.kind == TokenKind::End || token.kind == TokenKind::Close || isClauseWord(token);
    }

    void readCondition()
    {
        Expression expression;
        if (!readOr(expression)) return;
        m_conditions.push_back(std::move(expression));
        const Token token = m_tokens.peek();
        if (token.kind == TokenKind::Close) fail(token.offset, "this ) closes nothing");
    }

    bool readOr(Expression& expression)
    {
        std::vector<Expression> branches(1);
        if (!readAnd(branches.front())) return false;
        while (isWord(m_tokens.peek(), "or")) {
            m_tokens.next();
            if (!readAnd(branches.emplace_back())) return false;
        }
        expression = model::anyOf(std::move(branches));
        return true;
    }

    /// Conditions side by side are joined too: `and` is a noise word of the old grammar.
    bool readAnd(Expression& expression)
    {
        std::vector<Expression> parts;
        for (;;) {
            while (isWord(m_tokens.peek(), "and")) m_tokens.next();
            if (endsCondition() || isWord(m_tokens.peek(), "or")) break;
            if (!readUnary(parts.emplace_back())) return false;
        }
        if (parts.empty()) return fail(m_tokens.peek().offset, "expected a condition");
        expression = model::allOf(std::move(parts));
        return true;
    }

    bool readUnary(Expression& expression)
    {
        const Token token = m_tokens.next();
        if (m_depth >= kGroupsMax) return fail(token.offset, "nested too deeply");
        if (isWord(token, "not")) {
            ++m_depth;
            Expression negated;
            const bool isRead = readUnary(negated);
            --m_depth;
            expression = model::negation(std::move(negated));
            return isRead;
        }
        if (token.kind == TokenKind::Open) return readGroup(token, expression);
        return readComparison(token, expression);
    }

    bool readGroup(const Token& open, Expression& expression)
    {
        ++m_depth;
        ++m_openGroups;
        const bool isRead = readOr(expression);
        --m_openGroups;
        --m_depth;
        if (!isRead) return false;
        if (m_tokens.next().kind != TokenKind::Close) return fail(open.offset, "this ( is not closed");
        return true;
    }

    bool readComparison(const Token& field, Expression& expression)
    {
        if (field.kind != TokenKind::Word && field.kind != TokenKind::QuotedField && field.kind != TokenKind::QuotedText)
            return fail(field.offset, "expected a field name");
        expression.field = field.text;
        Token operation = m_tokens.next();
        if (isWord(operation, "is")) return readIs(expression);
        if (isWord(field, "group") && isWord(operation, "by"))
            return fail(field.offset, "group by answers groups, not records, and is not available in a filter");
        bool isNegated = false;
        if (isWord(operation, "not")) {
            isNegated = true;
            operation = m_tokens.next();
        }
        if (operation.kind == TokenKind::End) return fail(operation.offset, "expected an operator after " + field.text + "; put spaces around it");
        const auto kind = operation.kind == TokenKind::Word ? comparisonOf(operation.text) : std::nullopt;
        if (!kind) return fail(operation.offset, operation.text + " is no operator; expected one of = != > < >= <= contains like ilike matches in is");
        expression.kind = *kind;
        const bool isRead = *kind == ExpressionKind::In ? readList(operation, expression) : readOperand(operation, expression);
        if (isRead && isNegated) expression = model::negation(std::move(expression));
        return isRead;
    }

    bool readOperand(const Token& operation, Expression& expression)
    {
        const Token value = m_tokens.nextValue(m_openGroups);
        if (value.kind == TokenKind::End || value.kind == TokenKind::Close) return fail(value.offset, "expected a value after " + operation.text);
        model::Value operand = typedValue(value);
        // Patterns are texts whatever they look like; `contains 42` was an error in the old grammar and still is.
        const bool isPattern = expression.kind != ExpressionKind::Contains && wantsText(expression.kind);
        if (isPattern) operand = model::Value(value.text);
        if (wantsText(expression.kind) && operand.kind() != model::ValueKind::Text)
            return fail(value.offset, operation.text + " needs a text; write it in quotes");
        expression.operands.push_back(std::move(operand));
        return true;
    }

    bool readList(const Token& operation, Expression& expression)
    {
        const Token open = m_tokens.next();
        if (open.kind != TokenKind::Open) return fail(open.offset, "expected ( after " + operation.text);
        for (bool isFirst = true;; isFirst = false) {
            Token token = m_tokens.nextListItem();
            if (isFirst && token.kind == TokenKind::Close) return true;
            if (token.kind != TokenKind::Word && token.kind != TokenKind::QuotedText) return fail(token.offset, "expected a value in the list");
            expression.operands.push_back(typedValue(token));
            token = m_tokens.nextListItem();
            if (token.kind == TokenKind::Close) return true;
            if (token.kind != TokenKind::Comma) return fail(token.offset, "expected , or ) in the list");
        }
    }

    /// is [not] null | missing | valued | explicit null | of type <kind>
    bool readIs(Expression& expression)
    {
        Token token = m_tokens.next();
        const bool isNegated = isWord(token, "not");
        if (isNegated) token = m_tokens.next();
        if (isWord(token, "null")) expression.kind = ExpressionKind::IsNull;
        else if (isWord(token, "missing")) expression.kind = ExpressionKind::IsMissing;
        else if (isWord(token, "valued")) expression.kind = ExpressionKind::IsValued;
        else if (isWord(token, "explicit") && isWord(m_tokens.next(), "null")) expression.kind = ExpressionKind::IsExplicitNull;
        else if (isWord(token, "of") && isWord(m_tokens.next(), "type")) return readKind(expression, isNegated);
        else return fail(token.offset, "expected null, missing, valued, explicit null or of type after is");
        if (isNegated) expression = model::negation(std::move(expression));
        return true;
    }

    bool readKind(Expression& expression, bool isNegated)
    {
        const Token token = m_tokens.nextValue(m_openGroups);
        for (std::size_t kind = 0; kind < model::kValueKindCount; ++kind) {
            const std::string name(model::valueKindName(static_cast<model::ValueKind>(kind)));
            if (lowered(name) != lowered(token.text)) continue;
            expression.kind = ExpressionKind::IsKind;
            expression.operands.emplace_back(name);
            if (isNegated) expression = model::negation(std::move(expression));
            return true;
        }
        return fail(token.offset, "there is no kind of value called " + token.text);
    }

    void readClause()
    {
        const Token word = m_tokens.next();
        const std::string clause = lowered(word.text);
        if (clause == "--json" || clause == "--ndjson") return; // how the old tool prints; nothing here
        if (clause == "sort" || clause == "orderby") readSort();
        else if (clause == "select") readFields();
        else readNumber(clause.find("limit") != std::string::npos, word);
    }

    bool readFieldName(Token& field, const char* after)
    {
        field = m_tokens.next();
        if (field.kind == TokenKind::Word || field.kind == TokenKind::QuotedField || field.kind == TokenKind::QuotedText) return true;
        return fail(field.offset, std::string("expected a field name after ") + after);
    }

    /// Of several sort clauses the last one wins, as in the old grammar; one clause may name several fields.
    void readSort()
    {
        m_parsed.query.order.clear();
        do {
            Token field;
            if (!readFieldName(field, "sort")) return;
            model::SortKey key{field.text, false};
            const Token direction = m_tokens.peek();
            if (isWord(direction, "asc") || isWord(direction, "desc")) {
                key.descending = isWord(direction, "desc");
                m_tokens.next();
            }
            m_parsed.query.order.push_back(std::move(key));
        } while (takeComma());
    }

    void readFields()
    {
        m_parsed.query.fields.clear();
        do {
            Token field;
            if (!readFieldName(field, "select")) return;
            m_parsed.query.fields.push_back(field.text);
        } while (takeComma());
    }

    bool takeComma()
    {
        if (m_tokens.peek().kind != TokenKind::Comma) return false;
        m_tokens.next();
        return true;
    }

    void readNumber(bool isLimit, const Token& word)
    {
        const Token token = m_tokens.next();
        std::uint64_t number = 0;
        const char* last = token.text.data() + token.text.size();
        const auto [end, error] = std::from_chars(token.text.data(), last, number);
        if (token.kind != TokenKind::Word || error != std::errc{} || end != last) {
            fail(token.offset, "expected a number, 0 or more, after " + word.text);
        } else if (isLimit) {
            m_parsed.query.limit = number;
        } else {
            m_parsed.query.offset = number;
        }
    }

    TokenReader m_tokens;
    const ConditionRule m_rule;
    ParsedQuery m_parsed;
    std::vector<Expression> m_conditions;
    std::size_t m_depth = 0;
    std::size_t m_openGroups = 0;
};

} // namespace

ParsedQuery parseQueryText(std::string_view text, ConditionRule rule)
{
    return QueryTextParser(text, rule).parse();
}

} // namespace blazedb::codec
