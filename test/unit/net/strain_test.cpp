#include "net/strain.hpp"

#include "support/catch.hpp"

using namespace std::chrono_literals;
using terracat::net::Strain;
using terracat::net::TimePoint;

namespace {

constexpr TimePoint start{1h};
constexpr auto burst = 500ms;

/// Of one thread, which was not calm since `start` and is strained since 501 ms later.
Strain strained(std::size_t threads = 1) {
  Strain strain(threads, start);
  CHECK_FALSE(strain.lasts(burst, start + 500ms));
  CHECK(strain.lasts(burst, start + 501ms));
  return strain;
}

/// Two seconds in which the threads rested so long in all, ten requests of 20 ms were answered and
/// so many refused.
bool lasts_after(Strain strain, std::chrono::milliseconds rest, int refused) {
  strain.note_rest(rest);
  for (int request = 0; request < 10; ++request) strain.note_work(20ms);
  for (int request = 0; request < refused; ++request) strain.note_refusal();
  CHECK(strain.lasts(burst, start + 2500ms)); // not judged yet
  return strain.lasts(burst, start + 2501ms);
}

} // namespace

TEST_CASE("a calm moment makes a burst of what was strain in the making") {
  Strain strain(1, start);
  strain.note_calm(start + 400ms);
  CHECK_FALSE(strain.lasts(burst, start + 900ms));
  CHECK(strain.lasts(burst, start + 901ms));
}

TEST_CASE("a calm moment is no end of strain, for refusing made it") {
  auto strain = strained();
  strain.note_calm(start + 600ms);
  CHECK(strain.lasts(burst, start + 601ms));
}

TEST_CASE("strain is over when there was rest for what was refused and a twentieth to spare") {
  CHECK_FALSE(lasts_after(strained(), 1100ms, 50)); // 50 x 20 ms and 2000 ms / 20
  CHECK(lasts_after(strained(), 1099ms, 50));
  CHECK_FALSE(lasts_after(strained(), 100ms, 0));
  CHECK(lasts_after(strained(), 99ms, 0));
}

TEST_CASE("of several threads all have to be rested") {
  CHECK_FALSE(lasts_after(strained(4), 1400ms, 50));
  CHECK(lasts_after(strained(4), 1399ms, 50));
}

TEST_CASE("what is judged is the time since the last judgement") {
  auto strain = strained();
  strain.note_work(20ms);
  for (int request = 0; request < 200; ++request) strain.note_refusal();
  CHECK(strain.lasts(burst, start + 2501ms));
  strain.note_rest(100ms);
  CHECK_FALSE(strain.lasts(burst, start + 4501ms));
}

TEST_CASE("after strain that was over a whole burst is allowed again") {
  auto strain = strained();
  strain.note_rest(2s);
  CHECK_FALSE(strain.lasts(burst, start + 2501ms));
  strain.note_calm(start + 5s); // more than two seconds later
  CHECK_FALSE(strain.lasts(burst, start + 5500ms));
  CHECK(strain.lasts(burst, start + 5501ms));
  strain.note_rest(2s);
  CHECK_FALSE(strain.lasts(burst, start + 7501ms));
}

TEST_CASE("strain that comes back at once is believed sooner and judged later each time") {
  auto strain = strained();
  strain.note_rest(2s);
  CHECK_FALSE(strain.lasts(burst, start + 2501ms)); // called over
  CHECK_FALSE(strain.lasts(burst, start + 2626ms));
  CHECK(strain.lasts(burst, start + 2627ms)); // an eighth of a second, not half of one
  strain.note_rest(4s);
  CHECK(strain.lasts(burst, start + 6626ms)); // not two seconds later but four
  CHECK_FALSE(strain.lasts(burst, start + 6627ms));
  CHECK(strain.lasts(burst, start + 6753ms));
  strain.note_rest(8s);
  CHECK(strain.lasts(burst, start + 14752ms));
  CHECK_FALSE(strain.lasts(burst, start + 14753ms));
}

TEST_CASE("strain whose end nobody asked about was over long ago") {
  auto strain = strained();
  strain.note_rest(1h);
  CHECK_FALSE(strain.lasts(burst, start + 1h)); // a crowd comes, harmless again
  CHECK_FALSE(strain.lasts(burst, start + 1h + 500ms));
  CHECK(strain.lasts(burst, start + 1h + 501ms));
}
