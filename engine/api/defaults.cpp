// What a facet answers for functions a source does not override.
#include "engine/api/records.h"
#include "engine/api/unavailable.h"
#include "engine/api/upkeep.h"

namespace blazedb::api {

Result<CommitReceipt> Records::apply(const CallContext&, const model::Batch&)
{
    return unavailable("changing records");
}

Result<std::unique_ptr<Transaction>> Records::begin(const CallContext&, Isolation)
{
    return unavailable("a transaction");
}

Result<void> Upkeep::vacuum(const CallContext&)
{
    return unavailable("vacuum");
}

} // namespace blazedb::api
