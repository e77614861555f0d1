#include "net/pool.hpp"

#include "running_server.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <semaphore>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace terracat;
using namespace std::chrono_literals;
using net::Pool;
using net::Tools;

namespace {

/// A pool of one thread that is kept busy until open() is called.
struct BlockedPool {
  TestApplication application;
  metrics::Metrics metrics{{"1", "2", "3"}};
  std::binary_semaphore has_begun{0};
  std::binary_semaphore gate{0};
  Pool pool;

  explicit BlockedPool(std::size_t capacity) : pool(1, capacity, 1h, application, metrics) {
    pool.resume([this](Tools const&) {
      has_begun.release();
      gate.acquire();
    });
    has_begun.acquire();
  }

  void open() { gate.release(); }
};

} // namespace

TEST_CASE("new work and work that was begun take turns") {
  std::string order;
  std::binary_semaphore is_done{0};
  BlockedPool blocked(10);
  auto const note = [&](char name) { return [&order, name](Tools const&) { order += name; }; };
  for (int job = 0; job < 4; ++job) blocked.pool.resume(note('b'));
  for (int job = 0; job < 3; ++job) REQUIRE(blocked.pool.submit(note('n')));
  blocked.pool.resume([&](Tools const&) { is_done.release(); });
  blocked.open();
  REQUIRE(is_done.try_acquire_for(patience));
  CHECK(order == "nbnbnbb"); // the job that held the pool was one that was begun
}

TEST_CASE("only new work is refused when too much waits") {
  std::atomic<int> done = 0;
  BlockedPool blocked(2);
  auto const count = [&](Tools const&) { ++done; };
  CHECK(blocked.pool.submit(count));
  CHECK(blocked.pool.submit(count));
  CHECK_FALSE(blocked.pool.submit(count));
  for (int job = 0; job < 5; ++job) blocked.pool.resume(count);
  blocked.open();
  CHECK(eventually([&] { return done == 7; }));
  CHECK(blocked.pool.submit(count));
  CHECK(eventually([&] { return done == 8; }));
}

TEST_CASE("half the threads scan at a time, and as many scans wait") {
  TestApplication application;
  metrics::Metrics metrics({"1", "2", "3"});
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::atomic<int> done = 0;
  std::counting_semaphore gate{0};
  auto const scan = [&](Tools const&) {
    most = std::max(most.load(), ++running);
    gate.acquire();
    --running;
    ++done;
  };
  Pool pool(4, 10, 1h, application, metrics);
  REQUIRE(pool.submit_scan(scan));
  REQUIRE(pool.submit_scan(scan));
  REQUIRE(eventually([&] { return running == 2; }));
  CHECK(pool.submit_scan(scan));
  CHECK(pool.submit_scan(scan));
  CHECK_FALSE(pool.submit_scan(scan));
  std::atomic<int> others = 0;
  for (int job = 0; job < 5; ++job) CHECK(pool.submit([&](Tools const&) { ++others; }));
  CHECK(eventually([&] { return others == 5; })); // nobody waits behind scans
  CHECK(done == 0);
  gate.release(4);
  CHECK(eventually([&] { return done == 4; }));
  CHECK(most == 2);
}

TEST_CASE("the only thread of a pool scans, too, in turn with other work by age") {
  std::string order;
  std::binary_semaphore is_done{0};
  BlockedPool blocked(10);
  auto const note = [&](char name) { return [&order, name](Tools const&) { order += name; }; };
  REQUIRE(blocked.pool.submit(note('a')));
  REQUIRE(blocked.pool.submit_scan(note('s')));
  REQUIRE(blocked.pool.submit([&](Tools const&) {
    order += 'b';
    is_done.release();
  }));
  blocked.open();
  REQUIRE(is_done.try_acquire_for(patience));
  CHECK(order == "asb");
}

TEST_CASE("each thread of the pool has a worker of its own") {
  TestApplication application;
  metrics::Metrics metrics({"1", "2", "3"});
  std::mutex mutex;
  std::set<api::Worker const*> workers;
  std::atomic<int> running = 0;
  Pool pool(3, 10, 1h, application, metrics);
  for (int job = 0; job < 3; ++job) {
    REQUIRE(pool.submit([&](Tools const& tools) {
      {
        std::scoped_lock const lock(mutex);
        workers.insert(&tools.worker);
      }
      ++running;
      while (running < 3) std::this_thread::yield(); // until each has met a thread
    }));
  }
  REQUIRE(eventually([&] { return running == 3; }));
  std::scoped_lock const lock(mutex);
  CHECK(workers.size() == 3);
}

TEST_CASE("what has waited too long in a long queue that stands is told so") {
  std::vector<bool> told;
  std::counting_semaphore done{0};
  BlockedPool blocked(10); // of one thread: 8 may wait
  for (int job = 0; job < 10; ++job) {
    REQUIRE(blocked.pool.submit([&](Tools const& tools) {
      told.push_back(tools.is_overloaded);
      done.release();
    }));
  }
  std::this_thread::sleep_for(600ms); // nothing else makes a queue stand for long
  blocked.open();
  for (int job = 0; job < 10; ++job) REQUIRE(done.try_acquire_for(patience));
  std::vector expected(10, false);
  expected[0] = expected[1] = true; // behind them wait 9 and 8
  CHECK(told == expected);
}

TEST_CASE("as many begun requests as threads that wait are a backlog") {
  BlockedPool blocked(10);
  REQUIRE(blocked.pool.submit([](Tools const&) {}));
  CHECK_FALSE(blocked.pool.has_backlog()); // what has not begun is none
  blocked.pool.resume([](Tools const&) {});
  CHECK(blocked.pool.has_backlog());
  blocked.open();
  CHECK(eventually([&] { return !blocked.pool.has_backlog(); }));
}
