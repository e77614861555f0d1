#include "kinds/dcat/dcat.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/harvest.hpp"
#include "support/rdf_parser.hpp"

#include <algorithm>
#include <functional>

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;

namespace {

/// A catalogue in Turtle at https://data.example/catalog, whose traps are members.
struct FakeCatalogue {
  explicit FakeCatalogue(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) names.push_back("d" + std::to_string(i));
  }

  std::vector<std::string> names; ///< those that begin with s are services
  std::size_t size = 2;           ///< of a page
  bool is_old = false;            ///< names its pages as Hydra did in 2013
  bool lists = true;              ///< the data sets of each page are named by the catalogue
  std::function<std::string(std::size_t page)> total; ///< empty: not said
  std::function<std::string(std::size_t page)> next;  ///< an address instead of the right one
  std::function<std::optional<std::string>(std::size_t)> body; ///< instead of a page
  std::string more;                                            ///< on each page

  static constexpr auto address = "https://data.example/catalog";

  [[nodiscard]] static std::string described(std::string const& name) {
    auto const* const type = name.starts_with('s') ? "dcat:DataService" : "dcat:Dataset";
    return "<https://data.example/" + name + "> a " + type + " ; dct:title \"Title of " + name +
           "\" ; dct:description \"About it\" .\n";
  }

  [[nodiscard]] std::string page(std::size_t number) const {
    auto const from = std::min((number - 1) * size, names.size());
    auto const behind = std::min(from + size, names.size());
    std::string out = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
                      "@prefix dct: <http://purl.org/dc/terms/> .\n"
                      "@prefix h: <http://www.w3.org/ns/hydra/core#> .\n"
                      "<https://data.example/> a dcat:Catalog ; dct:title \"All\" .\n";
    for (auto i = from; i < behind; ++i) {
      out += described(names[i]);
      if (!lists || names[i].starts_with('s')) continue;
      out += "<https://data.example/> dcat:dataset <https://data.example/" + names[i] + "> .\n";
    }
    auto const count = total ? total(number) : std::to_string(names.size());
    if (!count.empty()) out += "<> h:totalItems " + count + " .\n";
    std::string following = behind < names.size() ? "?page=" + std::to_string(number + 1) : "";
    if (next) following = next(number);
    if (!following.empty() && is_old) out += "<> h:nextPage \"" + following + "\" .\n";
    if (!following.empty() && !is_old) out += "<> h:view [ h:next <" + following + "> ] .\n";
    return out + more;
  }

  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      auto const at = request.url.find("page=");
      auto const number = at == std::string::npos ? 1 : std::stoul(request.url.substr(at + 5));
      auto const instead = body ? body(number) : std::nullopt;
      return fetch::Response{
          .status = 200, .body = instead ? *instead : page(number), .url = request.url};
    });
  }
};

Source source_at(std::string address = FakeCatalogue::address, std::string options = "{}") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

RdfHere& parser() {
  static RdfHere rdf;
  return rdf;
}

Harvest run_over(FakeCatalogue const& catalogue, std::string options = "{}",
                 kinds::What what = kinds::What::documents) {
  auto fetcher = catalogue.fetcher();
  return harvest(*kinds::dcat::start(source_at(FakeCatalogue::address, std::move(options)),
                                     {fetcher, &parser()}, {}, what));
}

Strings ids_to(std::size_t count) {
  Strings out;
  for (auto const& name : FakeCatalogue(count).names) {
    out.push_back("https://data.example/" + name);
  }
  return out;
}

} // namespace

TEST_CASE("DCAT: a catalogue is harvested page by page, each data set for itself") {
  FakeCatalogue catalogue(5);
  catalogue.is_old = GENERATE(false, true);
  auto fetcher = catalogue.fetcher();
  auto const harvester = kinds::dcat::start(source_at(), {fetcher, &parser()}, {});
  auto const all = harvest(*harvester);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{"https://data.example/catalog",
                                  "https://data.example/catalog?page=2",
                                  "https://data.example/catalog?page=3"});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  CHECK_FALSE(harvester->next({}));
}

