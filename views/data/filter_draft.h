// The filter as rows: conditions and groups of them, as they are being put together. Expression to rows and back. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/expression.h"
#include "views/data/filter_operand.h"

namespace blazedb::views {

enum class FilterOperator {
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Between, In, Contains, StartsWith, EndsWith, Like, ILike, Matches,
    IsValued, IsMissing, IsExplicitNull, IsNull, IsKind,
};

/// One row. A group is the row that begins it and its children.
struct FilterNode {
    enum class Type {
        Condition,
        Group,
        Text, ///< A condition that no row can show, as filter text.
    };
    Type type = Type::Condition;
    bool isNegated = false;

    std::string field; ///< Condition.
    FilterOperator operation = FilterOperator::Equal;
    std::vector<FilterOperand> operands; ///< operandCount() of them; In: any number.

    bool matchesAny = false; ///< Group: one child is enough.
    std::vector<FilterNode> children;

    std::string text;       ///< Text.
    std::optional<model::Expression> shown; ///< Text: what it stands for while it was not changed.
};

/// How many values an operator takes; In takes a list and counts as one.
int operandCount(FilterOperator operation);
/// Contains, starts with, like and the others that compare with a text whatever the field holds.
bool takesText(FilterOperator operation);
/// What makes sense for a field of this kind; nullopt (mixed or unknown): everything.
std::vector<FilterOperator> operatorsFor(std::optional<model::ValueKind> kind);

/// Why a row does not count yet.
enum class FilterProblem { None, NoField, NoValue, BadValue, BadText };

/// Rows to edit. Rows that are not finished do not count: toExpression() leaves them out. Thread-safety: none; one owner.
class FilterDraft {
public:
    /// The places of the children from the root on; empty for the root, which is always a group.
    using Path = std::vector<std::size_t>;

    FilterDraft();
    explicit FilterDraft(const model::Expression& expression);

    /// Identical to the expression the draft was made of, as long as nothing was changed (nested joins of one kind come flattened).
    [[nodiscard]] model::Expression toExpression() const;

    [[nodiscard]] const FilterNode& root() const { return m_root; }
    [[nodiscard]] const FilterNode* node(const Path& path) const; ///< Null when there is none.
    [[nodiscard]] FilterNode* node(const Path& path);
    [[nodiscard]] std::size_t size() const; ///< Rows, without the root.
    [[nodiscard]] static FilterProblem problemOf(const FilterNode& node);

    /// At the end of a group. Returns where it is. A condition on a field of kind `kind` begins with the first operator for it.
    Path addCondition(const Path& group, const std::string& field, std::optional<model::ValueKind> kind);
    Path addGroup(const Path& group, bool matchesAny);
    void remove(const Path& path); ///< The root is emptied instead.
    void setOperator(const Path& path, FilterOperator operation); ///< Keeps the values that still fit.
    void setText(const Path& path, const std::string& text);

private:
    FilterNode m_root;
};

} // namespace blazedb::views
