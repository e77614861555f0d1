#include "api/pattern.hpp"
#include "api/problems.hpp"
#include "api/route_parameters.hpp"
#include "api/routes.hpp"
#include "api/sentence.hpp"
#include "api/site_under_test.hpp"
#include "api/tags.hpp"
#include "query/definitions.hpp"
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

TEST_CASE("the first page has its map once somebody has read the records") {
  SiteUnderTest site(folder, stores().front());
  auto const has_map = [&] {
    auto const page = site.ask({.target = "/en/"});
    CHECK(page.status == 200);
    return page.body.find("in each cell of 10°") != std::string::npos;
  };
  CHECK_FALSE(has_map());
  CHECK(site.ask({.target = "/records/collections/all/items"}).status == 200);
  CHECK(has_map());
}

TEST_CASE("the tag of what a question orders by time is one of the day") {
  auto const mark = [](std::string_view now) {
    return api::time_mark("rain since 2015", model::parse_rfc3339(now).value());
  };
  CHECK(mark("2026-11-30T00:00:00Z") == mark("2026-11-30T23:59:59Z"));
  CHECK(mark("2026-11-30T23:59:59Z") != mark("2026-12-01T00:00:00Z"));
  CHECK(api::time_mark("rain", model::Instant::now()).empty());
  SiteUnderTest site(folder, stores().front());
  auto const tag = [&](std::string const& words) {
    return site.ask({.target = "/records/collections/all/items?explain=true&q=" + words})
        .header("ETag");
  };
  CHECK(tag("rain%20since%202015") == tag("rain%20since%202015"));
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

TEST_CASE("what people read as data has an entity tag for each language") {
  SiteUnderTest site(folder, stores().front());
  auto const asked_in = [&](std::string const& language, std::string const& tag) {
    return site.ask({.target = "/d/optical",
                     .headers = {{"Accept", "application/ld+json"},
                                 {"Accept-Language", language},
                                 {"If-None-Match", tag}}});
  };
  auto const french = asked_in("fr", "").header("ETag");
  CHECK(asked_in("fr", french).status == 304);
  CHECK(asked_in("en", french).status == 200);
}

/// An item with one property of its own.
std::string item_with(std::string const& id, std::string const& property) {
  return R"({"type":"Feature","stac_version":"1.1.0","id":")" + id +
         R"(","collection":"optical","geometry":null,"properties":{)" +
         R"("datetime":"2024-01-01T00:00:00Z","platform":"sat-a",)" + property +
         R"(},"assets":{},"links":[]})";
}

TEST_CASE("entity tags of lists change with what they list, and with nothing else") {
  for (auto const& store : stores()) {
    INFO(store.name);
    SiteUnderTest site(folder, store);
    auto const tag = [&](std::string const& target) {
      return site.ask({.target = target}).header("ETag");
    };
    auto const status = [&](std::string const& target, std::string const& known) {
      return site.ask({.target = target, .headers = {{"If-None-Match", known}}}).status;
    };
    auto const collections = tag("/stac/collections");
    auto const collection = tag("/stac/collections/optical");
    auto const items = tag("/stac/collections/optical/items");
    auto const search = tag("/stac/search");
    auto const item = tag("/stac/collections/optical/items/o-01");
    auto const others = tag("/stac/collections/drifters/items");
    auto const queryables = tag("/stac/queryables");
    auto const own_queryables = tag("/stac/collections/optical/queryables");
    auto const other_queryables = tag("/stac/collections/drifters/queryables");

    // Nothing that the collection shows of its items is new but the item itself.
    site.add("land", item_with("o-99", R"("land:checked":true)"));
    CHECK(status("/stac/collections", collections) == 304);
    CHECK(status("/stac/collections/optical", collection) == 304);
    CHECK(status("/stac/collections/optical/items", items) == 200);
    CHECK(status("/stac/search", search) == 200);
    CHECK(status("/stac/collections/optical/items/o-01", item) == 304);
    CHECK(status("/stac/collections/drifters/items", others) == 304);
    // A condition may name the new property now.
    CHECK(status("/stac/queryables", queryables) == 200);
    CHECK(status("/stac/collections/optical/queryables", own_queryables) == 200);
    CHECK(status("/stac/collections/drifters/queryables", other_queryables) == 304);

    // A value that widens the summaries changes the collection, too.
    site.add("land", item_with("o-100", R"("eo:cloud_cover":-1)"));
    CHECK(status("/stac/collections", collections) == 200);
    CHECK(status("/stac/collections/optical", collection) == 200);
  }
}