TEST_CASE("DCAT: what a data set is told by stays the same on whatever page it stands") {
  FakeCatalogue catalogue(5);
  auto const first = run_over(catalogue);
  catalogue.size = 3;
  catalogue.more = "<https://data.example/> dct:modified \"2024-05-01\" .\n";
  auto const second = run_over(catalogue);
  CHECK(first.bodies() == second.bodies());
  CHECK_THAT(first.documents.at(0).bytes, Catch::Contains("\"Title of d1\"") &&
                                              !Catch::Contains("totalItems") &&
                                              !Catch::Contains("d2"));
  CHECK(first.documents.at(0).format == "dcat");
  CHECK(first.documents.at(2).address == "https://data.example/catalog?page=2");
}

TEST_CASE("DCAT: a catalogue on one page is complete, in each syntax") {
  auto const body = GENERATE(
      as<std::string>(),
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#")"
      R"( xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">)"
      R"(<dcat:Dataset rdf:about="https://data.example/d1"><dct:title>A</dct:title></dcat:Dataset>)"
      "</rdf:RDF>",
      R"(<https://data.example/d1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> )"
      R"(<http://www.w3.org/ns/dcat#Dataset> .
<https://data.example/d1> <http://purl.org/dc/terms/title> "A" .
)",
      R"([{"@id":"https://data.example/d1","@type":["http://www.w3.org/ns/dcat#Dataset"],)"
      R"("http://purl.org/dc/terms/title":[{"@value":"A"}]}])");
  FakeCatalogue catalogue(0);
  catalogue.body = [&](std::size_t) { return body; };
  auto const all = run_over(catalogue);
  CHECK(all.ids() == ids_to(1));
  CHECK(all.complete);
}

TEST_CASE("DCAT: pages in JSON-LD are followed as well") {
  auto const page = [](std::string const& name, std::string const& next) {
    return R"([{"@id":"https://data.example/)" + name +
           R"(","@type":["http://www.w3.org/ns/dcat#Dataset"],)"
           R"("http://purl.org/dc/terms/title":[{"@value":"A"}]},)"
           R"({"@id":"https://data.example/catalog",)"
           R"("@type":["http://www.w3.org/ns/hydra/core#PagedCollection"],)" +
           (next.empty()
                ? ""
                : R"("http://www.w3.org/ns/hydra/core#nextPage":[{"@value":")" + next + R"("}],)") +
           R"("http://www.w3.org/ns/hydra/core#totalItems":[{"@value":2}]}])";
  };
  CannedFetcher fetcher(std::map<std::string, std::string>{
      {FakeCatalogue::address, page("d1", "https://data.example/catalog?page=2")},
      {"https://data.example/catalog?page=2", page("d2", "")}});
  auto const all = harvest(*kinds::dcat::start(source_at(), {fetcher, &parser()}, {}));
  CHECK(all.ids() == ids_to(2));
  CHECK(all.complete);
}

TEST_CASE("DCAT: the media type that is configured is asked for") {
  FakeCatalogue catalogue(1);
  auto fetcher = catalogue.fetcher();
  static_cast<void>(harvest(
      *kinds::dcat::start(source_at(FakeCatalogue::address, R"({"media_type":"text/turtle"})"),
                          {fetcher, &parser()}, {})));
  CHECK(fetcher.requests.at(0).accept == "text/turtle");
}

TEST_CASE("DCAT: services count or do not count, as the catalogue has it") {
  FakeCatalogue catalogue(3);
  catalogue.names.push_back("s1");
  auto const said = GENERATE(as<std::string>(), "3", "4");
  catalogue.total = [&](std::size_t) { return said; };
  auto const all = run_over(catalogue);
  CHECK(all.documents.size() == 4);
  CHECK(all.complete);
}

// ---- Lists that do not hold what they say

TEST_CASE("DCAT: a catalogue that is shorter than it says is not complete") {
  FakeCatalogue catalogue(5);
  catalogue.total = [](std::size_t) { return "9"; };
  auto const all = run_over(catalogue);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK(all.failures.front().finding.excerpt == "5 of 9 described");
  CHECK_FALSE(all.complete);
}

