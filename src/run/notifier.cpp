#include "run/notifier.hpp"

#include "fetch/curl_fetcher.hpp"
#include "fetch/mail.hpp"

#include <terracat/json.hpp>
#include <terracat/problem.hpp>
#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::run {
namespace {

constexpr std::size_t most_notices = 100;    ///< that wait; the oldest go first
constexpr std::size_t most_runs_before = 20; ///< that are looked at

std::string number_of(Run const& run) {
  return std::to_string(static_cast<std::int64_t>(run.number));
}

/// The page on which operators read of it.
std::string page_of(Notifier::Settings const& settings, Run const& run) {
  if (settings.public_url.empty()) return {};
  return settings.public_url + "/en/operator/runs/" + number_of(run);
}

std::string_view name(Standing standing) noexcept {
  switch (standing) {
  case Standing::well:
    return "harvest.recovered";
  case Standing::held:
    return "harvest.held";
  case Standing::troubled:
    break;
  }
  return "harvest.troubled";
}

/// A run that says how a source is: one that was interrupted goes on, an import asks nobody.
bool is_telling(Run const& run) noexcept {
  bool const is_over = run.outcome == RunOutcome::complete || run.outcome == RunOutcome::failed ||
                       run.outcome == RunOutcome::incomplete;
  return is_over && run.mode != "import" && run.mode != "remove" && run.mode != "replay";
}

Standing standing_of(Run const& run, std::int64_t held) noexcept {
  if (run.outcome != RunOutcome::complete) return Standing::troubled;
  return held > 0 ? Standing::held : Standing::well;
}

Source source_of(Notifier::Settings const& settings) {
  Source out{.name = "notify", .address = settings.webhook};
  out.allow_networks = settings.allow_networks;
  out.retries = 3;
  return out;
}

} // namespace

Notifier::Notifier(catalogue::Catalogue& catalogue, Settings settings, log::Logger& log)
    : catalogue_(catalogue), log_(log), settings_(std::move(settings)) {
  remember();
  thread_ = std::jthread([this](std::stop_token const& stop) { run_until_end(stop); });
}

Notifier::~Notifier() {
  thread_.request_stop();
  thread_.join();
}

void Notifier::set(Settings settings) {
  std::scoped_lock const lock(mutex_);
  settings_ = std::move(settings);
}

/// As the runs before this process left the sources.
void Notifier::remember() {
  auto const session = catalogue_.session();
  auto& reader = session->reader();
  reader.begin();
  for (auto const& source : reader.sources()) {
    auto const runs = reader.runs(source, most_runs_before);
    auto const last = std::ranges::find_if(runs, is_telling);
    if (last == runs.end()) continue;
    standings_[source] = standing_of(*last, reader.source(source).held);
  }
  reader.end();
}

void Notifier::ended(Run const& run) noexcept {
  try {
    if (is_telling(run)) note(run);
  } catch (std::exception const& error) { // the run is over, whether it can be told or not
    complain(run, "catalogue", error.what());
  }
}

void Notifier::complain(Run const& run, std::string_view way, std::string_view cause) {
  log_.error(log::event::notice_failed, "no operator could be told how a source is",
             {{"source", run.source}, {"way", way}, {"cause", cause}});
}

void Notifier::note(Run const& run) {
  auto const session = catalogue_.session();
  auto& reader = session->reader();
  reader.begin();
  auto const held = reader.source(run.source).held;
  reader.end();
  auto const standing = standing_of(run, held);
  std::scoped_lock const lock(mutex_);
  auto& known = standings_[run.source]; // one that is new was well
  if (std::exchange(known, standing) == standing || !settings_.tells()) return;
  if (notices_.size() == most_notices) notices_.pop_front();
  notices_.push_back({.run = run, .standing = standing, .held = held});
  changed_.notify_all();
}

void Notifier::run_until_end(std::stop_token const& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !notices_.empty(); })) {
    auto const notice = std::move(notices_.front());
    notices_.pop_front();
    auto const settings = settings_;
    lock.unlock();
    send(notice, settings, stop);
    lock.lock();
  }
}

