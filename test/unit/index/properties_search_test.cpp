// Conditions on properties and orders by them; the rest of searches is in search_test.cpp.

#include "bench.hpp"

#include "query/functions.hpp"

#include <terracat/json.hpp>

#include <cmath>

using namespace terracat;
using namespace terracat::index_test;

TEST_CASE("numbers are compared exactly, and what is missing is unknown") {
  Bench bench;
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  auto const compare = [&](Comparison comparison, double value) {
    return Expression{Compare{cloud, comparison, value}};
  };
  auto const put = [&](std::string const& id, std::string const& cover) {
    bench.put({.id = id, .properties = cover.empty() ? "" : "\"eo:cloud_cover\":" + cover});
  };
  put("none", "");
  put("null", "null");
  put("text", R"("10")");
  put("tenth", "0.1"); // no float is this double
  put("ten", "10");
  put("more", "10.000000000000002"); // the next double
  put("zero", "-0.0");
  put("huge", "1e300");
  CHECK(bench.search(compare(Comparison::less, 10)) == Ids{"zero", "tenth"});
  CHECK(bench.search(compare(Comparison::less_equal, 10)) == Ids{"zero", "ten", "tenth"});
  CHECK(bench.search(compare(Comparison::equal, 10)) == Ids{"ten"});
  CHECK(bench.search(compare(Comparison::equal, 0)) == Ids{"zero"});
  CHECK(bench.search(compare(Comparison::equal, 0.1F)).empty());
  CHECK(bench.search(compare(Comparison::greater, 10)) == Ids{"huge", "more"});
  CHECK(bench.search(compare(Comparison::greater_equal, 10)) == Ids{"huge", "more", "ten"});
  CHECK(bench.search(compare(Comparison::not_equal, 10)) == Ids{"huge", "zero", "more", "tenth"});
  CHECK(bench.search({Not{{compare(Comparison::less, 10)}}}) == Ids{"huge", "more", "ten"});
  CHECK(bench.search({In{cloud, {10.0, 0.1, 3.0}}}) == Ids{"ten", "tenth"});
  CHECK(bench.search({Not{{{In{cloud, {10.0}}}}}}) == Ids{"huge", "zero", "more", "tenth"});
  CHECK(bench.search({In{cloud, {}}}).empty());
  CHECK(bench.search({Not{{{In{cloud, {}}}}}}) == Ids{"huge", "zero", "more", "ten", "tenth"});
  CHECK(bench.search({IsNull{cloud}}) == Ids{"text", "null", "none"});
  CHECK(bench.search({Not{{{IsNull{cloud}}}}}) == Ids{"huge", "zero", "more", "ten", "tenth"});
  Expression const none_or_little{Or{{{IsNull{cloud}}, compare(Comparison::less, 1)}}};
  CHECK(bench.search(none_or_little) == Ids{"zero", "tenth", "text", "null", "none"});
  CHECK(bench.search({Not{{none_or_little}}}) == Ids{"huge", "more", "ten"});
}

TEST_CASE("items are sorted by a number either way, what is missing last, ties newest first") {
  Bench bench;
  SortKey const by_cloud{.property = {.name = "eo:cloud_cover", .type = Type::number}};
  auto const put = [&](std::string const& id, std::string const& cover, std::int64_t time) {
    bench.put({.id = id,
               .properties = cover.empty() ? "" : "\"eo:cloud_cover\":" + cover,
               .footprint = box(0, 0, 1, 1),
               .datetime = day(time)});
  };
  put("none", "", 9);
  put("zero", "0", 1);
  put("below", "-0.5", 2);
  put("again", "-0.0", 3);
  put("more", "1e300", 4);
  put("less", "-1e300", 5);
  put("null", "null", 0);
  auto const pages = [&](SortKey key, std::size_t limit) {
    ItemSearch search{.where = {Intersects{box(0, 0, 2, 2)}}, .sort = {key}, .limit = limit};
    Ids out;
    for (;;) {
      auto const page = bench.page(search);
      CHECK(page.matched == 7);
      for (auto const& id : bench.ids(page)) out.push_back(id);
      if (!page.next) return out;
      search.after = page.next;
      search.count = true;
    }
  };
  Ids const ascending{"less", "below", "again", "zero", "more", "null", "none"};
  Ids const descending{"more", "again", "zero", "below", "less", "null", "none"};
  for (std::size_t const limit : {1U, 2U, 3U, 7U}) {
    INFO("pages of " << limit);
    CHECK(pages(by_cloud, limit) == ascending);
    CHECK(pages({.property = by_cloud.property, .descending = true}, limit) == descending);
  }
  SortKey const by_time{.property = {.place = Property::Place::time, .type = Type::time}};
  CHECK(pages(by_time, 2) == Ids{"null", "zero", "below", "again", "more", "less", "none"});

  ItemSearch two{.where = {Always{}}, .sort = {by_cloud, by_time}, .limit = 9, .count = false};
  CHECK(bench.ids(bench.page(two)) ==
        Ids{"less", "below", "zero", "again", "more", "null", "none"});
  two.sort = {by_cloud};
  two.limit = 1;
  auto const first = bench.page(two);
  CHECK_FALSE(first.matched);
  CHECK(first.next == Anchor{.values = {-1e300}, .number = first.rows.front().number});
  // Segments whose best row cannot be on the page are not looked at.
  CHECK(bench.ids(bench.page_within({.blocks = 2}, two).value()) == Ids{"less"});
}

