// Searches among collections and other records: what they find, in which order, page by page. Each
// case runs over all stores.

#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include "query/filter.hpp"
#include "query/sort.hpp"
#include "query/words.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::catalogue;
using test::CatalogueUnderTest;
using test::item;

namespace {

using Texts = std::vector<std::string>;

#define FOR_EACH_STORE(catalogue)                                                                  \
  auto const under_test = GENERATE(from_range(test::stores()));                                    \
  INFO("store: " << under_test.name);                                                              \
  CatalogueUnderTest catalogue(under_test, {.languages = {"en", "fr"}})

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

model::Geometry box(double west, double south, double east, double north) {
  return model::Geometry::box(model::Bbox::restored(west, south, east, north));
}

/// A record of a data set, changed by `change` beforehand.
template<class Change>
RecordPut record(std::string const& native_id, Change const& change) {
  auto put = test::record("a", native_id);
  auto parts = *put.record;
  change(parts);
  put.record = model::Record::make(std::move(parts)).value();
  put.document.hash = std::hash<std::string>()(native_id) + 1;
  return put;
}

RecordPut titled(std::string const& native_id, std::string const& title) {
  return record(native_id,
                [&](model::RecordParts& parts) { parts.title = model::LocalText("en", title); });
}

RecordRequest filtered(std::string const& filter) {
  RecordRequest request{.limit = 100};
  request.criteria.filters.push_back(
      query::read_cql2_text(filter, query::Queryables::of_records(), "filter").value());
  return request;
}

RecordRequest sorted(std::string const& sortby) {
  return {.sort = query::read_sortby(sortby, query::Queryables::of_records()).value(),
          .limit = 100};
}

RecordRequest saying(std::string const& phrase) {
  RecordRequest request{.limit = 100};
  request.criteria.filters.push_back(query::says_one_of({phrase}).value());
  return request;
}

Texts found(CatalogueUnderTest& catalogue, RecordRequest const& request) {
  auto view = catalogue.view();
  auto const answer = view.search_collections(request).value();
  Texts out;
  for (auto const& one : answer.collections) out.push_back(one.id);
  CHECK(answer.matched >= out.size());
  return out;
}

/// The ids of all pages, walked to the end and back to the beginning.
std::vector<Texts> pages(CatalogueUnderTest& catalogue, RecordRequest request,
                         std::size_t matched) {
  std::vector<Texts> forth;
  std::vector<Texts> back;
  auto const turn = [&](std::vector<Texts>& out) {
    auto view = catalogue.view();
    auto const answer = view.search_collections(request).value();
    CHECK(answer.matched == matched);
    auto& page = out.emplace_back();
    for (auto const& one : answer.collections) page.push_back(one.id);
    request.sort.clear(); // clients lose it: the token has it
    return answer;
  };
  for (;;) {
    auto const answer = turn(forth);
    CHECK(answer.previous.has_value() == (forth.size() > 1));
    if (!answer.next || forth.size() > 20) {
      request.token = answer.previous;
      break;
    }
    request.token = answer.next;
  }
  while (request.token && back.size() < 20) {
    auto const answer = turn(back);
    CHECK(answer.next);
    request.token = answer.previous;
  }
  back.insert(back.begin(), forth.back());
  std::ranges::reverse(back);
  CHECK(back == forth);
  return forth;
}

} // namespace

TEST_CASE("collections come by title as a dictionary has it, ties by what is newest") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("zone", "zone"), titled("ete", "Été"), titled("one", "same"),
                   titled("two", "same"), titled("eau", "eau"));
  CHECK(found(catalogue, {.limit = 100}) == Texts{"eau", "ete", "two", "one", "zone"});
  CHECK(found(catalogue, sorted("-title")) == Texts{"zone", "two", "one", "ete", "eau"});
  CHECK(pages(catalogue, {.limit = 2}, 5) ==
        std::vector<Texts>{{"eau", "ete"}, {"two", "one"}, {"zone"}});
  CHECK(pages(catalogue, {.limit = 5}, 5).size() == 1);
}

