// The figures of an open file and what they mean for its health (semantics HM-2). Never scans records.
#pragma once

#include <vector>

#include "engine/api/monitor.h"
#include "engine/local/database.h"

namespace blazedb::local {

/// What `judgeHealth` looks at besides the figures of the store.
struct HealthEvidence {
    StoreFigures figures;
    std::vector<model::Finding> openingFindings;
    std::uint64_t recordsDamaged = 0; ///< Met while reading, so far.
};

/// Pure. Warning: the log is over a fifth of the database, over a million pages, over 10 GiB. Error:
/// something is damaged or lost.
api::Health judgeHealth(const HealthEvidence& evidence);

/// Any thread.
class LocalMonitor final : public api::Monitor {
public:
    /// Borrows the database.
    explicit LocalMonitor(Database& database);

    Result<std::vector<model::MetricSample>> figures(const api::CallContext& context) override;
    Result<api::Health> health(const api::CallContext& context) override;

private:
    Database& m_database;
};

} // namespace blazedb::local
