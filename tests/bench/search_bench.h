// What a search for databases costs in a home folder of very many files.
#pragma once

#include <optional>
#include <string>

namespace blazedb::bench {

struct SearchFigures {
    double firstMs = 0;     ///< From the beginning to the first database that is told.
    /// From the request to the end of the search, at several moments of it; nullopt: each time it had ended before.
    std::optional<double> cancelMsMax;
    double wholeSeconds = 0;
};

/// Makes a folder of 100,000 empty files in 1,000 folders with 20 databases among them, below `folder`, searches it, and removes it.
SearchFigures measureSearch(const std::string& folder);

} // namespace blazedb::bench