TEST_CASE("a page of collections goes on behind one that changed or went") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("a1", "a"), titled("b1", "b"), titled("c1", "c"));
  RecordRequest request{.limit = 2};
  auto const first = catalogue.view().search_collections(request).value();
  request.token = first.next;
  catalogue.submit("a", titled("b1", "renamed"), titled("aa", "aa"));
  auto const second = catalogue.view().search_collections(request).value();
  CHECK(second.matched == 4);
  REQUIRE(second.collections.size() == 2);
  CHECK(second.collections[0].id == "c1");
  CHECK(second.collections[1].id == "b1");
  request.token = second.previous; // what has come meanwhile lies before it
  auto const before = catalogue.view().search_collections(request).value();
  REQUIRE(before.collections.size() == 2);
  CHECK(before.collections[0].id == "a1");
  CHECK(before.collections[1].id == "aa");
  CHECK_FALSE(before.previous);
}

TEST_CASE("what has no value comes last in both directions") {
  FOR_EACH_STORE(catalogue);
  auto const created = [](std::string const& id, std::int64_t at) {
    return record(id,
                  [&](model::RecordParts& parts) { parts.created = model::Bound::at(day(at)); });
  };
  catalogue.submit("a", created("early", 1), titled("none", "a"), created("late", 9));
  CHECK(found(catalogue, sorted("created")) == Texts{"early", "late", "none"});
  CHECK(found(catalogue, sorted("-created")) == Texts{"late", "early", "none"});
  auto request = sorted("-created");
  request.limit = 1;
  CHECK(pages(catalogue, request, 3) == std::vector<Texts>{{"late"}, {"early"}, {"none"}});
}

TEST_CASE("filters look at what records say") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit(
      "a",
      record("rain",
             [](model::RecordParts& parts) {
               parts.title = model::LocalText("fr", "Pluie");
               parts.keyword_sets = {{.keywords = {{.label = model::LocalText("en", "rain"),
                                                    .uri = "https://v.example/rain"}}}};
               parts.identifiers = {{"doi", "10.1/rain"}};
               parts.contacts = {{.name = "Ada", .organisation = model::LocalText("Rain office")}};
               parts.licences = {{.spdx = "CC-BY-4.0", .text = {}, .url = {}}};
               parts.formats = {model::LocalText("NetCDF")};
               parts.access_constraints = {model::LocalText("fr", "Sur demande")};
               parts.resolutions = {{.value = 1.0 / 60, .unit = "degree"},
                                    {.value = 250'000, .unit = "scale"}};
               parts.topics = {"oceans"};
               parts.metadata_languages = {"fr", "en"};
               parts.resource_languages = {"en"};
               parts.variables = {model::LocalText("en", "rainfall")};
               parts.updated = model::Bound::at(day(3));
             }),
      titled("other", "Other"));
  for (auto const* const filter :
       {"title='Pluie'", "A_CONTAINS(keywords,('rain'))",
        "A_CONTAINS(themes,('https://v.example/rain'))", "A_OVERLAPS(externalIds,('10.1/rain'))",
        "A_CONTAINS(contacts,('Ada'))", "A_EQUALS(producers,('Rain office'))",
        "license='CC-BY-4.0'", "access='request'", "A_EQUALS(formats,('NetCDF'))", "language='fr'",
        "A_EQUALS(resolution,('1km-10km'))", "A_CONTAINS(resourceLanguages,('en'))",
        "A_CONTAINS(variables,('rainfall'))", "updated < TIMESTAMP('1970-01-05T00:00:00Z')",
        "NOT title='Other'", "id LIKE 'ra%'", "CASEI(title)=CASEI('PLUIE')"}) {
    INFO(filter);
    CHECK(found(catalogue, filtered(filter)) == Texts{"rain"});
  }
  CHECK(found(catalogue, filtered("type='dataset' AND description LIKE '%tests'")).size() == 2);
  CHECK(found(catalogue, filtered("license IS NULL")) == Texts{"other"});
  CHECK(found(catalogue, filtered("NOT license='MIT'")) == Texts{"rain"});
}

TEST_CASE("phrases stand in any text of any language, whole words in order") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", record("sea", [](model::RecordParts& parts) {
                     parts.title = model::LocalText("en", "Sea-ice cover");
                     parts.title.add("fr", "Étendue de la banquise");
                     parts.instruments = {model::LocalText("AMSR2")};
                   }));
  for (auto const* const phrase :
       {"sea ice", "ICE", "etendue", "de la banquise", "amsr2", "data set for tests"}) {
    INFO(phrase);
    CHECK(found(catalogue, saying(phrase)) == Texts{"sea"});
  }
  for (auto const* const phrase : {"ice sea", "banq", "cover étendue", "sea cover"}) {
    INFO(phrase);
    CHECK(found(catalogue, saying(phrase)).empty());
  }
}

