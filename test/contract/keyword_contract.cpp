// What operators decided of keywords: kept apart from records. Each case runs over all stores.

#include "bench.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test;
using store::KeywordDecision;

namespace {

KeywordDecision decision(std::string const& keyword, std::string const& uri) {
  return {.keyword = keyword,
          .label = "As Written: " + keyword,
          .concept_uri = uri,
          .author = "alice",
          .at = day(3)};
}

template<class Body>
void transact(Bench& bench, Body const& body) {
  bench.writer().begin();
  body(bench.writer());
  bench.writer().commit();
}

} // namespace

TEST_CASE("decisions of keywords are kept whole, one of each keyword, in order") {
  FOR_EACH_STORE(bench);
  auto const before = bench.reader().begin();
  CHECK(bench.reader().keyword_decisions().empty());
  transact(bench, [](store::Writer& writer) {
    writer.put_keyword_decision(decision("sst", "http://example.org/sst"));
    writer.put_keyword_decision(decision("été", ""));
    writer.put_keyword_decision(decision("pluie", "http://example.org/snow"));
    writer.put_keyword_decision(decision("pluie", "http://example.org/rain"));
  });
  auto const after = bench.reader().begin();
  CHECK(after.sequence == before.sequence); // of itself it is no change
  CHECK(bench.reader().keyword_decisions() ==
        std::vector{decision("pluie", "http://example.org/rain"),
                    decision("sst", "http://example.org/sst"), decision("été", "")});
  CHECK(bench.store().check(store::Depth::whole, [](double) {}) == Ids{});
}

TEST_CASE("a decision of a keyword is taken back, by its keyword alone") {
  FOR_EACH_STORE(bench);
  transact(bench, [](store::Writer& writer) {
    writer.put_keyword_decision(decision("pluie", ""));
    writer.put_keyword_decision(decision("sst", ""));
    writer.remove_keyword_decision("pluie");
    writer.remove_keyword_decision("plu");
    CHECK(writer.reader().keyword_decisions() == std::vector{decision("sst", "")});
  });
  CHECK(bench.reader().keyword_decisions() == std::vector{decision("sst", "")});
}

TEST_CASE("a decision of a keyword that is rolled back was never there, others outlive sources") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  bench.writer().put_keyword_decision(decision("pluie", ""));
  bench.writer().rollback();
  CHECK(bench.reader().keyword_decisions().empty());
  transact(bench, [&](store::Writer& writer) {
    writer.put_keyword_decision(decision("pluie", ""));
    writer.remove(bench.collection());
  });
  transact(bench, [&](store::Writer& writer) { writer.remove_source("source-a"); });
  CHECK(bench.reader().keyword_decisions() == std::vector{decision("pluie", "")});
}
