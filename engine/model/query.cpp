#include "engine/model/query.h"

namespace blazedb::model {

bool isIdentical(const Query& left, const Query& right)
{
    return left.collection == right.collection && isIdentical(left.filter, right.filter) && left.order == right.order
        && left.deleted == right.deleted && left.offset == right.offset && left.limit == right.limit && left.fields == right.fields;
}

} // namespace blazedb::model