TEST_CASE("of place and time of a collection its items speak besides what it states") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("silent", "Silent"), record("stated", [](model::RecordParts& parts) {
                     parts.spatial = {{.geometry = box(10, 10, 20, 20), .place = {}}};
                     parts.temporal = {
                         {.interval = model::Interval::instant(model::Bound::at(day(10)))}};
                   }));
  RecordRequest here{.limit = 100};
  here.criteria.bbox = model::Bbox3{model::Bbox::restored(0, 0, 5, 5), {}};
  RecordRequest now{.limit = 100};
  now.criteria.datetime = model::Interval::instant(model::Bound::at(day(1)));
  CHECK(found(catalogue, here).empty());
  CHECK(found(catalogue, now).empty());
  here.silence = now.silence = query::Silence::is_found;
  CHECK(found(catalogue, here) == Texts{"silent"});
  CHECK(found(catalogue, now) == Texts{"silent"});

  catalogue.submit("a",
                   item("silent", {.id = "i",
                                   .properties = R"("platform":"sat-a")",
                                   .footprint = box(1, 1, 2, 2),
                                   .datetime = day(1)}),
                   item("stated", {.id = "j", .footprint = box(1, 1, 2, 2), .datetime = day(1)}));
  here.silence = now.silence = query::Silence::is_left_out;
  CHECK(found(catalogue, here) == Texts{"silent", "stated"});
  CHECK(found(catalogue, now) == Texts{"silent", "stated"});
  here.criteria.bbox = model::Bbox3{model::Bbox::restored(12, 12, 13, 13), {}};
  CHECK(found(catalogue, here) == Texts{"stated"});
  here.criteria.bbox = model::Bbox3{model::Bbox::restored(5, 5, 6, 6), {}}; // between the two
  CHECK(found(catalogue, here) == Texts{"stated"});
  here.criteria.bbox = model::Bbox3{model::Bbox::restored(21, 21, 22, 22), {}};
  CHECK(found(catalogue, here).empty());
  now.criteria.datetime = model::Interval::instant(model::Bound::at(day(11)));
  CHECK(found(catalogue, now).empty());
  CHECK(found(catalogue, sorted("start_datetime")) == Texts{"stated", "silent"});
  CHECK(found(catalogue, filtered("A_CONTAINS(platform,('sat-a'))")) == Texts{"silent"});
  catalogue.submit(
      "a", item("stated", {.id = "k", .properties = R"("platform":"sat-b")", .datetime = day(2)}));
  CHECK(found(catalogue, filtered("A_CONTAINS(platform,('sat-b'))")) == Texts{"stated"});
}