TEST_CASE("entity tags change with the settings that answers depend on") {
  SiteUnderTest site(folder, stores().front());
  auto const sortables = site.ask({.target = "/stac/sortables"}).header("ETag");
  auto const item = site.ask({.target = "/stac/collections/optical/items/o-01"}).header("ETag");
  auto const status = [&](std::string const& target, std::string const& known) {
    return site.ask({.target = target, .headers = {{"If-None-Match", known}}}).status;
  };
  site.change([](api::Site&) {});
  CHECK(status("/stac/sortables", sortables) == 304);
  site.change([](api::Site& settings) { settings.sortables = {"land:checked"}; });
  CHECK(status("/stac/sortables", sortables) == 200);
  CHECK(status("/stac/collections/optical/items/o-01", item) == 200);
}

TEST_CASE("a site may learn its address when it has one") {
  SiteUnderTest site(folder, stores().front());
  site.change([](api::Site& settings) { settings.public_url.clear(); });
  site.learn_address("http://127.0.0.1:4321/base");
  auto const answer = site.ask({.target = "/base/stac"});
  CHECK(answer.status == 200);
  CHECK(text_at(answer, "links[rel=self].href") == "http://127.0.0.1:4321/base/stac");
}

TEST_CASE("a pattern hides what always fits it") {
  constexpr auto hides = [](std::string_view first, std::string_view second) {
    return api::hides(api::segments_of(first), api::segments_of(second));
  };
  STATIC_REQUIRE(hides("/collections/{collection}", "/collections/search"));
  STATIC_REQUIRE(hides("/collections/{collection}", "/collections/{id}"));
  STATIC_REQUIRE(hides("/files/{path...}", "/files/{source}/{name}"));
  STATIC_REQUIRE_FALSE(hides("/collections/search", "/collections/{collection}"));
  STATIC_REQUIRE_FALSE(hides("/collections/{collection}", "/collections"));
  STATIC_REQUIRE_FALSE(hides("/collections/{collection}", "/collections/search/items"));
  STATIC_REQUIRE_FALSE(hides("/a/{x}", "/b/{x}"));
  STATIC_REQUIRE_FALSE(hides("/files/{source}", "/files/{path...}"));
  STATIC_REQUIRE(api::places_in("/assets/{source}/{path...}") == 2);
}

TEST_CASE("every family has a row and an address of its own") {
  std::vector<std::string> prefixes;
  for (auto const& root : api::roots_of("Site", "", {{"p", "Pole", "About", {"a"}}})) {
    prefixes.push_back(root.prefix + " " + root.title + " " + root.description);
  }
  CHECK(prefixes == std::vector<std::string>{"/stac Site Site", "/features Site (features) Site",
                                             "/records Site (records) Site",
                                             "/poles/p/stac Pole About",
                                             "/poles/p/features Pole (features) About",
                                             "/poles/p/records Pole (records) About"});
}

TEST_CASE("what sockets refuse has a problem of its own") {
  for (int const status : {400, 408, 413, 414, 415, 417, 429, 431, 500, 501, 503, 505}) {
    CHECK(api::refusal_reply(status, "why", "r").status == status);
  }
  auto const reply = api::refusal_reply(429, "wait", "r");
  CHECK(std::ranges::count(reply.headers, std::string("Retry-After"),
                           &std::pair<std::string, std::string>::first) == 1);
}

TEST_CASE("an answer that takes too long says so") {
  for (auto const& store : stores()) {
    INFO(store.name);
    SiteUnderTest site(folder, store);
    // Stores look at the clock every now and then: enough for them to do.
    std::string lines;
    for (int i = 0; i < 300; ++i) lines += item_with("x-" + std::to_string(i), R"("n":1)") + "\n";
    site.add("land", lines);
    std::string const search = R"(/stac/search?query={"n":{"gt":1}})";
    auto const answer = site.ask({.target = search, .is_late = true});
    CHECK(answer.status == 503);
    CHECK(answer.header("Retry-After") == "5");
    CHECK(text_at(answer, "code") == "query-too-slow");
    CHECK(text_at(answer, "detail").starts_with("there is no index on 'n', so "));
    CHECK(text_at(answer, "where") == "n");
    CHECK(site.ask({.target = search}).status == 200);
  }
}

/// All values of members `$ref`, wherever they stand.
void collect_references(json::Value const& value, std::vector<std::string>& out) {
  for (auto const element : value.elements()) collect_references(element, out);
  for (auto const [name, member] : value.members()) {
    if (name == "$ref") out.emplace_back(member.string().value_or(""));
    collect_references(member, out);
  }
}

