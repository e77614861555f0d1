#include "net/patience.hpp"

#include "support/catch.hpp"

using namespace std::chrono_literals;
using terracat::net::Patience;
using terracat::net::TimePoint;

namespace {

constexpr TimePoint start{1h};

/// After enough requests of the same length for the mean to be known.
Patience used_to(std::chrono::milliseconds length) {
  Patience patience(start);
  for (int request = 0; request < 200; ++request) patience.note_work(length);
  return patience;
}

} // namespace

TEST_CASE("a burst may wait for a second") {
  auto const patience = used_to(4ms);
  CHECK_FALSE(patience.ends(start, start + 999ms));
  CHECK(patience.ends(start, start + 1001ms));
}

TEST_CASE("in a queue that stands, one may wait as long as two requests take") {
  auto const patience = used_to(20ms);
  auto const now = start + 5s;
  CHECK_FALSE(patience.ends(now - 38ms, now));
  CHECK(patience.ends(now - 41ms, now));
}

TEST_CASE("five milliseconds are never too long") {
  auto const patience = used_to(1ms);
  auto const now = start + 5s;
  CHECK_FALSE(patience.ends(now - 5ms, now));
  CHECK(patience.ends(now - 6ms, now));
}

TEST_CASE("where requests take long, a queue stands later") {
  auto const patience = used_to(300ms);
  CHECK_FALSE(patience.ends(start, start + 2900ms));
  CHECK(patience.ends(start, start + 3100ms));
}

TEST_CASE("a queue that was empty is young again") {
  auto patience = used_to(4ms);
  patience.note_empty(start + 5s);
  CHECK_FALSE(patience.ends(start + 5s, start + 5900ms));
  CHECK(patience.ends(start + 5s, start + 6100ms));
}
