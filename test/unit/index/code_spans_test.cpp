#include "index/code_spans.hpp"

#include "support/catch.hpp"

using namespace terracat::index;

namespace {

constexpr auto none = Column::none;

} // namespace

TEST_CASE("codes one behind the other are one span") {
  CHECK(spans_of({}).empty());
  CHECK(spans_of({7, 3, 4, 4, 9}) == CodeSpans{{3, 4}, {7, 7}, {9, 9}});
  CHECK(spans_of({0, 1, 2}) == CodeSpans{{0, 2}});
  CHECK(spans_of({none, 0}) == CodeSpans{{0, 0}, {none, none}});
}

TEST_CASE("spans are united and have something in common") {
  CodeSpans const a{{0, 3}, {10, 12}, {none, none}};
  CodeSpans const b{{2, 5}, {13, 13}, {20, 30}};
  CHECK(united(a, b) == CodeSpans{{0, 5}, {10, 13}, {20, 30}, {none, none}});
  CHECK(united(b, a) == united(a, b));
  CHECK(united(a, a) == a);
  CHECK(united(a, {}) == a);
  CHECK(united({{0, 9}}, {{3, 4}, {9, 12}}) == CodeSpans{{0, 12}});
  CHECK(common(a, b) == CodeSpans{{2, 3}});
  CHECK(common(b, a) == common(a, b));
  CHECK(common(a, a) == a);
  CHECK(common(a, {}).empty());
  CHECK(common({{0, 9}}, {{0, 2}, {4, 4}, {9, 12}}) == CodeSpans{{0, 2}, {4, 4}, {9, 9}});
}

TEST_CASE("other values are those of the column, never none") {
  CHECK(other_values({}, 4) == CodeSpans{{0, 3}});
  CHECK(other_values({{0, 3}}, 4).empty());
  CHECK(other_values({{1, 1}, {3, 3}}, 6) == CodeSpans{{0, 0}, {2, 2}, {4, 5}});
  CHECK(other_values({{0, 0}, {none, none}}, 3) == CodeSpans{{1, 2}});
  CHECK(other_values({}, 0).empty());
}
