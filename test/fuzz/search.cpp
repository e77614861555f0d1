// The body of a search: JSON, criteria, the query extension, CQL2, sort, fields. Both stores give
// the same answer, and so does the same body in another spelling.

#include "fuzz/fuzz.hpp"
#include "fuzz/sites.hpp"

namespace terracat::fuzz {
namespace {

test::Answer search(test::SiteUnderTest& site, std::string_view body) {
  return site.ask({.method = "POST",
                   .target = "/stac/search",
                   .headers = {{"Content-Type", "application/json"}},
                   .body = std::string(body)});
}

/// What an answer says that depends neither on the store nor on when it was filled.
std::string gist(test::Answer const& answer) {
  auto out = std::to_string(answer.status);
  auto const body = json::Document::parse(answer.body);
  if (!body) return out;
  out += " " + std::string(body->root().string("code").value_or(""));
  if (auto const matched = body->root().member("numberMatched")) out += " " + matched->text();
  auto const features = body->root().member("features");
  if (!features) return out;
  for (auto const feature : features->elements()) out += "\n" + feature.text();
  return out;
}

} // namespace

void try_input(std::string_view input) {
  auto const answer = search(memory_site(), input);
  check_answer(answer, input);
  auto const expected = gist(answer);
  if (answer.status != 200) return;
  auto const stored = gist(search(sqlite_site(), input));
  require(stored == expected, "both stores give the same answer", expected + "\n---\n" + stored);
  auto const rewritten = json::Document::parse(input)->root().text();
  auto const again = gist(search(memory_site(), rewritten));
  require(again == expected, "spelling and white space of the body do not matter", rewritten);
}

} // namespace terracat::fuzz
