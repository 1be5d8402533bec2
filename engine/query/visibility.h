// Visibility: keeps the records of one collection, with or without soft-deleted ones (semantics 1.6, DM-18,
// CR-14).
#pragma once

#include <memory>
#include <string>

#include "engine/model/query.h"
#include "engine/query/row.h"

namespace blazedb::query {

/// Whether the record says of itself that it is deleted.
bool isSoftDeleted(model::FieldSource& record);
/// The text of `_blazeKind`, or null when it is missing or no text. Valid until the reader moves on.
const std::string* kindOf(model::FieldSource& record);

/// Whether a kind is the one a collection is named after: equal ignoring case, composed or not.
class KindName {
public:
    explicit KindName(std::string_view name);
    [[nodiscard]] bool matches(std::string_view kind) const;

private:
    std::string m_folded;
};

class Visibility final : public Operator {
public:
    Visibility(std::unique_ptr<Operator> input, const std::string& collection, model::DeletedRecords deleted);

    Result<const Row*> next() override;

private:
    [[nodiscard]] bool isVisible(const Row& row) const;

    std::unique_ptr<Operator> m_input;
    const bool m_isEveryKind;
    const KindName m_kind;
    const model::DeletedRecords m_deleted;
    Row m_row;
};

} // namespace blazedb::query
