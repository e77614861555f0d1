// What data managers say instead of sources: kept apart from records, and longer. Each case runs
// over all stores.

#include "bench.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test;
using store::Correction;
using store::CorrectionKey;

namespace {

Correction correction(std::string const& native_id, std::string const& field,
                      std::string const& language, std::string const& value,
                      std::string const& source = "source-a") {
  return {.key = {.source = source, .native_id = native_id, .field = field, .language = language},
          .value = value,
          .author = "alice",
          .at = day(3),
          .reason = "a reason"};
}

template<class Body>
void transact(Bench& bench, Body const& body) {
  bench.writer().begin();
  body(bench.writer());
  bench.writer().commit();
}

Ids values(std::vector<Correction> const& corrections) {
  Ids out;
  for (auto const& one : corrections) out.push_back(one.value);
  return out;
}

} // namespace

TEST_CASE("corrections are kept whole, each key once, in order") {
  FOR_EACH_STORE(bench);
  auto const french = correction("native-c", "title", "fr", "Pluie d'été\n\"en entier\"");
  transact(bench, [&](store::Writer& writer) {
    writer.put_correction(correction("native-d", "title", "", "of another record"));
    writer.put_correction(french);
    writer.put_correction(correction("native-c", "title", "en", "before"));
    writer.put_correction(correction("native-c", "license", "", "MIT"));
    writer.put_correction(correction("native-c", "title", "en", "Rain"));
    writer.put_correction(correction("native-c", "title", "", "of another source", "another"));
  });
  auto& reader = bench.reader();
  CHECK(values(reader.corrections("source-a", "native-c")) == Ids{"MIT", "Rain", french.value});
  CHECK(reader.corrections("source-a", "native-c").at(2) == french);
  CHECK(values(reader.corrections("another", "native-c")) == Ids{"of another source"});
  CHECK(reader.corrections("source-a", "native").empty());
  CHECK(reader.corrections("nowhere", "native-c").empty());
  CHECK(values(reader.corrections()) ==
        Ids{"of another source", "MIT", "Rain", french.value, "of another record"});
  CHECK(bench.store().check(store::Depth::whole, [](double) {}) == Ids{});
}

TEST_CASE("a correction is dropped by its whole key") {
  FOR_EACH_STORE(bench);
  transact(bench, [&](store::Writer& writer) {
    writer.put_correction(correction("native-c", "title", "", "a"));
    writer.put_correction(correction("native-c", "title", "fr", "b"));
    writer.remove_correction(CorrectionKey{"source-a", "native-c", "title", "fr"});
    writer.remove_correction(CorrectionKey{"source-a", "native-c", "description", ""});
    writer.remove_correction(CorrectionKey{"nowhere", "native-c", "title", ""});
    CHECK(values(writer.reader().corrections("source-a", "native-c")) == Ids{"a"});
  });
  CHECK(values(bench.reader().corrections()) == Ids{"a"});
  CHECK(bench.reader().sources() == Ids{"source-a"});
}

TEST_CASE("corrections outlive their record, change nothing of it, and go with its source") {
  FOR_EACH_STORE(bench);
  auto const before = bench.reader().begin().sequence;
  transact(bench, [&](store::Writer& writer) {
    writer.put_correction(correction("native-c", "title", "", "a"));
    writer.put_correction(correction("native-c", "title", "", "b", "source-b"));
  });
  CHECK(bench.reader().begin().sequence == before);
  CHECK(bench.reader().record(bench.collection())->title == "c");
  transact(bench, [&](store::Writer& writer) { writer.remove(bench.collection()); });
  CHECK(values(bench.reader().corrections("source-a", "native-c")) == Ids{"a"});
  CHECK(bench.store().check(store::Depth::whole, [](double) {}) == Ids{});

  transact(bench, [&](store::Writer& writer) { writer.remove_source("source-a"); });
  CHECK(values(bench.reader().corrections()) == Ids{"b"});
  CHECK(bench.reader().sources() == Ids{"source-b"});
}

TEST_CASE("a correction that is rolled back was never there") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  bench.writer().put_correction(correction("native-c", "title", "", "a"));
  bench.writer().rollback();
  CHECK(bench.reader().corrections().empty());
}
