#include "api/generations.hpp"
#include "store/files.hpp"
#include "store/stores.hpp"
#include "support/catch.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace terracat::test {
namespace {

/// A site without content whose settings change.
struct ChangingSite {
  Descriptor nowhere{::open("/dev/null", O_WRONLY | O_CLOEXEC)}; // NOLINT: C interface
  log::Logger log{{.descriptor = nowhere.number()}};
  catalogue::Catalogue catalogue{store::open_store("memory:", store::Access::write), {}, {}};
  api::Generations apis{catalogue, log};

  void title(std::string const& title) {
    apis.begin({.title = title,
                .public_url = "http://site.example",
                .roots = api::roots_of(title, "", {})});
  }

  [[nodiscard]] static std::string answered(api::Application& by, api::Head const& head) {
    auto const worker = by.worker();
    auto const deadline = std::chrono::steady_clock::time_point::max();
    auto const reply = by.answer({.head = head, .body = {}, .deadline = deadline}, *worker);
    auto const body = json::Document::parse(std::get<api::Text>(reply.content).bytes);
    return std::string(body->root().string("title").value_or(""));
  }
};

} // namespace

TEST_CASE("settings are kept as long as a request that they began") {
  ChangingSite site;
  site.title("First");
  api::Head const head{.path = "/stac"};
  auto plan = site.apis.plan(head);
  std::weak_ptr<api::Application> const first = plan.answerer;
  site.title("Second");
  REQUIRE(first.lock());
  CHECK(ChangingSite::answered(*plan.answerer, head) == "First");
  CHECK(ChangingSite::answered(site.apis, head) == "Second");
  plan = site.apis.plan(head);
  CHECK_FALSE(first.lock()); // nobody needs them any more
  CHECK(plan.route == "/stac");
}

} // namespace terracat::test