TEST_CASE("DCAT: a number that the catalogue disproves, or that is none, is none") {
  FakeCatalogue catalogue(5);
  auto const said = GENERATE(as<std::string>(), "2", "\"many\"", "-1", "");
  CAPTURE(said);
  catalogue.total = [&](std::size_t) { return said; };
  auto const all = run_over(catalogue);
  CHECK(all.ids() == ids_to(5));
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("DCAT: a number that changes during the run spoils the proof") {
  FakeCatalogue catalogue(5);
  catalogue.total = [](std::size_t page) { return page == 1 ? "6" : "5"; };
  auto const all = run_over(catalogue);
  CHECK(all.codes() == Strings{"count-changed"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("DCAT: data sets that the catalogue only names are missed") {
  FakeCatalogue catalogue(3);
  catalogue.total = [](std::size_t) { return ""; };
  catalogue.more = "<https://data.example/> dcat:dataset <https://data.example/d9> .\n";
  auto const all = run_over(catalogue);
  CHECK(all.ids() == ids_to(3));
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK(all.failures.front().finding.excerpt == "3 described, 1 only named");
  CHECK_FALSE(all.complete);
}

TEST_CASE("DCAT: an empty catalogue may be a failure, unless it says that it is empty") {
  FakeCatalogue catalogue(0);
  CHECK(run_over(catalogue).complete);
  catalogue.total = [](std::size_t) { return ""; };
  auto const all = run_over(catalogue);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("DCAT: a data set that comes twice is handed out once") {
  FakeCatalogue catalogue(5);
  catalogue.names[3] = "d2";
  auto const all = run_over(catalogue);
  CHECK(all.documents.size() == 4);
  CHECK(all.codes() == Strings{"record-repeated", "list-cut-short"});
  CHECK_FALSE(all.complete);
  catalogue.total = [](std::size_t) { return ""; };
  CHECK_FALSE(run_over(catalogue).complete);
  catalogue.total = [](std::size_t) { return "4"; };
  CHECK(run_over(catalogue).complete);
}

// ---- Pages that lead nowhere

TEST_CASE("DCAT: pages that lead in circles end the run") {
  FakeCatalogue catalogue(5);
  SECTION("to itself") {
    catalogue.next = [](std::size_t page) { return "?page=" + std::to_string(page); };
    CHECK(run_over(catalogue).documents.size() == 2); // the first one has another address
  }
  SECTION("back to the first") {
    catalogue.next = [](std::size_t) { return std::string(FakeCatalogue::address); };
    CHECK(run_over(catalogue).documents.size() == 2);
  }
  SECTION("on and on, with nothing new") {
    catalogue.next = [](std::size_t page) { return "?page=" + std::to_string(page + 1); };
    CHECK(run_over(catalogue).documents.size() == 5);
  }
  auto const all = run_over(catalogue);
  CHECK(all.codes().back() == "list-in-circles");
  CHECK_FALSE(all.complete);
}

TEST_CASE("DCAT: a catalogue has no more pages than it may have") {
  FakeCatalogue catalogue(9);
  auto const all = run_over(catalogue, R"({"max_pages":2})");
  CHECK(all.documents.size() == 4);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("DCAT: a next page that is no address of the web is none") {
  FakeCatalogue catalogue(2);
  catalogue.next = [](std::size_t) { return std::string("file:///etc/passwd"); };
  auto const all = run_over(catalogue);
  CHECK(all.ids() == ids_to(2));
  CHECK(all.complete);
}

TEST_CASE("DCAT: what is no RDF ends the run with a sentence") {
  FakeCatalogue catalogue(5);
  auto const [body, sentence] = GENERATE(table<std::string, std::string>(
      {{"<!DOCTYPE html><html><body>Sign in</body></html>",
        "the answer is no RDF but an HTML page"},
       {"@prefix a: <b", "the answer cannot be read: "},
       {"{\"a\":", "the answer cannot be read: "},
       {"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Desc",
        "the answer cannot be read: "}}));
  CAPTURE(body);
  catalogue.body = [&body = body](std::size_t page) {
    return page == 2 ? std::optional(body) : std::nullopt;
  };
  auto fetcher = catalogue.fetcher();
  auto const harvester = kinds::dcat::start(source_at(), {fetcher, &parser()}, {});
  CHECK(harvester->next({})->documents.size() == 2);
  CHECK_THROWS_WITH(harvester->next({}), Catch::StartsWith(sentence));
  CHECK_FALSE(harvester->complete());
}

TEST_CASE("DCAT: without a parser for RDF there is no such harvest") {
  FakeCatalogue catalogue(1);
  auto fetcher = catalogue.fetcher();
  CHECK_THROWS_AS(kinds::dcat::start(source_at(), fetcher, {}), ProtocolError);
}

// ---- Names

TEST_CASE("DCAT: data sets without an address are known by their identifiers") {
  FakeCatalogue catalogue(0);
  catalogue.total = [](std::size_t) { return ""; };
  catalogue.more = "[] a dcat:Dataset ; dct:title \"A\" ; dct:identifier \"urn:a\" .\n"
                   "[] a dcat:Dataset ; dct:title \"B\" ; dct:identifier \"urn:b\" .\n"
                   "[] a dcat:Dataset ; dct:title \"C\" ; dct:description \"D\" .\n";
  auto const all = run_over(catalogue);
  CHECK(all.ids() == Strings{"urn:a", "urn:b", ""});
  CHECK(all.complete); // the reader says of the third that it has no name
}

TEST_CASE("DCAT: no document has the password of its source in its address") {
  FakeCatalogue catalogue(1);
  auto fetcher = catalogue.fetcher();
  auto const all = harvest(*kinds::dcat::start(
      source_at("https://jane:secret@data.example/catalog"), {fetcher, &parser()}, {}));
  CHECK(all.documents.at(0).address == "https://data.example/catalog");
}

TEST_CASE("DCAT: for ids alone no bytes are handed out") {
  auto const all = run_over(FakeCatalogue(3), "{}", kinds::What::ids);
  CHECK(all.ids() == ids_to(3));
  CHECK(std::ranges::all_of(all.bodies(), [](auto const& bytes) { return bytes.empty(); }));
  CHECK(all.complete);
}

// ---- Runs that are killed

TEST_CASE("DCAT: a run that is killed goes on and comes to the same") {
  FakeCatalogue catalogue(7);
  for (std::size_t k = 1; k <= 4; ++k) {
    CAPTURE(k);
    auto fetcher = catalogue.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::dcat::start(source_at(), {fetcher, &parser()}, checkpoint);
        },
        k);
    CHECK(all.ids() == ids_to(7));
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
}

TEST_CASE("DCAT: pages that are gone when a run goes on are begun again, without repetition") {
  FakeCatalogue catalogue(7);
  auto fetcher = catalogue.fetcher();
  auto const part = harvest(*kinds::dcat::start(source_at(), {fetcher, &parser()}, {}), 2);
  bool is_gone = true;
  CannedFetcher other([&](fetch::Request const& request) {
    if (is_gone && request.url.ends_with("page=3")) throw CannedFetcher::status(404);
    is_gone = false;
    auto inner = catalogue.fetcher();
    return inner.fetch(request, {});
  });
  auto const rest =
      harvest(*kinds::dcat::start(source_at(), {other, &parser()}, part.checkpoints.back()));
  CHECK(rest.ids() ==
        Strings{"https://data.example/d5", "https://data.example/d6", "https://data.example/d7"});
  CHECK(rest.failures.empty());
  CHECK(rest.complete);
}

TEST_CASE("DCAT: a checkpoint of another catalogue is of no use") {
  FakeCatalogue catalogue(7);
  auto fetcher = catalogue.fetcher();
  auto const part = harvest(*kinds::dcat::start(source_at(), {fetcher, &parser()}, {}), 1);
  CHECK_THROWS_AS(kinds::dcat::start(source_at("https://other.example/"), {fetcher, &parser()},
                                     part.checkpoints.front()),
                  kinds::StaleCheckpoint);
}

// ---- The real world

TEST_CASE("DCAT: the pages of a real catalogue are followed to their end") {
  auto const folder = corpus();
  if (!folder) return;
  auto const page = [&](std::string const& name) {
    return read_file(*folder / "opendatateam+udata/udata/harvest/tests/dcat" / name);
  };
  CannedFetcher fetcher(std::map<std::string, std::string>{
      {"http://data.test.org/catalog.jsonld", page("paged-collection-1.jsonld")},
      {"http://data.test.org/catalog.jsonld?page=2", page("paged-collection-2.jsonld")}});
  auto const all = harvest(*kinds::dcat::start(source_at("http://data.test.org/catalog.jsonld"),
                                               {fetcher, &parser()}, {}));
  CHECK(all.documents.size() == 4);
  CHECK(all.complete);
}
