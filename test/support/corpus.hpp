#pragma once

#include "support/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace terracat::test {

/// The folder of real answers of real sources, if there is one on this machine. Without it the test
/// says so and ends; where all tests must run (`CI=true`) it fails.
inline std::optional<std::filesystem::path> corpus() {
  auto const* const folder = std::getenv("TERRACAT_CORPUS");
  if (folder != nullptr && std::filesystem::is_directory(folder)) return folder;
  auto const* const ci = std::getenv("CI");
  if (ci != nullptr && std::string_view(ci) == "true") FAIL("TERRACAT_CORPUS names no folder");
  WARN("skipped: TERRACAT_CORPUS names no folder");
  return std::nullopt;
}

inline std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

} // namespace terracat::test
