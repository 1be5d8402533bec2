#include <cmath>

#include "engine/codec/number_text.h"
#include "engine/codec/query_text.h"
#include "engine/codec/query_text_tokens.h"
#include "engine/codec/typed_json.h"

namespace blazedb::codec {

namespace {

using model::Expression;
using model::ExpressionKind;

void appendInQuotes(std::string& out, std::string_view text, char quote)
{
    out += quote;
    for (const char character : text) {
        out += character;
        if (character == quote) out += quote;
    }
    out += quote;
}

/// Always in backquotes unless it is a plain word that nothing else claims.
void appendFieldName(std::string& out, const std::string& name)
{
    static constexpr std::string_view kReserved[] = {"and", "or", "not", "sort", "orderby", "limit", "offset", "select", "is", "in"};
    bool isPlain = !name.empty();
    for (const char character : name)
        isPlain = isPlain && ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9') || character == '_' || character == '.');
    for (const std::string_view word : kReserved) {
        bool isSame = word.size() == name.size();
        for (std::size_t i = 0; isSame && i < word.size(); ++i) isSame = (name[i] | 0x20) == word[i];
        isPlain = isPlain && !isSame;
    }
    if (isPlain)
        out += name;
    else
        appendInQuotes(out, name, '`');
}

/// A value as typed text. Kinds that cannot be typed (bytes, containers) are printed as their typed JSON in quotes.
void appendOperand(std::string& out, const model::Value& value)
{
    if (const auto* flag = value.as<bool>()) out += *flag ? "true" : "false";
    else if (const auto* integer = value.as<std::int64_t>()) out += std::to_string(*integer);
    else if (const auto* real = value.as<double>()) out += std::isnan(*real) ? "nan" : std::isinf(*real) ? (*real > 0 ? "inf" : "-inf") : doubleToText(*real);
    else if (const auto* id = value.as<model::Uuid>()) out += id->toString();
    else if (const auto* date = value.as<model::Date>(); date != nullptr && dateToText(date->seconds)) out += *dateToText(date->seconds);
    else if (date != nullptr) out += doubleToText(date->seconds); // compares as the same instant
    else if (const auto* text = value.as<std::string>()) appendInQuotes(out, *text, '"');
    else if (value.isNull()) out += "null";
    else appendInQuotes(out, toTypedJson(value), '"');
}

const char* operatorText(ExpressionKind kind)
{
    switch (kind) {
    case ExpressionKind::Equal: return " = ";
    case ExpressionKind::NotEqual: return " != ";
    case ExpressionKind::Less: return " < ";
    case ExpressionKind::LessOrEqual: return " <= ";
    case ExpressionKind::Greater: return " > ";
    case ExpressionKind::GreaterOrEqual: return " >= ";
    case ExpressionKind::Contains: return " contains ";
    case ExpressionKind::StartsWith: return " startswith ";
    case ExpressionKind::EndsWith: return " endswith ";
    case ExpressionKind::Like: return " like ";
    case ExpressionKind::ILike: return " ilike ";
    case ExpressionKind::Matches: return " matches ";
    case ExpressionKind::IsMissing: return " is missing";
    case ExpressionKind::IsNull: return " is null";
    case ExpressionKind::IsExplicitNull: return " is explicit null";
    case ExpressionKind::IsValued: return " is valued";
    default: return "";
    }
}

void appendExpression(std::string& out, const Expression& expression, bool isInside);

void appendJoined(std::string& out, const Expression& expression, const char* word, bool isInside)
{
    if (isInside) out += '(';
    for (std::size_t i = 0; i < expression.children.size(); ++i) {
        if (i > 0) out += word;
        appendExpression(out, expression.children[i], true);
    }
    if (isInside) out += ')';
}

void appendExpression(std::string& out, const Expression& expression, bool isInside)
{
    switch (expression.kind) {
    case ExpressionKind::All: return;
    case ExpressionKind::And: return appendJoined(out, expression, " and ", isInside);
    case ExpressionKind::Or: return appendJoined(out, expression, " or ", isInside);
    case ExpressionKind::Not:
        out += "not ";
        return appendExpression(out, expression.children.front(), true);
    default: break;
    }
    appendFieldName(out, expression.field);
    if (expression.kind == ExpressionKind::In) {
        out += " in (";
        for (std::size_t i = 0; i < expression.operands.size(); ++i) {
            if (i > 0) out += ", ";
            appendOperand(out, expression.operands[i]);
        }
        out += ')';
    } else if (expression.kind == ExpressionKind::IsKind) {
        out += " is of type " + *expression.operands.front().as<std::string>();
    } else {
        out += operatorText(expression.kind);
        if (!expression.operands.empty()) appendOperand(out, expression.operands.front());
    }
}

} // namespace

std::string toFilterText(const Expression& expression)
{
    std::string text;
    appendExpression(text, expression, false);
    return text;
}

std::string toQueryText(const model::Query& query)
{
    std::string text = toFilterText(query.filter);
    const auto separate = [&] {
        if (!text.empty()) text += ' ';
    };
    for (std::size_t i = 0; i < query.order.size(); ++i) {
        if (i == 0) {
            separate();
            text += "sort ";
        } else {
            text += ", ";
        }
        appendFieldName(text, query.order[i].field);
        if (query.order[i].descending) text += " desc";
    }
    if (query.offset > 0) {
        separate();
        text += "offset " + std::to_string(query.offset);
    }
    if (query.limit) {
        separate();
        text += "limit " + std::to_string(*query.limit);
    }
    for (std::size_t i = 0; i < query.fields.size(); ++i) {
        if (i == 0) {
            separate();
            text += "select ";
        } else {
            text += ", ";
        }
        appendFieldName(text, query.fields[i]);
    }
    return text;
}

} // namespace blazedb::codec
