#include "fuzz/sites.hpp"

#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <array>

namespace terracat::fuzz {
namespace {

test::SiteUnderTest& site_over(std::string_view store) {
  static auto const stores = test::stores();
  static auto const folder = std::filesystem::path(TERRACAT_API_CASES) / "main";
  auto const found = std::ranges::find(stores, store, &test::StoreUnderTest::name);
  require(found != stores.end(), "there is such a store", store);
  return *new test::SiteUnderTest(folder, *found); // NOLINT: lives as long as the process
}

} // namespace

test::SiteUnderTest& memory_site() {
  static auto& site = site_over("memory");
  return site;
}

test::SiteUnderTest& sqlite_site() {
  static auto& site = site_over("sqlite");
  return site;
}

namespace {

/// One document on each line, behind a record separator or none (RFC 8142).
void check_lines(std::string_view text, std::string_view about) {
  while (!text.empty()) {
    auto const end = text.find('\n');
    require(end != std::string_view::npos, "a line has an end", about);
    auto line = text.substr(0, end);
    if (line.starts_with('\x1e')) line.remove_prefix(1);
    require(json::Document::parse(line, {.unique_names = true}).has_value(),
            "each line is JSON, each name once", about);
    text.remove_prefix(end + 1);
  }
}

} // namespace

void check_answer(test::Answer const& answer, std::string_view about) {
  constexpr std::array statuses{200, 204, 206, 302, 303, 304, 308, 400, 404, 405,
                                406, 409, 410, 412, 413, 414, 415, 416, 503};
  require(std::ranges::find(statuses, answer.status) != statuses.end(),
          "the status is one that the site gives on purpose",
          std::to_string(answer.status) + " " + std::string(about));
  if (answer.content_type.find("json") == std::string::npos) return;
  if (answer.content_type.find("json-seq") != std::string::npos ||
      answer.content_type.find("ndjson") != std::string::npos) {
    return check_lines(answer.body, about);
  }
  auto const body = json::Document::parse(answer.body, {.unique_names = true});
  require(body.has_value(), "what is called JSON is JSON, each name once", about);
  if (answer.status < 400) return;
  require(body->root().string("code").has_value(), "a problem has a code", about);
  require(body->root().member("status")->integer() == answer.status,
          "a problem names its own status", about);
}

} // namespace terracat::fuzz
