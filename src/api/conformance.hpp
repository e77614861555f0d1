#pragma once

#include "api/families.hpp"

#include <terracat/json.hpp>

namespace terracat::api {

/// Writes the array of classes that the roots of a family conform to: THE table is in the .cpp.
void write_conformance(json::Writer& out, Family family);

} // namespace terracat::api
