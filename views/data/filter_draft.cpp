#include "views/data/filter_draft.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/codec/query_text.h"

namespace blazedb::views {
namespace {

using model::Expression;
using model::ExpressionKind;
using model::ValueKind;

struct OperatorKind {
    FilterOperator operation;
    ExpressionKind kind;
};

/// All but Between, which is two comparisons.
constexpr std::array<OperatorKind, 18> kOperatorKinds{{{FilterOperator::Equal, ExpressionKind::Equal},
                                                       {FilterOperator::NotEqual, ExpressionKind::NotEqual},
                                                       {FilterOperator::Less, ExpressionKind::Less},
                                                       {FilterOperator::LessOrEqual, ExpressionKind::LessOrEqual},
                                                       {FilterOperator::Greater, ExpressionKind::Greater},
                                                       {FilterOperator::GreaterOrEqual, ExpressionKind::GreaterOrEqual},
                                                       {FilterOperator::In, ExpressionKind::In},
                                                       {FilterOperator::Contains, ExpressionKind::Contains},
                                                       {FilterOperator::StartsWith, ExpressionKind::StartsWith},
                                                       {FilterOperator::EndsWith, ExpressionKind::EndsWith},
                                                       {FilterOperator::Like, ExpressionKind::Like},
                                                       {FilterOperator::ILike, ExpressionKind::ILike},
                                                       {FilterOperator::Matches, ExpressionKind::Matches},
                                                       {FilterOperator::IsValued, ExpressionKind::IsValued},
                                                       {FilterOperator::IsMissing, ExpressionKind::IsMissing},
                                                       {FilterOperator::IsExplicitNull, ExpressionKind::IsExplicitNull},
                                                       {FilterOperator::IsNull, ExpressionKind::IsNull},
                                                       {FilterOperator::IsKind, ExpressionKind::IsKind}}};

std::optional<FilterOperator> operatorOf(ExpressionKind kind)
{
    for (const OperatorKind& pair : kOperatorKinds)
        if (pair.kind == kind) return pair.operation;
    return std::nullopt;
}

ExpressionKind expressionKind(FilterOperator operation)
{
    for (const OperatorKind& pair : kOperatorKinds)
        if (pair.operation == operation) return pair.kind;
    return ExpressionKind::All;
}

FilterNode textNode(const Expression& expression)
{
    FilterNode node;
    node.type = FilterNode::Type::Text;
    node.text = codec::toFilterText(expression);
    node.shown = expression;
    return node;
}

bool canBeRow(const Expression& expression, FilterOperator operation)
{
    const std::size_t operands = expression.operands.size();
    if (operation == FilterOperator::In ? operands == 0 : operands != static_cast<std::size_t>(operandCount(operation))) return false;
    return std::all_of(expression.operands.begin(), expression.operands.end(), [&](const model::Value& value) {
        return takesText(operation) ? value.kind() == ValueKind::Text : canBeTyped(value.kind());
    });
}

FilterNode conditionNode(const Expression& expression)
{
    const auto operation = operatorOf(expression.kind);
    if (!operation || !canBeRow(expression, *operation)) return textNode(expression);
    FilterNode node;
    node.field = expression.field;
    node.operation = *operation;
    for (const model::Value& value : expression.operands) node.operands.push_back(operandOf(value));
    return node;
}

/// `f >= a and f <= b` side by side is what people mean by between.
bool isRange(const FilterNode& low, const FilterNode& high)
{
    return low.type == FilterNode::Type::Condition && high.type == FilterNode::Type::Condition && !low.isNegated && !high.isNegated
        && low.operation == FilterOperator::GreaterOrEqual && high.operation == FilterOperator::LessOrEqual && low.field == high.field;
}

FilterNode nodeOf(const Expression& expression);

FilterNode groupNode(const Expression& expression)
{
    FilterNode group;
    group.type = FilterNode::Type::Group;
    group.matchesAny = expression.kind == ExpressionKind::Or;
    for (const Expression& child : expression.children) {
        FilterNode node = nodeOf(child);
        if (!group.matchesAny && !group.children.empty() && isRange(group.children.back(), node)) {
            FilterNode& low = group.children.back();
            low.operation = FilterOperator::Between;
            low.operands.push_back(std::move(node.operands.front()));
        } else {
            group.children.push_back(std::move(node));
        }
    }
    // Two comparisons that became one row need no group around it.
    if (group.children.size() == 1) return FilterNode(std::move(group.children.front()));
    return group;
}

FilterNode nodeOf(const Expression& expression)
{
    const std::size_t children = expression.children.size();
    if ((expression.kind == ExpressionKind::And || expression.kind == ExpressionKind::Or) && children > 1) return groupNode(expression);
    if (expression.kind != ExpressionKind::Not || children != 1) return conditionNode(expression);
    FilterNode node = nodeOf(expression.children.front());
    if (node.isNegated) {
        FilterNode group;
        group.type = FilterNode::Type::Group;
        group.children.push_back(std::move(node));
        node = std::move(group);
    }
    node.isNegated = true;
    return node;
}

std::optional<Expression> conditionExpression(const FilterNode& node)
{
    if (node.operation == FilterOperator::Between)
        return model::allOf({model::comparison(ExpressionKind::GreaterOrEqual, node.field, *node.operands[0].value()),
                             model::comparison(ExpressionKind::LessOrEqual, node.field, *node.operands[1].value())});
    Expression expression;
    expression.kind = expressionKind(node.operation);
    expression.field = node.field;
    for (const FilterOperand& operand : node.operands) expression.operands.push_back(*operand.value());
    return expression;
}

/// nullopt: the row does not count.
std::optional<Expression> expressionOf(const FilterNode& node)
{
    if (FilterDraft::problemOf(node) != FilterProblem::None) return std::nullopt;
    std::optional<Expression> expression;
    if (node.type == FilterNode::Type::Condition) {
        expression = conditionExpression(node);
    } else if (node.type == FilterNode::Type::Text) {
        expression = node.shown ? *node.shown : codec::parseQueryText(node.text).query.filter;
    } else {
        std::vector<Expression> children;
        for (const FilterNode& child : node.children)
            if (auto part = expressionOf(child)) children.push_back(std::move(*part));
        if (children.empty()) return std::nullopt; // an empty group says nothing, neither all nor none
        expression = node.matchesAny ? model::anyOf(std::move(children)) : model::allOf(std::move(children));
    }
    if (node.isNegated) expression = model::negation(std::move(*expression));
    return expression;
}

std::size_t rowsIn(const FilterNode& group)
{
    std::size_t rows = group.children.size();
    for (const FilterNode& child : group.children) rows += rowsIn(child);
    return rows;
}

ValueKind operandKindFor(FilterOperator operation, std::optional<ValueKind> kind)
{
    if (takesText(operation)) return ValueKind::Text;
    return kind && canBeTyped(*kind) && *kind != ValueKind::Null ? *kind : ValueKind::Text;
}

} // namespace

int operandCount(FilterOperator operation)
{
    switch (operation) {
    case FilterOperator::IsValued:
    case FilterOperator::IsMissing:
    case FilterOperator::IsExplicitNull:
    case FilterOperator::IsNull: return 0;
    case FilterOperator::Between: return 2;
    default: return 1;
    }
}

bool takesText(FilterOperator operation)
{
    return (operation >= FilterOperator::Contains && operation <= FilterOperator::Matches) || operation == FilterOperator::IsKind;
}

std::vector<FilterOperator> operatorsFor(std::optional<ValueKind> kind)
{
    using enum FilterOperator;
    const std::vector<FilterOperator> presence{IsValued, IsMissing, IsExplicitNull, IsNull, IsKind};
    std::vector<FilterOperator> operators;
    switch (kind.value_or(ValueKind::Null)) {
    case ValueKind::Bool: operators = {Equal, NotEqual}; break;
    case ValueKind::Integer:
    case ValueKind::Double:
    case ValueKind::Date: operators = {Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Between, In}; break;
    case ValueKind::Uuid: operators = {Equal, NotEqual, In}; break;
    case ValueKind::Array: operators = {Contains}; break;
    case ValueKind::Data:
    case ValueKind::Vector:
    case ValueKind::Dictionary: break;
    default:
        operators = {Equal, NotEqual, Contains, StartsWith, EndsWith, Like, ILike, Matches, In, Less, LessOrEqual, Greater, GreaterOrEqual, Between};
    }
    operators.insert(operators.end(), presence.begin(), presence.end());
    return operators;
}

FilterDraft::FilterDraft()
{
    m_root.type = FilterNode::Type::Group;
}

FilterDraft::FilterDraft(const Expression& expression)
    : FilterDraft()
{
    if (expression.isAll()) return;
    FilterNode node = nodeOf(expression);
    if (node.type == FilterNode::Type::Group) m_root = std::move(node);
    else m_root.children.push_back(std::move(node));
}

Expression FilterDraft::toExpression() const
{
    return expressionOf(m_root).value_or(Expression{});
}

const FilterNode* FilterDraft::node(const Path& path) const
{
    const FilterNode* node = &m_root;
    for (const std::size_t place : path) {
        if (place >= node->children.size()) return nullptr;
        node = &node->children[place];
    }
    return node;
}

FilterNode* FilterDraft::node(const Path& path)
{
    return const_cast<FilterNode*>(std::as_const(*this).node(path));
}

std::size_t FilterDraft::size() const
{
    return rowsIn(m_root);
}

FilterProblem FilterDraft::problemOf(const FilterNode& node)
{
    if (node.type == FilterNode::Type::Group) return FilterProblem::None;
    if (node.type == FilterNode::Type::Text) {
        if (node.shown) return FilterProblem::None;
        const codec::ParsedQuery parsed = codec::parseQueryText(node.text);
        if (node.text.empty()) return FilterProblem::NoValue;
        const bool isCondition = !parsed.query.filter.isAll() && parsed.query.order.empty() && parsed.query.fields.empty() && !parsed.query.limit
            && parsed.query.offset == 0;
        return parsed.problem || !isCondition ? FilterProblem::BadText : FilterProblem::None;
    }
    if (node.field.empty()) return FilterProblem::NoField;
    const int wanted = operandCount(node.operation);
    if (node.operands.size() < static_cast<std::size_t>(wanted)) return FilterProblem::NoValue;
    for (const FilterOperand& operand : node.operands) {
        if (operand.value()) continue;
        return operand.text.empty() ? FilterProblem::NoValue : FilterProblem::BadValue;
    }
    return FilterProblem::None;
}

FilterDraft::Path FilterDraft::addCondition(const Path& group, const std::string& field, std::optional<ValueKind> kind)
{
    FilterNode* const parent = node(group);
    if (!parent || parent->type != FilterNode::Type::Group) return {};
    FilterNode row;
    row.field = field;
    row.operation = operatorsFor(kind).front();
    FilterOperand operand;
    operand.kind = operandKindFor(row.operation, kind);
    // Nothing typed yet is not the empty text: the row would hide every record the moment it appears.
    if (operandCount(row.operation) == 1 && operand.kind != ValueKind::Text) row.operands.push_back(std::move(operand));
    parent->children.push_back(std::move(row));
    Path path = group;
    path.push_back(parent->children.size() - 1);
    return path;
}

FilterDraft::Path FilterDraft::addGroup(const Path& group, bool matchesAny)
{
    FilterNode* const parent = node(group);
    if (!parent || parent->type != FilterNode::Type::Group) return {};
    FilterNode row;
    row.type = FilterNode::Type::Group;
    row.matchesAny = matchesAny;
    parent->children.push_back(std::move(row));
    Path path = group;
    path.push_back(parent->children.size() - 1);
    return path;
}

void FilterDraft::remove(const Path& path)
{
    if (path.empty()) {
        m_root = FilterNode{};
        m_root.type = FilterNode::Type::Group;
        return;
    }
    FilterNode* const parent = node(Path(path.begin(), path.end() - 1));
    if (parent && path.back() < parent->children.size())
        parent->children.erase(parent->children.begin() + static_cast<std::ptrdiff_t>(path.back()));
}

void FilterDraft::setOperator(const Path& path, FilterOperator operation)
{
    FilterNode* const row = node(path);
    if (!row || row->type != FilterNode::Type::Condition || row->operation == operation) return;
    const bool isOtherLanguage = row->operation == FilterOperator::IsKind || operation == FilterOperator::IsKind;
    row->operation = operation;
    if (isOtherLanguage) row->operands.clear();
    if (operation != FilterOperator::In) row->operands.resize(std::min<std::size_t>(row->operands.size(), static_cast<std::size_t>(operandCount(operation))));
    if (takesText(operation))
        for (FilterOperand& operand : row->operands) operand.setKind(ValueKind::Text);
}

void FilterDraft::setText(const Path& path, const std::string& text)
{
    FilterNode* const row = node(path);
    if (!row || row->type != FilterNode::Type::Text || row->text == text) return;
    row->text = text;
    row->shown.reset();
}

} // namespace blazedb::views