TEST_CASE("what a data manager corrected is found as it is answered") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("one", "Wrong"));
  CHECK(found(catalogue, filtered("title='Wrong'")) == Texts{"one"});
  catalogue.catalogue()
      .submit(Edit{
          .source = "a",
          .native_id = "one",
          .dropped = {},
          .made =
              {{.key = {.source = "a", .native_id = "one", .field = "description", .language = {}},
                .value = "Put right",
                .author = "alice",
                .at = day(1),
                .reason = {}}}})
      .get();
  CHECK(found(catalogue, filtered("description='Put right'")) == Texts{"one"});
  CHECK(found(catalogue, saying("put right")) == Texts{"one"});
  catalogue.submit("a", titled("one", "Right"));
  CHECK(found(catalogue, filtered("title='Right'")) == Texts{"one"});
  CHECK(found(catalogue, filtered("title='Wrong'")).empty());
}

TEST_CASE("a token of collections belongs to its search, scope and epoch") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("a1", "a"), titled("b1", "b"),
                   item("a1", {.id = "i", .datetime = day(1)}),
                   item("a1", {.id = "j", .datetime = day(2)}));
  RecordRequest request{.limit = 1};
  auto const token = catalogue.view().search_collections(request).value().next;
  REQUIRE(token);
  auto const kind = [](View& view, RecordRequest const& asked) {
    return view.search_collections(asked).error().kind;
  };
  auto view = catalogue.view();
  auto other = filtered("title='a'");
  other.token = token;
  CHECK(kind(view, other) == ProblemKind::token_mismatch);
  request.token = token;
  auto const scope = Scope::of_sources({"a"});
  auto scoped = catalogue.view(scope);
  CHECK(kind(scoped, request) == ProblemKind::token_mismatch);
  ItemRequest items{.limit = 1};
  request.token = catalogue.view().items(items)->next;
  REQUIRE(request.token);
  CHECK(kind(view, request) == ProblemKind::token_mismatch);
  request.token = "nonsense";
  CHECK(kind(view, request) == ProblemKind::invalid_parameter);
  request.token = token;
  static_cast<void>(catalogue.catalogue().mend([](double) {}).get());
  auto later = catalogue.view();
  CHECK(kind(later, request) == ProblemKind::token_expired);
  CHECK(found(catalogue, filtered("title='a'")) == Texts{"a1"}); // as known in the new epoch
}

TEST_CASE("a list of members is searched under the ids that it shows") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("a1", "a"), titled("b1", "b"));
  auto const scope = Scope::of_members({{.collection = "b1", .shown_as = "mine"}});
  auto view = catalogue.view(scope);
  auto const answer = view.search_collections(filtered("id='mine'")).value();
  REQUIRE(answer.collections.size() == 1);
  CHECK(answer.collections[0].entry->title == "b");
  CHECK(view.search_collections(filtered("id='b1'")).value().matched == 0);
}

// ---- Records of any type

namespace {

Texts records_of(View& view, RecordRequest const& request) {
  Texts out;
  for (auto const& one : view.search_records(request).value().records) out.push_back(one.id);
  return out;
}

std::string text_of(View& view, std::string const& id) {
  std::string out;
  view.append(view.record(id).value(), "", out);
  return out;
}

void edit(CatalogueUnderTest& catalogue, std::string const& native_id, std::string const& field,
          std::string const& value) {
  catalogue.catalogue()
      .submit(Edit{
          .source = "a",
          .native_id = native_id,
          .dropped = {},
          .made = {{.key = {.source = "a", .native_id = native_id, .field = field, .language = {}},
                    .value = value,
                    .author = "alice",
                    .at = day(1),
                    .reason = {}}}})
      .get();
}

} // namespace

