// What operators are told of sources, and what is not told twice (test/feature/test_notify.py has
// the rest).

#include "run/notifier.hpp"

#include "fetch/mail.hpp"

#include <terracat/json.hpp>

#include "support/catch.hpp"

using namespace terracat;
using run::Notifier;
using run::Standing;

namespace {

Notifier::Settings settings() {
  return {.webhook = "https://chat.example.org/hook",
          .allow_networks = {},
          .mail_to = {"a@example.org"},
          .mail_from = "terracat@example.org",
          .mail_server = "smtp://mail.example.org:25",
          .title = "Centre",
          .public_url = "https://data.example",
          .site = {}};
}

Run failed_run() {
  return {.number = RunNumber{12},
          .source = "rain",
          .mode = "full",
          .started = model::Instant(0),
          .finished = model::Instant(1'000),
          .outcome = RunOutcome::failed,
          .message = "no answer",
          .counts = {.created = 3}};
}

} // namespace

TEST_CASE("a notice is a sentence, and what programs want to know") {
  auto run = failed_run();
  CHECK(notice_text(settings(), run, Standing::troubled, 0) ==
        "Centre: the source rain could not be read: no answer (run 12). "
        "https://data.example/en/operator/runs/12");
  run.outcome = RunOutcome::incomplete;
  run.message.clear();
  auto quiet = settings();
  quiet.public_url.clear();
  CHECK(notice_text(quiet, run, Standing::troubled, 0) ==
        "Centre: the source rain was not read whole (run 12)");
  run.outcome = RunOutcome::complete;
  CHECK(notice_text(quiet, run, Standing::well, 0) ==
        "Centre: the source rain is well again: read whole, and nothing waits (run 12)");
  CHECK(notice_text(quiet, run, Standing::held, 40) ==
        "Centre: the source rain has 40 removals that wait for `terracat harvest rain "
        "--accept-deletions` (run 12)");
  auto const document =
      json::Document::parse(notice_json(settings(), failed_run(), Standing::troubled, 0));
  REQUIRE(document);
  auto const root = document->root();
  CHECK(root.string("event") == "harvest.troubled");
  CHECK(root.string("source") == "rain");
  CHECK(root.string("outcome") == "failed");
  CHECK(root.string("message") == "no answer");
  CHECK(root.member("run")->integer() == 12);
  CHECK(root.member("created")->integer() == 3);
  CHECK(root.string("href") == "https://data.example/en/operator/runs/12");
}

TEST_CASE("who is to be told has to be reachable") {
  CHECK(run::faults_of(settings()).empty());
  CHECK(run::faults_of(Notifier::Settings()).empty()); // nobody is told
  auto const faults = [](auto const& change) {
    auto wrong = settings();
    change(wrong);
    return run::faults_of(wrong).size();
  };
  CHECK(faults([](auto& one) { one.mail_to = {"a@example.org", "b"}; }) == 1);
  CHECK(faults([](auto& one) { one.mail_to = {"a@example.org>\r\nBcc: <b@example.org"}; }) == 1);
  CHECK(faults([](auto& one) { one.mail_from = ""; }) == 1);
  CHECK(faults([](auto& one) { one.mail_server = "mail.example.org"; }) == 1);
  CHECK(faults([](auto& one) { one.allow_networks = {"everywhere"}; }) == 1);
  CHECK(fetch::is_mail_address("a.b+c@example.org"));
  CHECK_FALSE(fetch::is_mail_address("@example.org"));
  CHECK_FALSE(fetch::is_mail_address("a@"));
  CHECK_FALSE(fetch::is_mail_address("a@b@c"));
}
