// One measured figure.
#pragma once

#include <optional>
#include <string>

namespace blazedb::model {

struct MetricSample {
    std::string name; ///< Stable, Prometheus style: "blazedb_pages_total".
    std::string unit; ///< "bytes", "pages", "records", "seconds", "1".
    std::optional<double> value; ///< nullopt: not measured here; `reason` says why.
    std::string reason;
};

} // namespace blazedb::model
