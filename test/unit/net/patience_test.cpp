#include "net/patience.hpp"

#include "support/catch.hpp"

using namespace std::chrono_literals;
using terracat::net::Patience;
using terracat::net::TimePoint;

namespace {

constexpr TimePoint start{1h};

/// After enough requests of the same length for the mean to be known.
Patience used_to(std::chrono::milliseconds length) {
  Patience patience(1, start);
  for (int request = 0; request < 200; ++request) patience.note_work(length);
  return patience;
}

} // namespace

TEST_CASE("a burst may wait for half a second") {
  auto patience = used_to(4ms);
  CHECK_FALSE(patience.ends(start, true, start + 500ms));
  CHECK(patience.ends(start, true, start + 501ms));
}

TEST_CASE("a few may wait as long as they have to") {
  auto patience = used_to(4ms);
  CHECK_FALSE(patience.ends(start, false, start + 5s));
  CHECK(patience.ends(start, true, start + 5s));
  CHECK_FALSE(patience.ends(start, false, start + 5s));
}

TEST_CASE("in a queue that stands, one may wait as long as one request takes") {
  auto patience = used_to(20ms);
  auto const now = start + 5s;
  CHECK_FALSE(patience.ends(now - 19ms, true, now));
  CHECK(patience.ends(now - 21ms, true, now));
}

TEST_CASE("five milliseconds are never too long") {
  auto patience = used_to(1ms);
  auto const now = start + 5s;
  CHECK_FALSE(patience.ends(now - 5ms, true, now));
  CHECK(patience.ends(now - 6ms, true, now));
}

TEST_CASE("where requests take long, a queue stands later") {
  auto patience = used_to(300ms);
  CHECK_FALSE(patience.ends(start, true, start + 2900ms));
  CHECK(patience.ends(start, true, start + 3100ms));
}

TEST_CASE("a queue that was empty is young again") {
  auto patience = used_to(4ms);
  patience.note_empty(start + 5s);
  CHECK_FALSE(patience.ends(start + 5s, true, start + 5400ms));
  CHECK(patience.ends(start + 5s, true, start + 5600ms));
}

TEST_CASE("what refusing has emptied fills again: patience comes back when there was rest enough") {
  auto patience = used_to(4ms);
  CHECK(patience.ends(start, true, start + 600ms));
  patience.note_empty(start + 700ms);
  CHECK(patience.ends(start + 700ms, true, start + 710ms));
  patience.note_work(4ms);
  patience.note_rest(108ms); // 2 x 4 ms and a twentieth of 2 s
  CHECK_FALSE(patience.ends(start + 2500ms, true, start + 2600ms));
}

TEST_CASE("without rest, patience stays lost though the queue is empty now and then") {
  auto patience = used_to(4ms);
  for (auto time = start + 600ms; time < start + 10s; time += 100ms) {
    CHECK(patience.ends(time - 10ms, true, time));
    patience.note_work(4ms);
    patience.note_empty(time);
  }
}
