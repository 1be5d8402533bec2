#include "engine/local/local_source.h"

#include <utility>

namespace blazedb::local {

LocalSource::LocalSource(std::unique_ptr<Database> database)
    : m_database(std::move(database))
    , m_records(*m_database)
    , m_structure(*m_database)
    , m_upkeep(*m_database)
    , m_monitor(*m_database, m_structure)
    , m_changes(m_database->store().isWatchable() ? std::make_unique<LocalChanges>(*m_database) : nullptr)
{}

api::SourceDescription LocalSource::describe() const
{
    return m_database->facts().describe();
}

std::vector<model::Finding> LocalSource::openingFindings() const
{
    return m_database->facts().openingFindings();
}

} // namespace blazedb::local