TEST_CASE("a column of more values than a byte has is searched and sorted alike") {
  Bench bench;
  std::vector<test::ItemSketch> sketches;
  for (int i = 0; i < 600; ++i) { // 0 to 59.9; every sixth has none
    auto const cover = std::to_string(i / 10) + "." + std::to_string(i % 10);
    auto const member = R"("eo:cloud_cover":)" + cover;
    sketches.push_back({.id = cover, .properties = i % 6 == 0 ? "" : member, .datetime = day(i)});
  }
  bench.put_all(sketches);
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  auto const count = [&](Expression const& where) {
    return bench.page({.where = where, .limit = 0}).matched;
  };
  CHECK(bench.version().parts().size() == 1);
  CHECK(count({Compare{cloud, Comparison::less, 30.0}}) == 250);
  CHECK(count({Not{{{Compare{cloud, Comparison::less, 30.0}}}}}) == 250);
  CHECK(count({Compare{cloud, Comparison::less_equal, 0.7}}) == 6); // 0.1 to 0.5 and 0.7
  CHECK(count({Compare{cloud, Comparison::not_equal, 0.7}}) == 499);
  CHECK(count({In{cloud, {0.5, 0.6, 59.9}}}) == 2); // 0.6 is a sixth
  CHECK(count({IsNull{cloud}}) == 100);
  ItemSearch search{.where = {Always{}},
                    .sort = {{.property = cloud, .descending = true}},
                    .limit = 3,
                    .count = false};
  auto const first = bench.page(search);
  CHECK(bench.ids(first) == Ids{"59.9", "59.8", "59.7"});
  search.after = first.next;
  CHECK(bench.ids(bench.page(search)) == Ids{"59.6", "59.5", "59.3"});
  search.after = Anchor{.values = {0.2}, .number = ItemNumber{3}};
  CHECK(bench.ids(bench.page(search)) == Ids{"0.1", "59.4", "58.8"}); // without, newest first
}

