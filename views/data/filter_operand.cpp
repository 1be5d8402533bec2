#include "views/data/filter_operand.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "engine/codec/query_text.h"
#include "engine/codec/typed_json.h"

namespace blazedb::views {
namespace {

using model::Value;
using model::ValueKind;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::optional<Value> integerValue(std::string_view text)
{
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Value(number);
}

std::optional<Value> doubleValue(std::string_view text)
{
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Value(number);
}

std::optional<Value> dateValue(std::string_view text)
{
    constexpr std::size_t kDayLength = 10;
    std::string whole(text);
    if (whole.size() == kDayLength) whole += "T00:00:00Z";
    const auto seconds = codec::dateFromText(whole);
    return seconds ? std::optional<Value>(Value(model::Date{*seconds})) : std::nullopt;
}

std::string literal(const Value& value)
{
    constexpr std::string_view kStart = "f = ";
    return codec::toFilterText(model::comparison(model::ExpressionKind::Equal, "f", value)).substr(kStart.size());
}

} // namespace

void FilterOperand::setText(std::string newText)
{
    if (newText == text) return;
    text = std::move(newText);
    shown.reset();
}

void FilterOperand::setKind(ValueKind newKind)
{
    if (newKind == kind) return;
    kind = newKind;
    shown.reset();
}

std::optional<Value> FilterOperand::value() const
{
    if (shown) return shown;
    const std::string_view word = trimmed(text);
    switch (kind) {
    case ValueKind::Null: return Value();
    case ValueKind::Bool:
        if (word != "true" && word != "false") return std::nullopt;
        return Value(word == "true");
    case ValueKind::Integer: return integerValue(word);
    case ValueKind::Double: return doubleValue(word);
    case ValueKind::Date: return dateValue(word);
    case ValueKind::Text: return Value(text);
    case ValueKind::Uuid: {
        const auto id = model::Uuid::parse(word);
        return id ? std::optional<Value>(Value(*id)) : std::nullopt;
    }
    default: return std::nullopt;
    }
}

bool canBeTyped(ValueKind kind)
{
    return kind < ValueKind::Data;
}

FilterOperand operandOf(const Value& value)
{
    FilterOperand operand;
    operand.kind = value.kind();
    operand.shown = value;
    if (const auto* text = value.as<std::string>()) operand.text = *text;
    else if (!value.isNull()) operand.text = literal(value);
    return operand;
}

std::string toListText(const std::vector<FilterOperand>& operands)
{
    std::string text;
    for (const FilterOperand& operand : operands) {
        const auto value = operand.value();
        if (!value) continue;
        if (!text.empty()) text += ", ";
        text += literal(*value);
    }
    return text;
}

std::optional<std::vector<FilterOperand>> fromListText(std::string_view text)
{
    const codec::ParsedQuery parsed = codec::parseQueryText("f in (" + std::string(text) + ")");
    const model::Expression& list = parsed.query.filter;
    // A parenthesis in the text may have closed the list early; what follows is then a condition or clause of its own.
    if (parsed.problem || list.kind != model::ExpressionKind::In || !parsed.query.order.empty() || parsed.query.limit) return std::nullopt;
    std::vector<FilterOperand> operands;
    for (const Value& value : list.operands) operands.push_back(operandOf(value));
    return operands;
}

} // namespace blazedb::views
