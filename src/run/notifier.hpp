#pragma once

#include "catalogue/catalogue.hpp"
#include "fetch/policy.hpp"
#include "log/logger.hpp"

#include <terracat/harvest_log.hpp>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace terracat::run {

/// How a source is, as far as somebody has to know.
enum class Standing : std::uint8_t {
  well,
  held,     ///< read whole, and removals wait for consent
  troubled, ///< its last run failed or is incomplete
};

/// Tells people when a source gets into trouble and when it is out of it again: by a request to an
/// address (webhook), by mail, or both. Of a source that stays in trouble nothing more is told.
class Notifier {
 public:
  struct Settings {
    std::string webhook;                     ///< empty: none is called
    std::vector<std::string> allow_networks; ///< that the webhook may be in, beside public ones
    std::vector<std::string> mail_to;        ///< empty: no mail is sent
    std::string mail_from;
    std::string mail_server;
    std::string title;      ///< of the site
    std::string public_url; ///< likewise; empty: not known
    fetch::Site site;

    [[nodiscard]] bool tells() const noexcept { return !webhook.empty() || !mail_to.empty(); }
  };

  /// All outlive the notifier.
  Notifier(catalogue::Catalogue& catalogue, Settings settings, log::Logger& log);
  Notifier(Notifier const&) = delete;
  Notifier& operator=(Notifier const&) = delete;
  Notifier(Notifier&&) = delete;
  Notifier& operator=(Notifier&&) = delete;

  /// Gives up what is being sent.
  ~Notifier();

  /// From now on.
  void set(Settings settings);

  /// A run has ended. Returns at once: what is to be told is sent by a thread. Thread-safe.
  void ended(Run const& run) noexcept;

 private:
  struct Notice {
    Run run;
    Standing standing = Standing::well;
    std::int64_t held = 0;
  };

  void note(Run const& run);
  void complain(Run const& run, std::string_view way, std::string_view cause);
  void remember();
  void run_until_end(std::stop_token const& stop);
  void send(Notice const& notice, Settings const& settings, std::stop_token const& stop);

  catalogue::Catalogue& catalogue_;
  log::Logger& log_;
  std::mutex mutex_; ///< guards what follows
  std::condition_variable_any changed_;
  Settings settings_;
  std::map<std::string, Standing> standings_; ///< of each source, by its last run
  std::deque<Notice> notices_;
  std::jthread thread_;
};

/// What is told, as the webhook gets it. `text` is a sentence, by which chats show it.
[[nodiscard]] std::string notice_json(Notifier::Settings const& settings, Run const& run,
                                      Standing standing, std::int64_t held);

/// The sentence.
[[nodiscard]] std::string notice_text(Notifier::Settings const& settings, Run const& run,
                                      Standing standing, std::int64_t held);

/// What is wrong with the settings, one sentence each.
[[nodiscard]] std::vector<std::string> faults_of(Notifier::Settings const& settings);

} // namespace terracat::run
