// A condition as a value: never a string inside the program.
#pragma once

#include <string>
#include <vector>

#include "engine/model/value.h"

namespace blazedb::model {

enum class ExpressionKind {
    All, ///< Matches every record; what an empty filter is.
    And, ///< Every child.
    Or,  ///< At least one child.
    Not, ///< Not its one child: two-valued logic (DM-10).
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,         ///< Any of `operands`.
    Contains,   ///< A text field that contains the text operand; an array that holds an equal element.
    StartsWith, ///< Text only.
    EndsWith,   ///< Text only.
    Like,       ///< `%` any run, `_` one scalar, backslash escapes (QL-9).
    ILike,      ///< The same, ignoring case.
    Matches,    ///< RE2 pattern, not anchored (QL-10).
    IsMissing,  ///< The field is absent.
    IsNull,     ///< Absent, or an explicit null.
    IsExplicitNull, ///< Present and null.
    IsValued,   ///< Present and not null.
    IsKind,     ///< Present and of the kind whose valueKindName is the text operand.
};

/// A condition on one record. Combinations use `children`; comparisons use `field` and `operands`.
struct Expression {
    ExpressionKind kind = ExpressionKind::All;
    /// A field name. A literal name wins; otherwise "a.b" and "a[0].b" are paths into dictionaries and arrays (DM-2).
    std::string field;
    std::vector<Value> operands; ///< One for comparisons, any number for In, none for the Is… kinds but IsKind.
    std::vector<Expression> children;

    [[nodiscard]] bool isAll() const { return kind == ExpressionKind::All; }
};

/// Shorthands.
Expression comparison(ExpressionKind kind, std::string field, Value operand);
Expression allOf(std::vector<Expression> children); ///< Drops All, flattens one child.
Expression anyOf(std::vector<Expression> children); ///< All if one child is; flattens one child.
Expression negation(Expression child);

bool isIdentical(const Expression& left, const Expression& right);

} // namespace blazedb::model
