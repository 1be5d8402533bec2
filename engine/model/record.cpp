#include "engine/model/record.h"

#include "engine/model/text_order.h"

namespace blazedb::model {

const Field* Record::find(std::string_view name) const
{
    for (const Field& field : fields)
        if (canonicallyEqual(field.name, name)) return &field;
    return nullptr;
}

} // namespace blazedb::model
