#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace terracat::test {

/// The content of a file below test/fixtures. The folder is a setting of the build.
inline std::string fixture(std::string const& name) {
  auto const path = std::string(TERRACAT_FIXTURES "/") + name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

} // namespace terracat::test
