#include "engine/query/key_collector.h"

namespace blazedb::query {

Result<std::vector<model::Uuid>> collectIds(Operator& rows)
{
    std::vector<model::Uuid> ids;
    for (;;) {
        BLAZE_TRY_VALUE(const Row* row, rows.next());
        if (row == nullptr) return ids;
        ids.push_back(row->id);
    }
}

} // namespace blazedb::query
