// Requests that turn out to be more than light work go to the pool.

#include "running_server.hpp"
#include "support/catch.hpp"

#include <mutex>
#include <thread>
#include <vector>

using namespace terracat;

namespace {

struct Call {
  bool must_be_light;
  std::thread::id thread;
};

/// Notes how its handlers were called.
struct NotingSite {
  std::mutex mutex;
  std::vector<Call> calls;
  RunningServer server{quick_settings(), [this](TestApplication& application) {
                         application.handle("/grown", [this](api::Request const& request) {
                           note(request);
                           if (request.must_be_light) return heavy_reply();
                           return text_reply("in the end\n");
                         });
                         application.handle("/pool", {.handler =
                                                          [this](api::Request const& request) {
                                                            note(request);
                                                            return text_reply("at once\n");
                                                          },
                                                      .is_light = false});
                         application.handle("/never",
                                            [](api::Request const&) { return heavy_reply(); });
                       }};

  static api::Reply heavy_reply() {
    return {.status = 0, .content_type = {}, .headers = {}, .content = api::Heavy{}};
  }

  void note(api::Request const& request) {
    std::scoped_lock const lock(mutex);
    calls.push_back({request.must_be_light, std::this_thread::get_id()});
  }
};

} // namespace

TEST_CASE("what is more than light work is done by another thread") {
  NotingSite site;
  auto client = site.server.client();
  CHECK(client.get("/grown").body == "in the end\n");
  CHECK(client.get("/hello").body == "hello\n"); // on the same connection
  REQUIRE(site.calls.size() == 2);
  CHECK(site.calls[0].must_be_light);
  CHECK_FALSE(site.calls[1].must_be_light);
  CHECK(site.calls[0].thread != site.calls[1].thread);
}

TEST_CASE("what goes to the pool at once may take its time") {
  NotingSite site;
  CHECK(site.server.client().get("/pool").body == "at once\n");
  REQUIRE(site.calls.size() == 1);
  CHECK_FALSE(site.calls[0].must_be_light);
}

TEST_CASE("a handler that the pool does not suffice is stopped") {
  NotingSite site;
  CHECK(site.server.client().get("/never").status == 500);
}
