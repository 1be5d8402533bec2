// Filter: keeps the records a predicate matches, decoding only the fields it asks for.
#pragma once

#include <memory>

#include "engine/model/predicate.h"
#include "engine/query/row.h"

namespace blazedb::query {

class Filter final : public Operator {
public:
    Filter(std::unique_ptr<Operator> input, model::Predicate predicate);

    Result<const Row*> next() override;

private:
    std::unique_ptr<Operator> m_input;
    model::Predicate m_predicate;
};

} // namespace blazedb::query