TEST_CASE("many numbers are searched and sorted alike however they are kept") {
  Bench bench;

  struct Way {
    std::string name;
    double step;
    double power;
  };

  std::vector<Way> const ways{{"gsd", 1, 1},                          // 3 bytes each
                              {"sar:center_frequency", 100'003, 10},  // 4 bytes
                              {"view:sun_azimuth", 123'456'789, 1e9}, // 5 bytes
                              {"view:off_nadir", 1, 3},               // a list
                              {"eo:snow_cover", 1e300, 1e3}};         // likewise
  auto const value = [](Way const& way, int i) { return i * way.step / way.power; };
  std::vector<test::ItemSketch> sketches;
  for (int i = 0; i < 600; ++i) {
    json::Writer members;
    members.begin_object();
    for (auto const& way : ways) members.name(way.name).number(value(way, i * 7 % 601));
    auto const text = members.end_object().take();
    sketches.push_back({.id = std::to_string(i * 7 % 601),
                        .properties = i % 6 == 0 ? "" : text.substr(1, text.size() - 2),
                        .datetime = day(i)});
  }
  bench.put_all(sketches); // of 0, 7, 14 … all but each sixth: 601 is prime, so none twice
  for (auto const& way : ways) {
    INFO(way.name);
    Property const property{.name = way.name, .type = Type::number};
    auto const count = [&](Expression const& where) {
      return bench.page({.where = where, .limit = 0}).matched;
    };
    auto const compare = [&](Comparison comparison, double than) {
      return Expression{Compare{property, comparison, than}};
    };
    CHECK(count(compare(Comparison::equal, value(way, 7))) == 1);
    CHECK(count(compare(Comparison::not_equal, value(way, 7))) == 499);
    CHECK(count(compare(Comparison::equal, std::nextafter(value(way, 7), 0))) == 0);
    CHECK(count(compare(Comparison::greater_equal, value(way, 0))) == 500);
    CHECK(count(compare(Comparison::greater, value(way, 600))) == 0);
    CHECK(count({In{property, {value(way, 7), value(way, 14), -1.0}}}) == 2);
    CHECK(count({Not{{{In{property, {value(way, 7), value(way, 14), -1.0}}}}}}) == 498);
    In scattered{property, {}}; // more than are compared as spans
    for (auto const i : {1, 2, 3, 4, 5, 7, 8, 9, 10, 11}) {
      scattered.values.emplace_back(value(way, i * 7));
    }
    CHECK(count({scattered}) == 10);
    CHECK(count({Not{{{scattered}}}}) == 490);
    CHECK(count({IsNull{property}}) == 100);
    CHECK(count({Not{{{IsNull{property}}}}}) == 500);
    for (bool const descending : {false, true}) {
      std::vector<int> found;
      ItemSearch search{.where = {Not{{{IsNull{property}}}}},
                        .sort = {{.property = property, .descending = descending}},
                        .limit = 70};
      do {
        auto const page = bench.page(search);
        for (auto const& id : bench.ids(page)) found.push_back(std::stoi(id));
        search.after = page.next;
      } while (search.after);
      CHECK(found.size() == 500);
      if (descending) std::ranges::reverse(found);
      CHECK(std::ranges::is_sorted(found));
    }
  }
}

TEST_CASE("texts, times and flags are compared as well") {
  Bench bench;
  bench.put({.id = "a", .properties = R"("platform":"s2a","created":"2020-01-01T00:00:00Z")"});
  bench.put({.id = "b", .properties = R"("platform":"s2b","deprecated":true)", .datetime = day(3)});
  bench.put({.id = "c", .properties = R"("platform":"S2","deprecated":false)"});
  Property const platform{.name = "platform", .type = Type::text};
  Property const created{.name = "created", .type = Type::time};
  Property const deprecated{.name = "deprecated", .type = Type::boolean};
  Property const time{.place = Property::Place::time, .type = Type::time};
  auto const in_2020 = model::parse_rfc3339("2020-01-01T00:00:00Z").value();
  CHECK(bench.search({Compare{platform, Comparison::equal, "s2a"}}) == Ids{"a"});
  CHECK(bench.search({Compare{platform, Comparison::less, "s2"}}) == Ids{"c"}); // code points
  CHECK(bench.search({Like{platform, "s2_"}}) == Ids{"b", "a"});
  CHECK(bench.search({Not{{{Like{platform, "s2_"}}}}}) == Ids{"c"});
  CHECK(bench.search({Compare{created, Comparison::greater_equal, in_2020}}) == Ids{"a"});
  CHECK(bench.search({Compare{created, Comparison::greater, in_2020}}).empty());
  CHECK(bench.search({Compare{deprecated, Comparison::equal, false}}) == Ids{"c"});
  CHECK(bench.search({Compare{time, Comparison::not_equal, day(2)}}) == Ids{"b"});
  CHECK(bench.search({Not{{{Compare{time, Comparison::less, day(3)}}}}}) == Ids{"b"});
  CHECK(bench.search({IsNull{time}}) == Ids{"c", "a"});
}

TEST_CASE("what is asked of one property in several conditions is asked together") {
  Bench bench;
  auto const put = [&](std::string const& id, std::string const& platform,
                       std::string const& cover) {
    auto const members = (platform.empty() ? "" : R"("platform":")" + platform + "\",") +
                         (cover.empty() ? "\"gsd\":1" : "\"eo:cloud_cover\":" + cover);
    return bench.put({.id = id, .properties = members});
  };
  put("a", "p", "10");
  put("b", "q", "20");
  auto const c = put("c", "r", "");
  put("d", "", "30");
  put("e", "p", "40");
  put("f", "s", "20");
  Property const platform{.name = "platform", .type = Type::text};
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  using All = std::vector<Expression>;
  auto const is = [&](std::string const& name) {
    return Expression{Compare{platform, Comparison::equal, name}};
  };
  auto const cover = [&](Comparison comparison, double than) {
    return Expression{Compare{cloud, comparison, than}};
  };
  auto const has_no = [](Property const& property) { return Expression{IsNull{property}}; };
  auto const all = [](All of) { return Expression{query::And{std::move(of)}}; };
  auto const any = [](All of) { return Expression{query::Or{std::move(of)}}; };
  auto const no = [](Expression const& one) { return Expression{Not{{one}}}; };
  constexpr auto less = Comparison::less;
  constexpr auto greater = Comparison::greater;
  CHECK(bench.search(any({is("p"), is("s"), is("nowhere")})) == Ids{"f", "e", "a"});
  CHECK(bench.search(any({is("p"), is("r"), is("s")})) == Ids{"f", "e", "c", "a"});
  CHECK(bench.search(all({is("p"), is("q")})).empty());
  CHECK(bench.search(all({no(is("p")), no(is("r"))})) == Ids{"f", "b"}); // of d it is unknown
  CHECK(bench.search(no(any({is("p"), is("r")}))) == Ids{"f", "b"});
  CHECK(bench.search(all({cover(Comparison::greater_equal, 20), cover(less, 40)})) ==
        Ids{"f", "d", "b"});
  CHECK(bench.search(all({cover(greater, 20), cover(less, 20)})).empty());
  CHECK(bench.search(any({cover(less, 20), cover(greater, 30)})) == Ids{"e", "a"});
  CHECK(bench.search(any({cover(Comparison::less_equal, 20), cover(greater, 20)})) ==
        Ids{"f", "e", "d", "b", "a"});
  CHECK(bench.search(any({has_no(cloud), cover(Comparison::less_equal, 40)})) ==
        Ids{"f", "e", "d", "c", "b", "a"});
  CHECK(bench.search(all({has_no(cloud), cover(Comparison::less_equal, 40)})).empty());
  CHECK(bench.search(any({has_no(platform), is("r"), is("q")})) == Ids{"d", "c", "b"});
  CHECK(bench.search(all({any({is("p"), cover(Comparison::equal, 30)}),
                          any({is("p"), cover(Comparison::equal, 10)})})) == Ids{"e", "a"});

  SECTION("what goes is found no more, be it all that had a value, or had none") {
    bench.remove(c);
    CHECK(bench.search(has_no(cloud)).empty());
    CHECK(bench.search(any({is("p"), is("r"), is("s")})) == Ids{"f", "e", "a"});
    CHECK(bench.search(no(has_no(platform))) == Ids{"f", "e", "b", "a"});
  }
}

