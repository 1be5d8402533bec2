#include "engine/codec/row_field_source.h"

#include "engine/model/text_order.h"

namespace blazedb::codec {

RowFieldSource::RowFieldSource(const FieldNames& names)
    : m_names(names)
    , m_namesSeen(names.size())
{
}

void RowFieldSource::lookUpAgain()
{
    m_namesSeen = m_names.size();
    for (const auto& field : m_known) field->numbers = m_names.equivalents(field->name);
}

void RowFieldSource::move(const model::Uuid& key, const RowView& row)
{
    m_key = key;
    m_row = row;
    m_problem.reset();
    ++m_moves;
    if (m_names.size() != m_namesSeen) lookUpAgain();
}

RowFieldSource::Known& RowFieldSource::known(std::string_view name)
{
    for (const auto& field : m_known)
        if (field->name == name) return *field;
    m_known.push_back(std::make_unique<Known>());
    Known& field = *m_known.back();
    field.name = name;
    field.numbers = m_names.equivalents(name);
    field.isId = model::canonicallyEqual(name, model::fieldname::kId);
    return field;
}

void RowFieldSource::decode(Known& field)
{
    field.decodedFor = m_moves;
    field.isThere = false;
    if (field.isId && m_row.idIsKey()) {
        field.value.storage = m_key;
        field.isThere = true;
        return;
    }
    for (const FieldNumber number : field.numbers) {
        const auto index = m_row.find(number);
        if (!index) continue;
        const auto value = m_row.value(*index);
        auto outcome = value ? value->decode(field.value) : Result<void>(value.error());
        if (!outcome && !m_problem) m_problem = std::move(outcome).error();
        field.isThere = !m_problem;
        return;
    }
}

const model::Value* RowFieldSource::field(std::string_view name)
{
    Known& field = known(name);
    if (field.decodedFor != m_moves) decode(field);
    return field.isThere ? &field.value : nullptr;
}

} // namespace blazedb::codec
