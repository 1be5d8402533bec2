#include "engine/local/database.h"

#include <utility>

namespace blazedb::local {

Database::Database(Parts parts, const Clock& clock)
    : m_parts(std::move(parts))
    , m_clock(clock)
{}

} // namespace blazedb::local