void Notifier::send(Notice const& notice, Settings const& settings, std::stop_token const& stop) {
  auto const& run = notice.run;
  auto const standing = notice.standing;
  auto const held = notice.held;
  auto const attempt = [&](std::string_view way, auto const& work) {
    try {
      work();
      log_.info(log::event::notice_sent, "an operator was told how a source is",
                {{"source", run.source}, {"event", name(standing)}, {"way", way}});
    } catch (fetch::FetchError const& error) { // what it says names the address, which is a secret
      if (!stop.stop_requested()) complain(run, way, fetch::public_sentence(error));
    } catch (std::exception const& error) {
      complain(run, way, error.what());
    }
  };
  if (!settings.webhook.empty()) {
    attempt("webhook", [&] {
      fetch::CurlFetcher fetcher(fetch::policy_of(source_of(settings), settings.site));
      static_cast<void>(fetcher.fetch({.url = settings.webhook,
                                       .method = "POST",
                                       .body = notice_json(settings, run, standing, held),
                                       .content_type = "application/json"},
                                      stop));
    });
  }
  if (settings.mail_to.empty()) return;
  attempt("mail", [&] {
    fetch::send_mail(settings.mail_server,
                     {.from = settings.mail_from,
                      .to = settings.mail_to,
                      .subject = "[terracat] " + run.source + ": " + std::string(name(standing)),
                      .text = notice_text(settings, run, standing, held) + "\n"},
                     stop);
  });
}

std::string notice_text(Notifier::Settings const& settings, Run const& run, Standing standing,
                        std::int64_t held) {
  auto text = settings.title + ": the source " + run.source;
  if (standing == Standing::well) text += " is well again: read whole, and nothing waits";
  if (standing == Standing::held) {
    text += " has " + std::to_string(held) + " removals that wait for `terracat harvest " +
            run.source + " --accept-deletions`";
  }
  if (standing == Standing::troubled) {
    text += run.outcome == RunOutcome::failed ? " could not be read" : " was not read whole";
    if (!run.message.empty()) text += ": " + run.message;
  }
  text += " (run " + number_of(run) + ")";
  auto const page = page_of(settings, run);
  return page.empty() ? text : text + ". " + page;
}

std::string notice_json(Notifier::Settings const& settings, Run const& run, Standing standing,
                        std::int64_t held) {
  json::Writer out;
  out.begin_object().name("event").string(name(standing));
  out.name("text").string(notice_text(settings, run, standing, held));
  out.name("site").string(settings.title).name("source").string(run.source);
  out.name("run").integer(static_cast<std::int64_t>(run.number));
  out.name("outcome").string(terracat::name(run.outcome)).member("message", run.message);
  out.name("held_removals").integer(held);
  for (auto const& row : count_table) out.name(row.name).integer(run.counts.*row.count);
  out.member("href", page_of(settings, run));
  return out.end_object().take();
}

std::vector<std::string> faults_of(Notifier::Settings const& settings) {
  std::vector<std::string> out;
  try {
    static_cast<void>(fetch::policy_of(source_of(settings), settings.site));
  } catch (ProblemError const& error) {
    out.push_back("notify." + error.problem().detail);
  }
  if (settings.mail_to.empty()) return out;
  for (auto const& address : settings.mail_to) {
    if (!fetch::is_mail_address(address)) {
      out.push_back("notify.mail_to: '" + address + "' is no mail address");
    }
  }
  if (!fetch::is_mail_address(settings.mail_from)) {
    out.emplace_back("notify.mail_from: expected the mail address that it is sent from");
  }
  auto const& server = settings.mail_server;
  if (!server.starts_with("smtp://") && !server.starts_with("smtps://")) {
    out.emplace_back("notify.mail_server: expected an address such as smtp://mail.example.org:25");
  }
  return out;
}

} // namespace terracat::run
