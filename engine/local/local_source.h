// A file of this machine as a DataSource.
#pragma once

#include <memory>

#include "engine/api/data_source.h"
#include "engine/local/database.h"
#include "engine/local/local_changes.h"
#include "engine/local/local_monitor.h"
#include "engine/local/local_records.h"
#include "engine/local/local_structure.h"
#include "engine/local/local_upkeep.h"

namespace blazedb::local {

/// Any thread. Serves Records, Structure, Upkeep and Monitor; Changes where the store can be followed.
class LocalSource final : public api::DataSource {
public:
    explicit LocalSource(std::unique_ptr<Database> database);

    api::SourceDescription describe() const override;
    std::vector<model::Finding> openingFindings() const override;
    api::Records& records() override { return m_records; }
    api::Structure* structure() override { return &m_structure; }
    api::Changes* changes() override { return m_changes.get(); }
    api::Upkeep* upkeep() override { return &m_upkeep; }
    api::Monitor* monitor() override { return &m_monitor; }

private:
    std::unique_ptr<Database> m_database;
    LocalRecords m_records;
    LocalStructure m_structure;
    LocalUpkeep m_upkeep;
    LocalMonitor m_monitor;
    std::unique_ptr<LocalChanges> m_changes; ///< Null for a rescue. Its thread ends before the database goes.
};

} // namespace blazedb::local
