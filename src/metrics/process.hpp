#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace terracat::metrics {

/// What the system knows of this process, under the names that client libraries of Prometheus agree
/// on. What /proc does not tell is left out.
[[nodiscard]] std::vector<prometheus::MetricFamily> process_metrics();

} // namespace terracat::metrics
