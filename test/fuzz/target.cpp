// The target of a request: parsed by net/, found in the table of routes, its parameters read, and
// answered over a small catalogue.

#include "fuzz/fuzz.hpp"
#include "fuzz/sites.hpp"

#include "api/parameters.hpp"
#include "net/target.hpp"

#include <algorithm>

namespace terracat::fuzz {
namespace {

using api::Parameters;

bool are_equal(Parameters const& a, Parameters const& b) {
  return std::ranges::equal(a.all(), b.all(), [](auto const& one, auto const& other) {
    return one.name == other.name && one.value == other.value;
  });
}

/// What was read of a query string is read again of what it is written as.
void check_parameters(std::string_view query) {
  auto const read = Parameters::parse(query);
  if (!read) return;
  require(read->all().size() <= Parameters::most_parameters, "parameters are few", query);
  auto const written = read->with("", "");
  auto const again = Parameters::parse(written);
  require(again.has_value(), "a query string that is written is read", written);
  require(again->with("", "") == written, "a query string has one spelling", written);
  auto const has_blank_name =
      std::ranges::any_of(read->all(), [](auto const& one) { return one.name.empty(); });
  require(has_blank_name || are_equal(*read, *again), "parameters survive being written", written);
}

void check_segment(std::string_view path) {
  auto const segment = path.substr(path.rfind('/') + 1);
  auto const decoded = api::decode_segment(segment);
  if (!decoded) return;
  require(api::decode_segment(api::encode(*decoded)) == *decoded,
          "a segment that is encoded is decoded to the same", segment);
}

/// Both forms of a target are the same question (RFC 9112 3.2).
void check_absolute_form(std::string_view text, net::Target const& target) {
  if (!text.starts_with('/')) return;
  auto const absolute = "http://h" + std::string(text);
  auto const parsed = net::parse_target(absolute);
  require(parsed && parsed->path == target.path && parsed->query == target.query,
          "the absolute form says the same as the origin form", absolute);
}

/// The link to the next page is a question that the site answers.
void follow(test::Answer const& answer) {
  if (answer.status != 200 || answer.content_type.find("json") == std::string::npos) return;
  auto const body = json::Document::parse(answer.body);
  if (!body) return; // lines of which each is one
  auto const links = body->root().member("links");
  if (!links) return;
  for (auto const link : links->elements()) {
    if (link.string("rel") != "next" || link.string("method") == "POST") continue;
    std::string const href(link.string("href").value_or(""));
    auto const next = memory_site().ask({.target = href});
    require(next.status == 200, "the next page is there", href);
  }
}

} // namespace

void try_input(std::string_view input) {
  auto const target = net::parse_target(input);
  if (!target) return;
  require(target->path.starts_with('/'), "a path begins with a slash", input);
  check_absolute_form(input, *target);
  check_parameters(target->query);
  check_segment(target->path);
  auto question = std::string(target->path);
  if (!target->query.empty()) question += "?" + std::string(target->query);
  auto const answer = memory_site().ask({.target = question});
  check_answer(answer, question);
  follow(answer);
}

} // namespace terracat::fuzz
