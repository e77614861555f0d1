#include "run/same_addresses.hpp"

#include "run/reading.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"

/// Sources that moved, or that several hosts serve.
using namespace terracat;
using namespace terracat::test;

namespace {

Source moved_source() {
  Source source;
  source.name = "moved";
  source.kind = "sitemap";
  source.same_addresses = {"http://old.example/", "https://new.example/data/"};
  return source;
}

/// Brings one page.
class OnePage : public kinds::Harvester {
 public:
  explicit OnePage(kinds::Page page) : page_(std::move(page)) {}

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token) override {
    return std::exchange(page_, std::nullopt);
  }

  [[nodiscard]] bool complete() const noexcept override { return !page_; }

 private:
  std::optional<kinds::Page> page_;
};

kinds::RawDocument dublin_core(std::string const& identifier) {
  return {.native_id = {},
          .format = {},
          .bytes = R"(<dc xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>T</d:title>)"
                   "<d:identifier>" +
                   identifier + "</d:identifier></dc>",
          .address = {},
          .collection = {}};
}

kinds::RawDocument stac_item(std::string const& id, std::string const& collection) {
  return {.native_id = {},
          .format = {},
          .bytes = R"({"type":"Feature","stac_version":"1.1.0","id":")" + id +
                   R"(","collection":")" + collection + R"(","geometry":null,"properties":)" +
                   R"({"datetime":"2024-05-01T00:00:00Z"},"links":[],"assets":{}})",
          .address = {},
          .collection = {}};
}

} // namespace

TEST_CASE("an identifier is kept with the first of the addresses that are the same") {
  auto const source = moved_source();
  CHECK(run::kept_id(source, "https://new.example/data/a?b=1") == "http://old.example/a?b=1");
  CHECK(run::kept_id(source, "https://new.example/data/") == "http://old.example/");
  for (auto const* const other : {"http://old.example/a", "https://new.example/a", "a", "",
                                  "https://new.example.org/data/a"}) {
    CHECK(run::kept_id(source, other) == other);
  }
  Source nested;
  nested.same_addresses = {"https://x/", "https://x/old/"};
  CHECK(run::kept_id(nested, "https://x/old/a") == "https://x/a"); // the longest one
  CHECK(run::kept_id(nested, "https://x/a") == "https://x/a");
  CHECK(run::kept_id({}, "https://new.example/data/a") == "https://new.example/data/a");
}

TEST_CASE("whatever a source says of a document, it is called as it is kept") {
  auto const source = moved_source();
  auto const now = std::string("https://new.example/data/");
  auto const kept = std::string("http://old.example/");
  kinds::Page page;
  page.documents.push_back(
      {.native_id = now + "i", .format = {}, .bytes = {}, .address = now, .collection = now + "c"});
  page.failures.push_back({.native_id = now + "f", .finding = {}});
  page.gone.push_back({.native_id = now + "g", .collection = {}});
  run::CalledAsKept called(std::make_unique<OnePage>(std::move(page)), source);
  auto const told = called.next({});
  REQUIRE(told);
  CHECK(told->documents.at(0).native_id == kept + "i");
  CHECK(told->documents.at(0).collection == kept + "c");
  CHECK(told->documents.at(0).address == now); // where it is
  CHECK(told->failures.at(0).native_id == kept + "f");
  CHECK(told->gone.at(0).native_id == kept + "g");
  CHECK_FALSE(called.next({}));
  CHECK(called.complete());
}

TEST_CASE("records of a source that moved stay the same") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  CatalogueUnderTest catalogue(under_test, {.sources = {{.name = "moved"}}});
  auto const session = catalogue.catalogue().session();
  auto const harvested = [&](Source const& source, kinds::RawDocument raw) {
    run::DocumentReader documents(source, run::Against::nothing, session->reader());
    documents.begin();
    auto read = documents.read(std::move(raw));
    documents.end();
    return std::visit([&](auto&& one) { return catalogue.submit("moved", std::move(one)).counts; },
                      std::move(read));
  };
  auto before = moved_source();
  before.same_addresses.clear();
  CHECK(harvested(before, dublin_core("http://old.example/c")).created == 1);
  CHECK(harvested(before, stac_item("http://old.example/i", "http://old.example/c")).created == 1);
  auto const after = moved_source();
  CHECK(harvested(after, dublin_core("https://new.example/data/c")).created == 0);
  CHECK(harvested(after, stac_item("https://new.example/data/i", "https://new.example/data/c"))
            .updated == 1); // its document is another one
  CHECK(catalogue.items(catalogue::Scope::everything()).size() == 1);
  CHECK(catalogue.view().reader().holdings("moved").records == 1);
}
