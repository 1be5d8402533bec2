#include "engine/local/record_decoding.h"

#include <algorithm>
#include <utility>

#include "engine/model/text_order.h"

namespace blazedb::local {

namespace {

/// The deletion mark is needed to say what the record is, wanted or not.
std::vector<std::string> fieldsToDecode(const std::vector<std::string>& wanted)
{
    std::vector<std::string> fields = wanted;
    if (!fields.empty()) fields.emplace_back(model::fieldname::kIsDeleted);
    return fields;
}

bool isWanted(const model::Field& field, const std::vector<std::string>& wanted)
{
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& name) { return model::canonicallyEqual(name, field.name); });
}

} // namespace

Result<api::RecordRow> decodeRow(const codec::RowForm& form, const model::Uuid& id, ByteView bytes, const storage::RowMarks& marks,
                                 const RecordShape& shape)
{
    auto fields = form.decode(id, bytes, {shape.valueBytesMax, fieldsToDecode(shape.fields)});
    if (!fields) return std::move(fields).error().in("record " + id.toString());

    api::RecordRow row;
    row.record = {id, *std::move(fields)};
    const model::Field* deletion = row.record.find(model::fieldname::kIsDeleted);
    row.marks = {.isSoftDeleted = deletion != nullptr && model::coerceToBool(deletion->value).value_or(false),
                 .isInvisibleToSwift = marks.isInvisibleToSwift,
                 .isRescued = marks.isRescued};
    if (!shape.fields.empty())
        std::erase_if(row.record.fields,
                      [&](const model::Field& field) { return !isWanted(field, shape.fields); });
    return row;
}

} // namespace blazedb::local
