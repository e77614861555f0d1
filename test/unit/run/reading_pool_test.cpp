#include "run/reading_pool.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"

/// Documents that several threads read.
using namespace terracat;
using namespace terracat::test;

namespace {

kinds::RawDocument item(int number, std::string const& collection = "sst") {
  auto const id = "i" + std::to_string(number);
  return {.native_id = {},
          .format = {},
          .bytes = R"({"type":"Feature","stac_version":"1.1.0","id":")" + id +
                   R"(","collection":")" + collection + R"(","geometry":null,"properties":)" +
                   R"({"datetime":"2024-05-01T00:00:00Z"},"links":[],"assets":{}})",
          .address = "file:items.ndjson",
          .collection = {}};
}

kinds::RawDocument broken() {
  return {.native_id = {}, .format = {}, .bytes = "{", .address = {}, .collection = {}};
}

Source push_source() {
  return {.name = "push", .title = "push", .kind = "push", .address = {}};
}

/// "i0", "i1", … of items; "refused" of what could not be read.
std::string name_of(run::DocumentReader::Read const& read) {
  auto const* const put = std::get_if<catalogue::ItemPut>(&read);
  return put == nullptr ? "refused" : put->item->native_id;
}

/// All of one page.
run::PageReading::Piece taken(run::PageReading reading) {
  run::PageReading::Piece out;
  while (auto piece = reading.next()) {
    for (auto& read : *piece) out.push_back(std::move(read));
  }
  return out;
}

} // namespace

TEST_CASE("documents come out in the order in which they went in, page by page") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  CatalogueUnderTest catalogue(under_test);
  auto const source = push_source();
  run::ReadingPool pool(catalogue.catalogue(), source, run::Against::nothing, nullptr);
  std::vector<std::string> expected;
  std::vector<run::PageReading> readings;
  for (int page = 0; page < 3; ++page) {
    std::vector<kinds::RawDocument> documents;
    for (int i = 0; i < 301; ++i) {
      auto const number = page * 1'000 + i;
      bool const is_broken = i % 100 == 7;
      documents.push_back(is_broken ? broken() : item(number));
      expected.push_back(is_broken ? "refused" : "i" + std::to_string(number));
    }
    readings.push_back(pool.read(std::move(documents), model::Instant(page)));
  }
  std::vector<std::string> got;
  for (auto& reading : readings) {
    for (auto const& read : taken(std::move(reading))) got.push_back(name_of(read));
  }
  CHECK(got == expected);
}

TEST_CASE("a page without documents becomes nothing") {
  CatalogueUnderTest catalogue(stores().front());
  auto const source = push_source();
  run::ReadingPool pool(catalogue.catalogue(), source, run::Against::nothing, nullptr);
  CHECK(taken(pool.read({}, model::Instant(0))).empty());
}

TEST_CASE("a pool that ends gives up what nobody has begun to read") {
  CatalogueUnderTest catalogue(stores().front());
  auto const source = push_source();
  constexpr int count = 5'000;
  std::optional<run::PageReading> reading;
  {
    run::ReadingPool pool(catalogue.catalogue(), source, run::Against::nothing, nullptr);
    std::vector<kinds::RawDocument> documents;
    documents.reserve(count);
    for (int i = 0; i < count; ++i) documents.push_back(item(i));
    reading.emplace(pool.read(std::move(documents), model::Instant(0)));
  }
  int read = 0;
  bool is_given_up = false;
  try {
    while (auto const piece = reading->next()) {
      for (auto const& one : *piece) CHECK(name_of(one) == "i" + std::to_string(read++));
    }
  } catch (std::future_error const&) {
    is_given_up = true;
  }
  CHECK(is_given_up == (read < count));
}

TEST_CASE("bodies are made ready as soon as the writer knows their collection") {
  auto const under_test = stores().back();
  CatalogueUnderTest catalogue(under_test, {.sources = {{.name = "push"}}});
  auto const source = push_source();
  run::ReadingPool pool(catalogue.catalogue(), source, run::Against::nothing, nullptr);
  auto const read_one = [&](int number) {
    std::vector<kinds::RawDocument> documents;
    documents.push_back(item(number));
    auto piece = taken(pool.read(std::move(documents), model::Instant(0)));
    return std::get<catalogue::ItemPut>(std::move(piece.front()));
  };
  auto unknown = read_one(1);
  CHECK(unknown.prepared.bytes.empty());
  catalogue.submit("push", record("push", "sst"), std::move(unknown));
  auto known = read_one(2);
  CHECK_FALSE(known.prepared.bytes.empty());
  CHECK(catalogue.submit("push", std::move(known)).counts.created == 1);
  CHECK(catalogue.items(catalogue::Scope::everything()).size() == 2);
}

TEST_CASE("records are made ready as they will be kept, and ids are only listed") {
  auto const under_test = stores().back();
  CatalogueUnderTest catalogue(under_test,
                               {.sources = {{.name = "push"}}, .languages = {"fr", "en"}});
  auto const source = push_source();
  auto const read_one = [&](run::Against against) {
    run::ReadingPool pool(catalogue.catalogue(), source, against, nullptr);
    std::vector<kinds::RawDocument> documents{
        {.native_id = {},
         .bytes = R"(<dc xmlns:d="http://purl.org/dc/elements/1.1/">)"
                  R"(<d:title>T</d:title><d:identifier>a</d:identifier></dc>)"}};
    auto piece = taken(pool.read(std::move(documents), model::Instant(0)));
    return std::move(piece.front());
  };
  CHECK(std::holds_alternative<catalogue::Listed>(read_one(run::Against::ids)));
  auto put = std::get<catalogue::RecordPut>(read_one(run::Against::nothing));
  REQUIRE(put.prepared);
  CHECK(put.prepared->languages == std::vector<std::string>{"fr", "en"});
  CHECK(put.prepared->write.title == "T");
  CHECK(put.prepared->write.prepared.has_value());
  CHECK_FALSE(put.document.prepared.empty());
  CHECK(catalogue.submit("push", std::move(put)).counts.created == 1);
}
