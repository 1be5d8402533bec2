#include "engine/model/predicate.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "engine/model/compare.h"
#include "engine/model/like_pattern.h"
#include "engine/model/text_order.h"

namespace blazedb::model {

namespace {

constexpr std::size_t kExpressionDepthMax = 1000;
/// Compiled patterns may use this much memory; RE2 refuses larger ones instead of slowing down.
constexpr std::int64_t kPatternBytesMax = std::int64_t{8} << 20;

/// `a.b[0]` step by step; null when a step does not fit.
const Value* followPath(const Value* value, std::string_view rest)
{
    while (value != nullptr && !rest.empty()) {
        if (rest.front() == '[') {
            const std::size_t close = rest.find(']');
            std::size_t position = 0;
            if (close == std::string_view::npos) return nullptr;
            const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + close, position);
            const auto* array = value->as<Array>();
            if (error != std::errc{} || end != rest.data() + close || array == nullptr || position >= array->size()) return nullptr;
            value = &(*array)[position];
            rest.remove_prefix(close + 1);
        } else {
            if (rest.front() == '.') rest.remove_prefix(1);
            const std::size_t end = std::min(rest.find_first_of(".["), rest.size());
            const auto* dictionary = value->as<Dictionary>();
            if (dictionary == nullptr || end == 0) return nullptr;
            value = find(*dictionary, rest.substr(0, end));
            rest.remove_prefix(end);
        }
    }
    return value;
}

bool takesOneOperand(ExpressionKind kind)
{
    switch (kind) {
    case ExpressionKind::Equal:
    case ExpressionKind::NotEqual:
    case ExpressionKind::Less:
    case ExpressionKind::LessOrEqual:
    case ExpressionKind::Greater:
    case ExpressionKind::GreaterOrEqual:
    case ExpressionKind::Contains:
    case ExpressionKind::StartsWith:
    case ExpressionKind::EndsWith:
    case ExpressionKind::Like:
    case ExpressionKind::ILike:
    case ExpressionKind::Matches:
    case ExpressionKind::IsKind: return true;
    default: return false;
    }
}

bool needsTextOperand(ExpressionKind kind)
{
    return kind == ExpressionKind::StartsWith || kind == ExpressionKind::EndsWith || kind == ExpressionKind::Like
        || kind == ExpressionKind::ILike || kind == ExpressionKind::Matches || kind == ExpressionKind::IsKind;
}

std::optional<ValueKind> kindOfName(std::string_view name)
{
    for (std::size_t kind = 0; kind < kValueKindCount; ++kind)
        if (valueKindName(static_cast<ValueKind>(kind)) == name) return static_cast<ValueKind>(kind);
    return std::nullopt;
}

/// The RE2 text of a pattern condition, or nullopt for other kinds.
std::optional<std::string> patternOf(const Expression& expression)
{
    if (expression.kind == ExpressionKind::Matches) return *expression.operands.front().as<std::string>();
    if (expression.kind != ExpressionKind::Like && expression.kind != ExpressionKind::ILike) return std::nullopt;
    return likeToRe2(toNfc(*expression.operands.front().as<std::string>()));
}

} // namespace

const Value* resolveField(FieldSource& record, std::string_view nameOrPath)
{
    if (const Value* literal = record.field(nameOrPath)) return literal;
    const std::size_t head = nameOrPath.find_first_of(".[");
    if (head == std::string_view::npos || head == 0) return nullptr;
    return followPath(record.field(nameOrPath.substr(0, head)), nameOrPath.substr(head));
}

struct Predicate::Node {
    ExpressionKind kind = ExpressionKind::All;
    std::string field;
    std::vector<Value> operands;
    std::vector<Node> children;
    std::string normalText; ///< NFC of a text operand.
    std::unique_ptr<re2::RE2> pattern;
    std::optional<ValueKind> wantedKind;

    [[nodiscard]] bool matches(FieldSource& record) const;
    [[nodiscard]] bool matchesValue(const Value* value) const;
    [[nodiscard]] bool matchesText(const std::string& text) const;
    [[nodiscard]] bool contains(const Value& value) const;
};

