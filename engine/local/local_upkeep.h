// Upkeep of an open file: looking whether it is sound.
#pragma once

#include "engine/api/upkeep.h"
#include "engine/local/database.h"

namespace blazedb::local {

/// Any thread.
class LocalUpkeep final : public api::Upkeep {
public:
    /// Borrows the database.
    explicit LocalUpkeep(Database& database);

    Result<api::VerifyReport> verify(const api::CallContext& context, api::VerifyDepth depth) override;

private:
    Database& m_database;
};

} // namespace blazedb::local
