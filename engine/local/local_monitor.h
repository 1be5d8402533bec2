// The figures of an open file and what they mean for its health. Never scans records: what only a look at every record
// can tell is known when somebody has asked the Structure facet for it on this state, and is a reason until then.
#pragma once

#include "engine/api/monitor.h"
#include "engine/local/database.h"
#include "engine/local/local_structure.h"

namespace blazedb::local {

/// Any thread.
class LocalMonitor final : public api::Monitor {
public:
    /// Borrows both.
    LocalMonitor(Database& database, LocalStructure& structure);

    Result<api::Measurement> measure(const api::CallContext& context) override;

private:
    Database& m_database;
    LocalStructure& m_structure;
    const std::chrono::system_clock::time_point m_opened;
    const std::chrono::steady_clock::time_point m_openedSteady;
};

} // namespace blazedb::local
