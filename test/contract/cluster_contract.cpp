// Keys: by what records of several sources may be known for the same resource. Each case runs over
// all stores.

#include "bench.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

using Numbers = std::vector<RecordNumber>;

template<class Body>
void transact(Bench& bench, Body const& body) {
  bench.writer().begin();
  body(bench.writer());
  bench.writer().commit();
}

void put_keys(Bench& bench, RecordNumber record, Ids const& keys) {
  transact(bench, [&](store::Writer& writer) { writer.put_keys(record, keys); });
}

/// "key: record record"
Ids shared(store::Reader& reader, std::size_t most = 10) {
  Ids out;
  for (auto const& [key, records] : reader.shared_keys(most)) {
    out.push_back(key + ":");
    for (auto const record : records) {
      out.back() += " " + std::to_string(static_cast<std::int64_t>(record));
    }
  }
  return out;
}

} // namespace

TEST_CASE("records are found by the keys that they have, and by no others") {
  FOR_EACH_STORE(bench);
  RecordNumber a{};
  RecordNumber b{};
  transact(bench, [&](store::Writer& writer) {
    a = writer.put(record_write("a"));
    b = writer.put(record_write("b"));
    writer.put_identifier("10.5072/x", "doi", a);
    writer.put_identifier("10.5072/x", "doi", b);
  });
  auto& reader = bench.reader();
  CHECK(reader.keys(a).empty()); // it only leads there
  CHECK(reader.records_with_key("10.5072/x", 10).empty());
  CHECK(shared(reader).empty());

  put_keys(bench, a, {"hdl:1/y", "10.5072/x"});
  put_keys(bench, b, {"10.5072/x"});
  auto& then = bench.reader();
  CHECK(then.keys(a) == Ids{"10.5072/x", "hdl:1/y"});
  CHECK(then.records_with_key("10.5072/x", 10) == Numbers{a, b});
  CHECK(then.records_with_key("10.5072/x", 1) == Numbers{a});
  CHECK(then.records_with_key("hdl:1/y", 10) == Numbers{a});
  CHECK(then.records_with_key("10.5072/X", 10).empty());
  CHECK(shared(then) == Ids{"10.5072/x: 2 3"});
  CHECK(shared(then, 1).empty());
  CHECK(then.records_by_identifier("hdl:1/y") == Numbers{a});

  put_keys(bench, a, {"hdl:1/y", "hdl:1/z"});
  auto& last = bench.reader();
  CHECK(last.keys(a) == Ids{"hdl:1/y", "hdl:1/z"});
  CHECK(last.records_with_key("10.5072/x", 10) == Numbers{b});
  CHECK(shared(last).empty());
  CHECK(last.records_by_identifier("10.5072/x") == Numbers{a, b}); // it still leads there
  CHECK(bench.store().check(store::Depth::whole, [](double) {}) == Ids{});
}

TEST_CASE("what led to a record leads to another one, and stays when the first one goes") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto const former = bench.writer().put(record_write("d"));
  auto const other = bench.writer().put(record_write("e"));
  bench.writer().put_identifier("10.1/d", "doi", former);
  bench.writer().put_identifier("10.1/both", "doi", former);
  bench.writer().put_identifier("10.1/both", "doi", other);
  bench.writer().put_keys(former, std::vector<std::string>{"10.1/key"});
  auto const before = bench.writer().pending();
  bench.writer().lead_on(former, other);
  CHECK(bench.writer().pending() == before);
  bench.writer().commit();
  CHECK(bench.reader().records_by_identifier("10.1/d") == std::vector{former, other});
  CHECK(bench.reader().keys(other).empty());
  bench.writer().begin();
  bench.writer().remove(former);
  bench.writer().commit();
  auto& reader = bench.reader();
  for (auto const* const id : {"10.1/d", "10.1/both", "10.1/key"}) {
    CHECK(reader.records_by_identifier(id) == std::vector{other});
  }
  CHECK(bench.store().check(store::Depth::whole, [](double) {}).empty());
}

TEST_CASE("keys stay when a record is written again, and go with it") {
  FOR_EACH_STORE(bench);
  RecordNumber a{};
  transact(bench, [&](store::Writer& writer) {
    a = writer.put(record_write("a"));
    writer.put_keys(a, Ids{"10.5072/x"});
  });
  auto const before = bench.reader().record(a)->sequence;
  put_keys(bench, a, {"10.5072/x", "10.5072/y"});
  CHECK(bench.reader().record(a)->sequence == before); // it is no change of the record
  transact(bench, [&](store::Writer& writer) {
    auto again = record_write("a", "Rain");
    again.number = a;
    writer.put(again);
  });
  CHECK(bench.reader().keys(a) == Ids{"10.5072/x", "10.5072/y"});
  transact(bench, [&](store::Writer& writer) { writer.remove(a); });
  CHECK(bench.reader().keys(a).empty());
  CHECK(bench.reader().records_with_key("10.5072/x", 10).empty());
}

TEST_CASE("keys of a transaction that is rolled back were never there") {
  FOR_EACH_STORE(bench);
  RecordNumber a{};
  transact(bench, [&](store::Writer& writer) {
    a = writer.put(record_write("a"));
    writer.put_keys(a, Ids{"10.5072/x"});
  });
  bench.writer().begin();
  bench.writer().put_keys(a, Ids{"10.5072/y"});
  CHECK(bench.writer().reader().keys(a) == Ids{"10.5072/y"});
  bench.writer().rollback();
  CHECK(bench.reader().keys(a) == Ids{"10.5072/x"});
}