void check_openapi(SiteUnderTest& site, std::string const& address, api::Root const* root) {
  INFO(address);
  auto const document = body_of(site.ask({.target = address}));
  auto const paths = document.root().member("paths").value();
  std::size_t count = 0;
  for (auto const& route : api::routes()) {
    if (!api::belongs(route, site.settings(), root)) continue;
    auto const path =
        paths.member(route.path.empty()                           ? "/"
                     : route.path == "/assets/{source}/{path...}" ? "/assets/{source}/{path}"
                                                                  : route.path);
    REQUIRE(path);
    auto const operation = path->member(route.method == api::Method::post ? "post" : "get");
    REQUIRE(operation);
    CHECK(operation->string("operationId") == route.id);
    ++count;
  }
  std::size_t operations = 0;
  for (auto const [name, path] : paths.members()) operations += path.size();
  CHECK(operations == count);

  std::vector<std::string> references;
  collect_references(document.root(), references);
  CHECK(references.size() > count);
  std::string const prefix = "#/components/schemas/";
  auto const schemas = document.root().member("components")->member("schemas").value();
  for (auto const& reference : references) {
    REQUIRE(reference.starts_with(prefix));
    CHECK(schemas.member(reference.substr(prefix.size())));
  }
}

TEST_CASE("the OpenAPI documents have every route and refer only to themselves") {
  SiteUnderTest site(folder, stores().front());
  api::Root const root{.prefix = "/stac"};
  check_openapi(site, "/stac/api", &root);
  check_openapi(site, "/api", nullptr);
  site.change([](api::Site& settings) { settings.operators_key = "a key of operators"; });
  check_openapi(site, "/api", nullptr);
  auto const document = body_of(site.ask({.target = "/api"}));
  auto const server = at_path(document.root(), "servers[0].url").values.front();
  CHECK(server->string() == "https://data.example");
}

TEST_CASE("each property of records is a parameter") {
  for (auto const& one : query::record_definitions()) {
    INFO(one.name);
    bool const is_parameter =
        one.name == "id" ||
        std::ranges::find(api::route_parameters::of_records, one.name, &api::ParameterRow::name) !=
            api::route_parameters::of_records.end();
    CHECK(is_parameter);
  }
}

TEST_CASE("what is light is answered at once, what is not goes to the pool") {
  SiteUnderTest site(folder, stores().front());
  auto const is_light = [&](Question const& question) {
    auto const answer = site.ask(question);
    INFO(question.target << question.body);
    CHECK(answer.status == 200);
    return answer.was_light;
  };
  auto const post = [](std::string body) {
    return Question{.method = "POST",
                    .target = "/stac/search",
                    .headers = {{"Content-Type", "application/json"}},
                    .body = std::move(body)};
  };
  CHECK(is_light({.target = "/stac/collections/optical/items/o-01"}));
  CHECK(is_light({.target = "/stac/search?bbox=0,40,10,50&datetime=2020-01-01T00:00:00Z/.."}));
  CHECK(is_light({.target = "/stac/collections/optical/items?limit=20"}));
  CHECK(is_light(post(R"({"bbox":[0,40,10,50],"limit":20})")));
  CHECK(is_light(post(R"({"query":{"eo:cloud_cover":{"lt":50}}})")));
  // More items than are light, conditions that the index does not know, parts of items.
  CHECK_FALSE(is_light({.target = "/stac/search?limit=21"}));
  CHECK_FALSE(is_light({.target = "/stac/search?ids=o-01"}));
  CHECK_FALSE(is_light({.target = "/stac/search?sortby=id"}));
  CHECK_FALSE(is_light({.target = "/stac/search?fields=id"}));
  // What takes long to read.
  CHECK_FALSE(is_light(post(R"({"limit":2,"collections":["optical"],"bbox":[0,40,10,50])" +
                            std::string(4'100, ' ') + "}")));
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
  // Only what has a body may bring one; what may read for long does not keep those who read
  // sockets.
  CHECK(plan("POST", "/stac/search").body_limit > 0);
  CHECK(plan("GET", "/stac/search").body_limit == 0);
  CHECK(plan("PUT", "/stac/search").body_limit > 0); // to be told 405, whatever it brings
  CHECK(plan("POST", "/stac/search").is_light);
  CHECK_FALSE(plan("GET", "/assets/a/b/c").is_light);
  // A server that is overloaded lives, and whoever restarts what does not live shall know.
  CHECK(plan("GET", "/health/live").is_vital);
  CHECK(plan("GET", "/health/ready").is_vital);
  CHECK_FALSE(plan("GET", "/stac/search").is_vital);
  CHECK(plan("GET", "/stac/collections/optical/items/o-01").is_light);
}

} // namespace
} // namespace terracat::test
