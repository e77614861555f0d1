#include "api/sentence.hpp"
#include "api/site_under_test.hpp"
#include "support/catch.hpp"

namespace terracat::test {
namespace {

std::filesystem::path const folder = TERRACAT_API_CASES "/main";

json::Document body_of(Answer const& answer) {
  return json::Document::parse(answer.body).value();
}

std::string text_at(Answer const& answer, std::string_view path) {
  auto const document = body_of(answer);
  auto const found = at_path(document.root(), path).values.front();
  return found ? std::string(found->string().value_or("")) : std::string();
}

/// Two catalogues with the same content that are not one another's history.
struct TwoEpochs {
  SiteUnderTest before{folder, stores().front()};
  SiteUnderTest after{folder, stores().front()};
};

TEST_CASE("a page token of another epoch is gone") {
  TwoEpochs sites;
  auto const first = sites.before.ask({.target = "/stac/search?limit=2"});
  auto const next = text_at(first, "links[rel=next].href");
  CHECK(sites.before.ask({.target = next}).status == 200);
  auto const answer = sites.after.ask({.target = next});
  CHECK(answer.status == 410);
  CHECK(text_at(answer, "code") == "token-expired");
  CHECK(text_at(answer, "where") == "token");
  CHECK(text_at(answer, "detail").find("start the search again") != std::string::npos);
}

TEST_CASE("an entity tag of another epoch is none") {
  TwoEpochs sites;
  for (std::string const target :
       {"/stac", "/stac/collections", "/stac/collections/optical", "/stac/search",
        "/stac/queryables", "/stac/collections/optical/items",
        "/stac/collections/optical/items/o-01"}) {
    INFO(target);
    auto const tag = sites.before.ask({.target = target}).header("ETag");
    Question const question{.target = target, .headers = {{"If-None-Match", tag}}};
    CHECK(sites.before.ask(question).status == 304);
    CHECK(sites.after.ask(question).status == 200);
  }
}

TEST_CASE("log and metrics know addresses by their patterns") {
  SiteUnderTest const site(folder, stores().front());
  auto const plan = [&](std::string const& method, std::string const& target) {
    return site.plan({.method = method, .target = target});
  };
  CHECK(plan("GET", "/stac/collections/a%2Fb/items/c").route ==
        "/stac/collections/{collection}/items/{item}");
  CHECK(plan("HEAD", "/poles/land/stac/search?limit=1").route == "/poles/land/stac/search");
  CHECK(plan("GET", "/assets/a/b/c").route == "/assets/{source}/{path...}");
  CHECK(plan("GET", "/nowhere").route.empty());
  CHECK(plan("PUT", "/stac").route.empty());
  // Only what has a body may bring one, and what searches does not keep those who read sockets.
  CHECK(plan("POST", "/stac/search").body_limit > 0);
  CHECK(plan("GET", "/stac/search").body_limit == 0);
  CHECK_FALSE(plan("POST", "/stac/search").is_light);
  CHECK(plan("GET", "/stac/collections/optical/items/o-01").is_light);
}

} // namespace
} // namespace terracat::test
