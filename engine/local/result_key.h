// What makes two questions have the same matches in the same order: the state of the database and the query
// without its offset, limit and fields.
#pragma once

#include <cstdint>

#include "engine/model/query.h"

namespace blazedb::local {

struct ResultKey {
    ResultKey(std::uint64_t sequenceNumber, const model::Query& asked)
        : sequence(sequenceNumber)
        , query(asked)
    {
        query.offset = 0;
        query.limit.reset();
        query.fields.clear();
    }

    std::uint64_t sequence;
    model::Query query;

    friend bool operator==(const ResultKey& left, const ResultKey& right)
    {
        return left.sequence == right.sequence && isIdentical(left.query, right.query);
    }
};

} // namespace blazedb::local
