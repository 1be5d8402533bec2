#include "engine/query/filter.h"

#include <utility>

namespace blazedb::query {

Filter::Filter(std::unique_ptr<Operator> input, model::Predicate predicate)
    : m_input(std::move(input))
    , m_predicate(std::move(predicate))
{}

Result<const Row*> Filter::next()
{
    for (;;) {
        BLAZE_TRY_VALUE(const Row* row, m_input->next());
        if (row == nullptr || m_predicate.matches(*row->fields)) return row;
    }
}

} // namespace blazedb::query
