// A document of a peer on its way out: copied, then decoded on demand by simdjson, the same way for all of them.
#pragma once

#include <string_view>

#include <simdjson.h>

#include "tests/bench/engine/document.h"

namespace blazedb::bench {

/// Keeps its buffers. Thread-safety: none; one per reader.
class JsonDocument {
public:
    void copy(std::string_view json);
    std::int64_t number();
    /// The fields of the filter, and `number` only when they fit.
    void addIfFiltered(Answer& answer);

private:
    simdjson::ondemand::document parse();

    simdjson::ondemand::parser m_parser;
    std::vector<char> m_buffer = std::vector<char>(8192);
    std::size_t m_size = 0;
};

} // namespace blazedb::bench
