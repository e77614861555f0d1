// What is written while the writer has something else to do.

#include "api/site_under_test.hpp"
#include "support/catch.hpp"

#include <future>
#include <utility>

using namespace terracat;
using namespace std::chrono_literals;
using test::Question;

namespace {

Question new_item(std::string const& id) {
  return {.method = "POST",
          .target = "/stac/collections/rain/items",
          .headers = {{"X-API-Key", "the key of the cases"}, {"Content-Type", "application/json"}},
          .body = R"({"type":"Feature","stac_version":"1.1.0","geometry":null,"id":")" + id +
                  R"(","properties":{"datetime":"2024-06-01T00:00:00Z"}})"};
}

/// Keeps the writer busy until it is told to go on.
class BusyWriter {
 public:
  explicit BusyWriter(catalogue::Catalogue& catalogue) {
    std::promise<void> begun;
    auto is_busy = begun.get_future();
    mended_ = catalogue.mend(
        [this, is_first = true,
         begun = std::make_shared<std::promise<void>>(std::move(begun))](double) mutable {
          if (!is_first) return;
          is_first = false;
          begun->set_value();
          may_go_on_.get_future().wait();
        });
    is_busy.wait();
  }

  void go_on() {
    may_go_on_.set_value();
    mended_.get();
  }

 private:
  std::promise<void> may_go_on_;
  std::future<std::vector<std::string>> mended_;
};

} // namespace

TEST_CASE("who writes waits without a thread") {
  for (auto const& store : test::stores()) {
    test::SiteUnderTest site(std::filesystem::path(TERRACAT_API_CASES) / "writable", store);
    BusyWriter writer(site.catalogue());
    auto question = new_item("waits");
    int waits = 0;
    question.while_waiting = [&] {
      if (waits++ == 0) writer.go_on();
    };
    auto const answer = site.ask(question);
    CHECK(answer.status == 201);
    CHECK(waits >= 1);
  }
}

TEST_CASE("who is not told in time what became of it is told where to look") {
  for (auto const& store : test::stores()) {
    test::SiteUnderTest site(std::filesystem::path(TERRACAT_API_CASES) / "writable", store);
    BusyWriter writer(site.catalogue());
    auto question = new_item("late");
    question.time = 150ms;
    auto const answer = site.ask(question);
    CHECK(answer.status == 503);
    CHECK(answer.body.find(R"("code":"outcome-unknown")") != std::string::npos);
    CHECK(answer.body.find("https://data.example/stac/collections/rain/items/late") !=
          std::string::npos);
    writer.go_on();
    // Behind it in the queue, so that it has been committed when this has.
    CHECK(site.ask(new_item("late")).status == 409);
    CHECK(site.ask({.target = "/stac/collections/rain/items/late"}).status == 200);
  }
}

TEST_CASE("what is written is no failure if it cannot be shown") {
  for (auto const& store : test::stores()) {
    test::SiteUnderTest site(std::filesystem::path(TERRACAT_API_CASES) / "writable", store);
    BusyWriter writer(site.catalogue());
    auto question = new_item("brief");
    int waits = 0;
    int status = 0;
    question.while_waiting = [&] {
      if (waits++ > 0) return;
      writer.go_on();
      status = site.ask({.method = "DELETE",
                         .target = "/stac/collections/rain",
                         .headers = {{"X-API-Key", "the key of the cases"}}})
                   .status;
    };
    auto const answer = site.ask(question);
    CHECK(status == 204);
    CHECK(answer.status == 201);
    CHECK(answer.body == "{}");
    CHECK(answer.header("Location") == "https://data.example/stac/collections/rain/items/brief");
  }
}

TEST_CASE("what was removed meanwhile is removed") {
  for (auto const& store : test::stores()) {
    test::SiteUnderTest site(std::filesystem::path(TERRACAT_API_CASES) / "writable", store);
    BusyWriter writer(site.catalogue());
    Question question{.method = "DELETE",
                      .target = "/stac/collections/rain/items/r-1",
                      .headers = {{"X-API-Key", "the key of the cases"}}};
    auto other = question;
    other.while_waiting = [&, is_first = true]() mutable {
      if (std::exchange(is_first, false)) writer.go_on();
    };
    int status = 0;
    question.while_waiting = [&, is_first = true]() mutable {
      if (std::exchange(is_first, false)) status = site.ask(other).status;
    };
    CHECK(site.ask(question).status == 204);
    CHECK(status == 204);
  }
}

TEST_CASE("a patch makes nothing larger than what may be sent") {
  for (auto const& store : test::stores()) {
    test::SiteUnderTest site(std::filesystem::path(TERRACAT_API_CASES) / "writable", store);
    site.change([](api::Site& settings) { settings.transactions->max_body_bytes = 600; });
    Question question{.method = "PATCH",
                      .target = "/stac/collections/rain/items/r-1",
                      .headers = {{"X-API-Key", "the key of the cases"},
                                  {"Content-Type", "application/json-patch+json"}},
                      .body = R"([{"op":"copy","from":"","path":"/properties/whole"}])"};
    CHECK(site.ask(question).status == 204);
    CHECK(site.ask(question).status == 400);
  }
}
