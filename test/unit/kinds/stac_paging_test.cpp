#include "kinds/stac_api/paging.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::kinds::stac_api;

namespace {

constexpr auto base = "https://a.example/stac/search?limit=2";

std::optional<fetch::Request> next_of(std::string const& link, fetch::Request const& asked) {
  auto const page = json::Document::parse(R"({"links":[{"rel":"self","href":"x"},)" + link + "]}");
  REQUIRE(page);
  return next_by_link(page->root(), asked, base);
}

} // namespace

TEST_CASE("a next link by GET is followed, relative or absolute") {
  auto const asked = get(base);
  CHECK(next_of(R"({"rel":"next","href":"https://b.example/p?token=2"})", asked)->url ==
        "https://b.example/p?token=2");
  CHECK(next_of(R"({"rel":"next","href":"?token=2"})", asked)->url ==
        "https://a.example/stac/search?token=2");
  CHECK(next_of(R"({"rel":"next","href":"items?token=2"})", asked)->url ==
        "https://a.example/stac/items?token=2");
  CHECK(next_of(R"({"rel":"next","href":"?token=2","method":"GET"})", asked)->method == "GET");
}

TEST_CASE("a link that names its own host without TLS is read as meant") {
  auto const asked = get(base);
  CHECK(next_of(R"({"rel":"next","href":"http://a.example/p"})", asked)->url ==
        "https://a.example/p");
  CHECK(next_of(R"({"rel":"next","href":"http://b.example/p"})", asked)->url ==
        "http://b.example/p");
}

TEST_CASE("a page without a usable next link is the last one") {
  auto const asked = get(base);
  auto const link = GENERATE(as<std::string>(), R"({"rel":"prev","href":"?token=1"})",
                             R"({"rel":"next","href":"file:///etc/passwd"})",
                             R"({"rel":"next","href":"mailto:a@b.example"})", "7", "null");
  CAPTURE(link);
  CHECK_FALSE(next_of(link, asked));
}

TEST_CASE("a next link by POST brings its body") {
  auto const asked = post(base, R"({"limit":2,"collections":["a"]})");
  auto const plain = next_of(R"({"rel":"next","method":"POST","href":"https://a.example/s",)"
                             R"("body":{"token":"t2"}})",
                             asked);
  CHECK(plain->method == "POST");
  CHECK(plain->url == "https://a.example/s");
  CHECK(plain->body == R"({"token":"t2"})");
  CHECK(plain->content_type == "application/json");
}

TEST_CASE("a body that is merged keeps the query and replaces the token") {
  auto const asked = post(base, R"({"limit":2,"token":"t1","collections":["a"]})");
  auto const merging =
      next_of(R"({"rel":"next","method":"POST","merge":true,"body":{"token":"t2"}})", asked);
  CHECK(merging->url == base);
  CHECK(merging->body == R"({"limit":2,"collections":["a"],"token":"t2"})");
  CHECK(next_of(R"({"rel":"next","method":"POST","merge":true})", asked)->body == asked.body);
}

TEST_CASE("headers of a link are sent, but for those that the request states itself") {
  auto const request =
      next_of(R"({"rel":"next","href":"?t=2","headers":{"Search-After":"LC81530752019135LGN00",)"
              R"("Content-Type":"x","Host":"evil.example","X-Two":["a","b"],"X-Bad":7}})",
              get(base));
  CHECK(request->headers ==
        std::vector<std::pair<std::string, std::string>>{
            {"Search-After", "LC81530752019135LGN00"}, {"X-Two", "a"}, {"X-Two", "b"}});
}

TEST_CASE("numbered pages are asked for in the URL or in the body") {
  CHECK(with_page(get("https://a.example/i?limit=2&page=1"), 2).url ==
        "https://a.example/i?limit=2&page=2");
  CHECK(with_page(post(base, R"({"limit":2,"page":1})"), 2).body == R"({"limit":2,"page":2})");
}

TEST_CASE("a request survives being stored") {
  auto request = post("https://a.example/s", R"({"q":"é\"x"})");
  request.headers = {{"Search-After", "x"}};
  auto const stored = to_json(request);
  auto const document = json::Document::parse(stored);
  REQUIRE(document);
  auto const read = from_json(document->root());
  REQUIRE(read);
  CHECK(read->method == "POST");
  CHECK(read->url == request.url);
  CHECK(read->body == request.body);
  CHECK(read->headers == request.headers);
  CHECK(to_json(*read) == stored);
  CHECK(from_json(json::Document::parse("{}")->root()) == std::nullopt);
}
