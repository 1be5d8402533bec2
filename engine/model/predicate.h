// An expression made ready to be asked of many records: patterns compiled, paths split. The rules are those of
// semantics 1.3, 1.4 and 3.3.
#pragma once

#include <memory>

#include "engine/base/result.h"
#include "engine/model/expression.h"
#include "engine/model/field_source.h"

namespace blazedb::model {

/// Immutable once made; `matches` may run on any number of threads, each with its own source.
class Predicate {
public:
    /// Errors: InvalidArgument (a pattern RE2 refuses, an operand of the wrong kind, nesting over 1,000 levels).
    static Result<Predicate> compile(const Expression& expression);

    Predicate(Predicate&&) noexcept;
    Predicate& operator=(Predicate&&) noexcept;
    ~Predicate();

    [[nodiscard]] bool matches(FieldSource& record) const;

private:
    struct Node;
    explicit Predicate(std::unique_ptr<const Node> root);
    std::unique_ptr<const Node> m_root;
};

/// The value at a field name or path (DM-2: literal name first), or null when missing. For sorts and columns.
const Value* resolveField(FieldSource& record, std::string_view nameOrPath);

} // namespace blazedb::model