TEST_CASE("a property of some collections is missing in the others") {
  Bench bench;
  bench.put_into(bench.collection(), {.id = "a", .properties = R"("gsd":10)"});
  bench.put_into(bench.other(), {.id = "b", .properties = R"("gsd":10)"});
  Property const gsd{.name = "gsd", .type = Type::number, .only_in = {bench.other()}};
  Expression const is_ten{Compare{gsd, Comparison::equal, 10.0}};
  CHECK(bench.search(is_ten) == Ids{"b"});
  CHECK(bench.search({Not{{is_ten}}}).empty());
  CHECK(bench.search({IsNull{gsd}}) == Ids{"a"});
}

TEST_CASE("what columns have all of is computed from them") {
  Bench bench;
  auto const call = [](std::string_view name, std::vector<query::Term> arguments) {
    return query::Term{query::Term::Call{query::function(name), std::move(arguments)}};
  };
  auto const read = [](Property const& property) {
    return query::Term{query::Term::Read{{property}}};
  };
  Property const platform{.name = "platform", .type = Type::text};
  Property const gsd{.name = "gsd", .type = Type::number};
  Property const note{.name = "note", .type = Type::text};
  bench.put({.id = "a", .properties = R"("platform":"S2A","gsd":10,"note":"S2A")"});
  bench.put({.id = "b", .properties = R"("platform":"s2a","gsd":7)"});
  bench.put({.id = "c", .properties = R"("platform":"x","gsd":7)"});
  bench.put({.id = "d", .properties = "\"gsd\":-7"});
  auto const is_s2a = [&](Property const& property) {
    return Expression{query::Holds{call("=", {call("casei", {read(property)}), {Scalar("s2a")}})}};
  };
  Expression const is_more{
      query::Holds{call(">", {call("+", {read(gsd), {Scalar(3.0)}}), {Scalar(9.5)}})}};
  CHECK(bench.search(is_s2a(platform)) == Ids{"b", "a"});
  CHECK(bench.search(is_more) == Ids{"c", "b", "a"});
  CHECK(bench.search({Not{{is_s2a(platform)}}}) == Ids{"c"}); // of d it is unknown
  auto const computed = bench.work_of({query::And{{is_s2a(platform), is_more}}});
  CHECK(computed.computed == 4);
  CHECK(computed.bodies == 0);
  auto const asked = bench.work_of({query::And{{is_s2a(note), is_more}}}); // no column has notes
  CHECK(asked.computed == 0);
  CHECK(asked.bodies == 4);
}

TEST_CASE("the store is asked for a property with too many texts") {
  Bench bench;
  Property const platform{.name = "platform", .type = Type::text};
  Expression const is_named{Compare{platform, Comparison::equal, "s2a"}};
  bench.put({.id = "a", .properties = R"("platform":"s2a")"});
  CHECK(bench.search(is_named) == Ids{"a"});
  bench.put({.id = "b", .properties = "\"platform\":\"" + std::string(65, 'x') + "\""});
  auto const rest_of = [&](Expression const& where) {
    return index::plan_of({.where = where}, bench.version()).value().rest;
  };
  CHECK(rest_of(is_named) == is_named);
  CHECK_FALSE(rest_of({Compare{{.name = "gsd", .type = Type::number}, Comparison::less, 10.0}}));
  CHECK(bench.search(is_named) == Ids{"a"});
}
