#include "engine/query/visibility.h"

#include <utility>

#include "engine/model/text_order.h"

namespace blazedb::query {

bool isSoftDeleted(model::FieldSource& record)
{
    const model::Value* mark = record.field(model::fieldname::kIsDeleted);
    return mark != nullptr && model::coerceToBool(*mark).value_or(false);
}

const std::string* kindOf(model::FieldSource& record)
{
    const model::Value* kind = record.field(model::fieldname::kKind);
    return kind != nullptr ? kind->as<std::string>() : nullptr;
}

KindName::KindName(std::string_view name)
    : m_folded(model::foldCase(name))
{}

bool KindName::matches(std::string_view kind) const
{
    return kind == m_folded || model::foldCase(kind) == m_folded;
}

Visibility::Visibility(std::unique_ptr<Operator> input, const std::string& collection,
                       model::DeletedRecords deleted)
    : m_input(std::move(input))
    , m_isEveryKind(collection == model::kDefaultCollection)
    , m_kind(collection)
    , m_deleted(deleted)
{}

Result<const Row*> Visibility::next()
{
    for (;;) {
        BLAZE_TRY_VALUE(const Row* row, m_input->next());
        if (row == nullptr) return nullptr;
        m_row = *row;
        m_row.isSoftDeleted = isSoftDeleted(*row->fields);
        if (isVisible(m_row)) return &m_row;
    }
}

bool Visibility::isVisible(const Row& row) const
{
    if (m_deleted == model::DeletedRecords::Hidden && row.isSoftDeleted) return false;
    if (m_deleted == model::DeletedRecords::Only && !row.isSoftDeleted) return false;
    if (m_isEveryKind) return true;
    const std::string* kind = kindOf(*row.fields);
    return kind != nullptr && m_kind.matches(*kind);
}

} // namespace blazedb::query
