// The value of a condition as it is typed: a kind and a text. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/value.h"

namespace blazedb::views {

/// What stands in the value field of a filter row. A value that was shown and not changed comes back bit for bit.
struct FilterOperand {
    model::ValueKind kind = model::ValueKind::Text;
    std::string text;
    std::optional<model::Value> shown; ///< What the text stands for while neither it nor the kind was changed.

    void setText(std::string newText);
    void setKind(model::ValueKind newKind);

    /// The value; nullopt when the text is none of this kind. Dates are RFC 3339, or a day alone (its midnight in UTC).
    [[nodiscard]] std::optional<model::Value> value() const;
};

/// Null, bool, integer, double, date, text and UUID can be typed in a row; the other kinds cannot.
bool canBeTyped(model::ValueKind kind);
FilterOperand operandOf(const model::Value& value);

/// `3, "open", 2024-01-01T00:00:00Z`: values as the filter line writes them.
std::string toListText(const std::vector<FilterOperand>& operands);
/// nullopt when the text is no such list.
std::optional<std::vector<FilterOperand>> fromListText(std::string_view text);

} // namespace blazedb::views
