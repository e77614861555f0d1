#pragma once

#include "api/site.hpp"

#include <terracat/json.hpp>

namespace terracat::api {

/// Writes the array of classes that a root conforms to: THE table is in the .cpp.
void write_conformance(json::Writer& out, Root const& root);

} // namespace terracat::api
