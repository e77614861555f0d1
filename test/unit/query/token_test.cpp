#include "query/criteria.hpp"
#include "query/token.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

using namespace terracat;
using namespace terracat::query;

namespace {

Queryables queryables() {
  Queryables made;
  made.add("eo:cloud_cover", Type::number);
  made.add("platform", Type::text);
  made.add("grid:code", Type::text);
  made.add("mission", Type::text);
  made.add("updated", Type::time);
  made.add("instruments", Type::list);
  return made;
}

SortKey by(std::string_view name, bool descending = false) {
  return {queryables().find(name)->as.front(), descending};
}

PageToken token() {
  return {.epoch = 0x0123456789abcdef,
          .criteria = 42,
          .sort = {by("eo:cloud_cover", true), by("platform")},
          .anchor = {{12.5, std::string("\x2a\x01", 2)}, ItemNumber{77}}};
}

void check_round_trip(PageToken const& sent) {
  auto const text = encode(sent);
  CHECK(text.size() <= 512);
  CHECK(
      text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
      std::string::npos);
  auto const read = decode(text, queryables());
  REQUIRE(read);
  CHECK(read->epoch == sent.epoch);
  CHECK(read->criteria == sent.criteria);
  CHECK(read->sort == sent.sort);
  CHECK(read->anchor == sent.anchor);
  CHECK(read->is_backwards == sent.is_backwards);
}

} // namespace

TEST_CASE("a page token comes back as it was sent") {
  check_round_trip(token());
  auto latest = token();
  latest.sort = latest_first();
  latest.anchor.values = {std::int64_t{1'704'067'200'000}};
  check_round_trip(latest);
  latest.anchor.values = {std::monostate{}};
  check_round_trip(latest);
  latest.is_backwards = true;
  check_round_trip(latest);
}

TEST_CASE("the longest token fits into 512 characters") {
  auto longest = token();
  std::string const key(72, '\xff');
  longest.sort = {by("platform"), by("grid:code"), by("mission"), by("id")};
  longest.anchor.values = {key, key, key, key};
  check_round_trip(longest);
}

TEST_CASE("a token that was touched is refused, whichever character it is") {
  auto const text = encode(token());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto touched = text;
    touched[i] = touched[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(decode(touched, queryables()));
    CHECK_FALSE(decode(text.substr(0, i), queryables()));
  }
  CHECK_FALSE(decode("", queryables()));
  CHECK_FALSE(decode(text + "A", queryables()));
  CHECK_FALSE(decode(std::string(100'000, 'A'), queryables()));
  CHECK_FALSE(decode("not base64!", queryables()));
  CHECK(decode("", queryables()).error().where == "token");
}

TEST_CASE("any token comes back, and none of its bits can be turned") {
  auto const seed = GENERATE(from_range(test::seeds()));
  INFO("seed: " << seed);
  test::Random random(seed);
  for (int round = 0; round < 20; ++round) {
    PageToken sent{.epoch = random.bits(), .criteria = random.bits(), .sort = {}, .anchor = {}};
    sent.anchor.number = ItemNumber{random.between(0, INT64_MAX - 1)};
    sent.is_backwards = random.once_in(2);
    for (auto keys = random.between(1, 4); keys > 0; --keys) {
      switch (random.between(0, 3)) {
      case 0:
        sent.sort.push_back(by("eo:cloud_cover", random.once_in(2)));
        sent.anchor.values.emplace_back(static_cast<double>(random.between(-1'000, 1'000)) / 7);
        break;
      case 1:
        sent.sort.push_back(by("updated", random.once_in(2)));
        sent.anchor.values.emplace_back(static_cast<std::int64_t>(random.bits()));
        break;
      case 2:
        sent.sort.push_back(by("platform", random.once_in(2)));
        sent.anchor.values.emplace_back(
            std::string(static_cast<std::size_t>(random.between(0, 72)), '\x80'));
        break;
      default:
        sent.sort.push_back(by("grid:code", random.once_in(2)));
        sent.anchor.values.emplace_back(std::monostate{});
      }
    }
    check_round_trip(sent);
    auto const text = encode(sent);
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (unsigned bit = 1; bit < 256; bit *= 2) {
        auto touched = text;
        touched[at] = static_cast<char>(static_cast<unsigned char>(touched[at]) ^ bit);
        REQUIRE_FALSE(decode(touched, queryables()));
      }
    }
  }
}

TEST_CASE("a token cannot make a search sort by what cannot be sorted by") {
  auto forged = token();
  forged.sort[0].property = queryables().find("instruments")->as.front();
  CHECK_FALSE(decode(encode(forged), queryables()));
  auto mistyped = token();
  mistyped.anchor.values[0] = std::int64_t{12};
  CHECK_FALSE(decode(encode(mistyped), queryables()));
  auto endless = token();
  endless.sort.assign(5, by("platform"));
  endless.anchor.values.assign(5, std::string("a"));
  CHECK_FALSE(decode(encode(endless), queryables()));
  auto nameless = token();
  nameless.anchor.number = ItemNumber{-1};
  CHECK_FALSE(decode(encode(nameless), queryables()));
  nameless.anchor.number = ItemNumber{INT64_MAX}; // nothing can stand beside it
  CHECK_FALSE(decode(encode(nameless), queryables()));
}

TEST_CASE("criteria have one fingerprint in whatever order collections stand") {
  Criteria a{.collections = {"x", "y"}, .ids = {"1"}};
  Criteria b{.collections = {"y", "x"}, .ids = {"1"}};
  CHECK(digest(a, 0) == digest(b, 0));
  CHECK(digest(a, 0) != digest(a, 1));
  Criteria const other_id{.collections = {"x", "y"}, .ids = {"2"}};
  CHECK(digest(a, 0) != digest(other_id, 0));
  Criteria const run_together{.collections = {"xy"}, .ids = {"1"}};
  CHECK(digest(a, 0) != digest(run_together, 0));
  a.bbox = model::Bbox3{model::Bbox::restored(0, 0, 1, 1), std::nullopt};
  CHECK(digest(a, 0) != digest(b, 0));
  b.bbox = model::Bbox3{model::Bbox::restored(0, 0, 1, 1), model::HeightRange{0, 1}};
  CHECK(digest(a, 0) != digest(b, 0));
}