TEST_CASE("records of every type are found, in the scope and by title") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("rain", "Rain"), test::record("a", "map", "A map", "service"));
  catalogue.submit("b", test::record("b", "code", "Code", "software"));
  auto view = catalogue.view();
  CHECK(records_of(view, {.limit = 10}) == Texts{"map", "code", "rain"});
  CHECK(records_of(view, filtered("type IN ('service','software')")) == Texts{"map", "code"});
  CHECK(view.search_records({.limit = 1}).value().matched == 3);
  CHECK(records_of(view, {.limit = 1, .offset = 1}) == Texts{"code"});
  CHECK(records_of(view, {.limit = 10, .offset = 3}).empty());
  auto const scope = Scope::of_sources({"b"});
  auto scoped = catalogue.view(scope);
  CHECK(records_of(scoped, {.limit = 10}) == Texts{"code"});
  CHECK(scoped.record("code"));
  CHECK_FALSE(scoped.record("map"));
  auto const nothing = Scope::of_sources({});
  auto none = catalogue.view(nothing);
  CHECK(records_of(none, {.limit = 10}).empty());
  auto const mine = Scope::of_members({{.collection = "rain", .shown_as = "mine"}});
  auto basket = catalogue.view(mine);
  CHECK(records_of(basket, {.limit = 10}) == Texts{"mine"});
  CHECK(basket.record("mine"));
  CHECK_FALSE(basket.record("map"));
}

TEST_CASE("a record is known by what others call it, if that is one record") {
  FOR_EACH_STORE(catalogue);
  auto const doi = [](std::string const& id, std::string const& value) {
    return record(id, [&](model::RecordParts& parts) { parts.identifiers = {{"doi", value}}; });
  };
  catalogue.submit("a", doi("one", "10.1/one"), doi("two", "10.1/same"), doi("three", "10.1/same"));
  auto view = catalogue.view();
  REQUIRE(view.record_by_identifier("10.1/one"));
  CHECK(view.record_by_identifier("10.1/one")->id == "one");
  CHECK_FALSE(view.record_by_identifier("10.1/same"));
  CHECK_FALSE(view.record_by_identifier("10.1/none"));
}

TEST_CASE("identifiers are asked for by value, by scheme, or by both") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", record("one", [](model::RecordParts& parts) {
                     parts.identifiers = {{"doi", "10.1/one"}, {"", "plain"}};
                   }));
  auto view = catalogue.view();
  auto const asked = [&](std::string const& value) {
    RecordRequest request{.limit = 10};
    request.criteria.filters.push_back(
        {query::ListCompare{{.name = std::string(asked_identifiers), .type = query::Type::list},
                            query::ListComparison::overlaps,
                            {value}}});
    return records_of(view, request).size();
  };
  for (auto const* const value : {"10.1/one", "doi:10.1/one", "doi", "doi:", "plain"}) {
    INFO(value);
    CHECK(asked(value) == 1);
  }
  for (auto const* const value : {"10.1/two", "ark:10.1/one", ":plain", ""}) {
    INFO(value);
    CHECK(asked(value) == 0);
  }
}

TEST_CASE("a record is answered as it was corrected, of whatever type") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", test::record("a", "map", "A map", "service"));
  auto const before = catalogue.view().record("map")->last_change();
  edit(catalogue, "map", "description", "Put right");
  auto view = catalogue.view();
  CHECK(view.record("map")->last_change() > before);
  CHECK(view.last_record_change() > before);
  CHECK(text_of(view, "map").find("Put right") != std::string::npos);
  CHECK(records_of(view, saying("put right")) == Texts{"map"});
}

TEST_CASE("where a record is silent on place and time its items speak, and it is marked") {
  FOR_EACH_STORE(catalogue);
  catalogue.submit("a", titled("silent", "Silent"));
  {
    auto view = catalogue.view();
    auto const text = text_of(view, "silent");
    CHECK(text.find(R"("geometry":null)") != std::string::npos);
    CHECK(text.find("inferred") == std::string::npos);
  }
  catalogue.submit("a",
                   item("silent", {.id = "i", .footprint = box(1, 1, 2, 2), .datetime = day(1)}));
  auto view = catalogue.view();
  auto const text = text_of(view, "silent");
  CHECK(text.find(R"("type":"Polygon")") != std::string::npos);
  CHECK(text.find(R"("timestamp":"1970-01-02T00:00:00Z")") != std::string::npos);
  CHECK(text.find(R"({"member":"geometry")") != std::string::npos);
  CHECK(text.find(R"({"member":"time")") != std::string::npos);
}
