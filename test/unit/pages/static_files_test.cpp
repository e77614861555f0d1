#include "pages/static_files.hpp"
#include "support/catch.hpp"
#include "unit/net/decode.hpp"

#include <fstream>
#include <sstream>

namespace terracat::pages {
namespace {

std::string read(std::string const& path) {
  std::ifstream file(std::string(TERRACAT_PORTAL) + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

EmbeddedFile const& file_named(std::string_view name) {
  auto const path = static_path(name);
  return *static_file(std::string_view(path).substr(std::string_view("/static/").size()));
}

TEST_CASE("files are in the program as they are") {
  CHECK(file_named("land-110m.svg").bytes == read("/map/land-110m.svg"));
  CHECK(media_type_of(file_named("land-110m.svg")) == "image/svg+xml");
}

TEST_CASE("a file can be made of several") {
  auto const style = file_named("style.css");
  CHECK(style.bytes.starts_with(read("/styles/tokens.css")));
  CHECK(style.bytes.ends_with(read("/styles/print.css")));
  CHECK(media_type_of(style) == "text/css; charset=utf-8");
}

TEST_CASE("coded files say the same, and are smaller") {
  for (auto const* const name : {"style.css", "land-50m.svg"}) {
    INFO(name);
    auto const& file = file_named(name);
    CHECK(decoded(api::Coding::gzip, file.gzip) == file.bytes);
    CHECK(decoded(api::Coding::brotli, file.brotli) == file.bytes);
    CHECK(decoded(api::Coding::zstd, file.zstd) == file.bytes);
    CHECK(file.brotli.size() < file.bytes.size() / 2);
    CHECK(file.gzip.size() < file.bytes.size() / 2);
  }
}

TEST_CASE("addresses have a hash of the content, and no other leads to a file") {
  auto const path = static_path("mark.svg");
  CHECK(path.size() == std::string_view("/static/mark.0123456789abcdef.svg").size());
  CHECK(static_file("mark.svg") == nullptr);
  CHECK(static_file("mark.0123456789abcdef.svg") == nullptr);
  CHECK(static_file("") == nullptr);
}

} // namespace
} // namespace terracat::pages
