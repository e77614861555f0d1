#include "fetch/retry.hpp"
#include "fetch/stall.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace std::chrono_literals;
using fetch::parse_http_date;
using fetch::parse_retry_after;
using fetch::StallWatch;
using model::Instant;

namespace {

// 1994-11-06T08:49:37Z, the example of RFC 9110 5.6.7
constexpr Instant example(784'111'777'000);

} // namespace

TEST_CASE("dates of HTTP are read in all three forms") {
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", example) == example);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", example) == example);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994", example) == example);
  CHECK(parse_http_date(" Sun, 06 Nov 1994 08:49:37 GMT ", example) == example);
}

TEST_CASE("a year of two digits is at most fifty years ahead") {
  auto const in_2026 = Instant::at({2026, 1, 1}).value();
  CHECK(parse_http_date("Tuesday, 06-Nov-94 08:49:37 GMT", in_2026) == example);
  CHECK(parse_http_date("Sunday, 01-Jan-76 00:00:00 GMT", in_2026) == Instant::at({2076, 1, 1}));
  CHECK(parse_http_date("Sunday, 01-Jan-77 00:00:00 GMT", in_2026) == Instant::at({1977, 1, 1}));
}

TEST_CASE("what is no date of HTTP is none") {
  auto const text = GENERATE("", "soon", "Sun, 06 Nov 1994", "Sun, 06 Nov 1994 08:49:37",
                             "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                             "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
                             "Sun, 06 Nov 1994 08:49:37 GMT x", "1994-11-06T08:49:37Z");
  CAPTURE(text);
  CHECK_FALSE(parse_http_date(text, example));
}

TEST_CASE("Retry-After is a number of seconds or a date") {
  CHECK(parse_retry_after("120", example) == 120s);
  CHECK(parse_retry_after(" 0 ", example) == 0s);
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:50:00 GMT", example) == 23s);
  CHECK(parse_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", example) == 0s);
  for (auto const* const text : {"", "-1", "1.5", "99999999999", "tomorrow"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_retry_after(text, example));
  }
}

TEST_CASE("waits double after each failure, between half and all of it, up to the limit") {
  fetch::Backoff const backoff{.first = 1000ms, .limit = 60'000ms};
  CHECK(backoff.after(1, 0) == 500ms);
  CHECK(backoff.after(1, 1) == 1000ms);
  CHECK(backoff.after(2, 1) == 2000ms);
  CHECK(backoff.after(3, 0.5) == 3000ms);
  CHECK(backoff.after(6, 1) == 32'000ms);
  CHECK(backoff.after(7, 1) == 60'000ms);
  CHECK(backoff.after(4'000'000'000, 1) == 60'000ms);
}

TEST_CASE("statuses that say not now are told from those that say no") {
  for (auto const status : {408, 425, 429, 500, 502, 503, 504}) {
    CHECK(fetch::may_succeed_later(status));
  }
  for (auto const status : {200, 304, 400, 401, 403, 404, 410, 413, 501, 505}) {
    CHECK_FALSE(fetch::may_succeed_later(status));
  }
}

TEST_CASE("an answer that does not begin in time is noticed") {
  StallWatch::Point const start;
  StallWatch watch({.first_byte = 60s, .period = 60s, .rate = 1024}, start);
  CHECK(watch.look(start + 59s, 0) == StallWatch::Verdict::fine);
  CHECK(watch.look(start + 60s, 0) == StallWatch::Verdict::no_answer);
}

TEST_CASE("an answer is too slow if it brings too little over the whole period") {
  StallWatch::Point const start;
  StallWatch watch({.first_byte = 60s, .period = 60s, .rate = 1024}, start);
  CHECK(watch.look(start + 50s, 100) == StallWatch::Verdict::fine);
  CHECK(watch.look(start + 109s, 101) == StallWatch::Verdict::fine);
  CHECK(watch.look(start + 110s, 100 + 60 * 1024) == StallWatch::Verdict::fine);
  CHECK(watch.look(start + 169s, 200 + 60 * 1024) == StallWatch::Verdict::fine);
  CHECK(watch.look(start + 170s, 99 + 120 * 1024) == StallWatch::Verdict::too_slow);
}
