// Figures in the Prometheus text exposition format, version 0.0.4: one group per metric with its HELP and TYPE lines.
// Source: prometheus.io/docs/instrumenting/exposition_formats ("Text-based format").
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/model/metric_sample.h"

namespace blazedb::codec {

/// The figures of one database, and the labels that tell it from others.
struct MetricSource {
    std::vector<std::pair<std::string, std::string>> labels; ///< Names of [a-z_]; values are any UTF-8.
    std::vector<model::MetricSample> figures;
};

/// Samples of one metric stand together, whatever their source, as the format demands. A text becomes the label `value`
/// of a metric that ends in _info; a time ends in _timestamp_seconds; a counter in _total. What is not measured is left
/// out, with the reason in a comment. Ends with a line feed unless there is nothing to say.
std::string toPrometheusText(const std::vector<MetricSource>& sources);

/// "blazedb_storage_pages_free" for the id "storage.pages_free" in pages.
std::string prometheusName(const model::MetricSample& figure);

} // namespace blazedb::codec
