#include "engine/local/local_upkeep.h"

namespace blazedb::local {

LocalUpkeep::LocalUpkeep(Database& database)
    : m_database(database)
{}

Result<api::VerifyReport> LocalUpkeep::verify(const api::CallContext& context, api::VerifyDepth depth)
{
    return m_database.facts().check(context, depth);
}

} // namespace blazedb::local
