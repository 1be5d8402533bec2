#include "engine/model/batch.h"

namespace blazedb::model {

const char* changeKindName(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Insert: return "insert";
    case Change::Kind::Update: return "update";
    case Change::Kind::Delete: return "delete";
    case Change::Kind::SoftDelete: return "soft-delete";
    }
    return "update";
}

} // namespace blazedb::model