namespace {

template <typename Node>
Result<Node> compileNode(const Expression& expression, std::size_t depth)
{
    if (depth > kExpressionDepthMax)
        return Error{ErrorCode::InvalidArgument, "the condition is nested deeper than " + std::to_string(kExpressionDepthMax) + " levels"};
    if (takesOneOperand(expression.kind) && expression.operands.size() != 1)
        return Error{ErrorCode::InvalidArgument, "the condition on " + expression.field + " needs exactly one value"};
    if (needsTextOperand(expression.kind) && expression.operands.front().kind() != ValueKind::Text)
        return Error{ErrorCode::InvalidArgument, "the condition on " + expression.field + " needs a text"};
    if (expression.kind == ExpressionKind::Not && expression.children.size() != 1)
        return Error{ErrorCode::InvalidArgument, "a negation has exactly one condition"};

    Node node;
    node.kind = expression.kind;
    node.field = expression.field;
    node.operands = expression.operands;
    if (node.operands.size() == 1)
        if (const auto* text = node.operands.front().template as<std::string>()) node.normalText = toNfc(*text);
    if (expression.kind == ExpressionKind::IsKind) {
        node.wantedKind = kindOfName(*node.operands.front().template as<std::string>());
        if (!node.wantedKind) return Error{ErrorCode::InvalidArgument, "there is no kind of value called " + node.normalText};
    }
    if (const auto pattern = patternOf(expression)) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(kPatternBytesMax);
        options.set_case_sensitive(expression.kind != ExpressionKind::ILike);
        node.pattern = std::make_unique<re2::RE2>(*pattern, options);
        if (!node.pattern->ok()) return Error{ErrorCode::InvalidArgument, "the pattern on " + expression.field + " is not valid: " + node.pattern->error()};
    }
    for (const Expression& child : expression.children) {
        BLAZE_TRY_VALUE(Node compiled, compileNode<Node>(child, depth + 1));
        node.children.push_back(std::move(compiled));
    }
    return node;
}

} // namespace

bool Predicate::Node::contains(const Value& value) const
{
    const Value& wanted = operands.front();
    if (const auto* array = value.as<Array>())
        return std::any_of(array->begin(), array->end(), [&](const Value& element) { return predicateEqual(element, wanted); });
    if (wanted.kind() != ValueKind::Text) return false;
    const auto* text = value.as<std::string>();
    return text != nullptr && toNfc(*text).find(normalText) != std::string::npos;
}

bool Predicate::Node::matchesText(const std::string& text) const
{
    switch (kind) {
    case ExpressionKind::StartsWith: return toNfc(text).starts_with(normalText);
    case ExpressionKind::EndsWith: return toNfc(text).ends_with(normalText);
    case ExpressionKind::Like:
    case ExpressionKind::ILike: return re2::RE2::PartialMatch(toNfc(text), *pattern);
    case ExpressionKind::Matches: return re2::RE2::PartialMatch(text, *pattern);
    default: return false;
    }
}

bool Predicate::Node::matchesValue(const Value* value) const
{
    switch (kind) {
    case ExpressionKind::IsMissing: return value == nullptr;
    case ExpressionKind::IsNull: return value == nullptr || value->isNull();
    case ExpressionKind::NotEqual: return value == nullptr || !predicateEqual(*value, operands.front());
    default: break;
    }
    if (value == nullptr) return false;
    switch (kind) {
    case ExpressionKind::IsExplicitNull: return value->isNull();
    case ExpressionKind::IsValued: return !value->isNull();
    case ExpressionKind::IsKind: return value->kind() == *wantedKind;
    case ExpressionKind::Equal: return predicateEqual(*value, operands.front());
    case ExpressionKind::Less: return predicateOrder(*value, operands.front()) == Relation::Less;
    case ExpressionKind::Greater: return predicateOrder(*value, operands.front()) == Relation::Greater;
    case ExpressionKind::LessOrEqual:
        return predicateOrder(*value, operands.front()) == Relation::Less || predicateEqual(*value, operands.front());
    case ExpressionKind::GreaterOrEqual:
        return predicateOrder(*value, operands.front()) == Relation::Greater || predicateEqual(*value, operands.front());
    case ExpressionKind::In:
        return std::any_of(operands.begin(), operands.end(), [&](const Value& operand) { return predicateEqual(*value, operand); });
    case ExpressionKind::Contains: return contains(*value);
    default: break;
    }
    const auto* text = value->as<std::string>();
    return text != nullptr && matchesText(*text);
}

bool Predicate::Node::matches(FieldSource& record) const
{
    const auto childMatches = [&](const Node& child) { return child.matches(record); };
    switch (kind) {
    case ExpressionKind::All: return true;
    case ExpressionKind::And: return std::all_of(children.begin(), children.end(), childMatches);
    case ExpressionKind::Or: return std::any_of(children.begin(), children.end(), childMatches);
    case ExpressionKind::Not: return !children.front().matches(record);
    default: return matchesValue(resolveField(record, field));
    }
}

Predicate::Predicate(std::unique_ptr<const Node> root)
    : m_root(std::move(root))
{
}

Predicate::Predicate(Predicate&&) noexcept = default;
Predicate& Predicate::operator=(Predicate&&) noexcept = default;
Predicate::~Predicate() = default;

Result<Predicate> Predicate::compile(const Expression& expression)
{
    BLAZE_TRY_VALUE(Node root, compileNode<Node>(expression, 0));
    return Predicate(std::make_unique<const Node>(std::move(root)));
}

bool Predicate::matches(FieldSource& record) const
{
    return m_root->matches(record);
}

} // namespace blazedb::model
