#include "engine/model/expression.h"

#include <algorithm>
#include <utility>

namespace blazedb::model {

namespace {

/// Joins conditions under And or Or: All is dropped from And and is the whole of an Or, a join of the same kind is spliced in.
Expression join(ExpressionKind kind, std::vector<Expression> children)
{
    Expression joined{.kind = kind, .field = {}, .operands = {}, .children = {}};
    for (Expression& child : children) {
        if (child.isAll() && kind == ExpressionKind::And) continue;
        if (child.isAll()) return {};
        if (child.kind == kind)
            std::move(child.children.begin(), child.children.end(), std::back_inserter(joined.children));
        else
            joined.children.push_back(std::move(child));
    }
    if (joined.children.empty()) return {};
    if (joined.children.size() == 1) return Expression(std::move(joined.children.front()));
    return joined;
}

} // namespace

Expression comparison(ExpressionKind kind, std::string field, Value operand)
{
    Expression expression{.kind = kind, .field = std::move(field), .operands = {}, .children = {}};
    expression.operands.push_back(std::move(operand));
    return expression;
}

Expression allOf(std::vector<Expression> children)
{
    return join(ExpressionKind::And, std::move(children));
}

Expression anyOf(std::vector<Expression> children)
{
    return join(ExpressionKind::Or, std::move(children));
}

Expression negation(Expression child)
{
    Expression expression{.kind = ExpressionKind::Not, .field = {}, .operands = {}, .children = {}};
    expression.children.push_back(std::move(child));
    return expression;
}

bool isIdentical(const Expression& left, const Expression& right)
{
    return left.kind == right.kind && left.field == right.field
        && std::equal(left.operands.begin(), left.operands.end(), right.operands.begin(), right.operands.end(),
                      [](const Value& a, const Value& b) { return a.isIdenticalTo(b); })
        && std::equal(left.children.begin(), left.children.end(), right.children.begin(), right.children.end(),
                      [](const Expression& a, const Expression& b) { return isIdentical(a, b); });
}

} // namespace blazedb::model
