#pragma once

#include "vocabulary/tables.hpp"

namespace terracat::vocabulary {

/// Tells of each concept that is broader than itself by way of others, once for each circle. The
/// relations stay: who follows them has to mind circles.
void report_circles(Tables& tables);

} // namespace terracat::vocabulary
