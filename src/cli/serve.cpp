#include "cli/commands.hpp"
#include "cli/condition.hpp"
#include "cli/hand_over.hpp"
#include "cli/load.hpp"
#include "cli/plan.hpp"
#include "cli/server_orders.hpp"
#include "cli/site.hpp"
#include "cli/structure_proof.hpp"
#include "cli/supervisor.hpp"
#include "cli/thesaurus.hpp"

#include "api/generations.hpp"
#include "config/changes.hpp"
#include "config/load.hpp"
#include "jobs/address.hpp"
#include "jobs/door.hpp"
#include "run/vocabulary_schedule.hpp"

#include <terracat/text.hpp>

#include <boost/system/system_error.hpp>

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>
#include <system_error>

namespace terracat::cli {
namespace {

/// By which the thread that fetches vocabularies tells the main one.
constexpr int vocabularies_brought = SIGUSR1;

sigset_t signal_set(std::initializer_list<int> signals) {
  sigset_t out;
  sigemptyset(&out);
  for (auto const signal : signals) sigaddset(&out, signal);
  return out;
}

/// The configuration with what the command line says instead. \throws config::ConfigError
config::Config completed(config::Config config, Serve const& options) {
  if (!options.listen.empty()) config.server.listen = options.listen;
  if (!options.public_url.empty()) config.site.public_url = options.public_url;
  config::check_again(config);
  check_sources(config);
  return config;
}

void write_port(std::string const& path, std::uint16_t port) {
  if (path.empty()) return;
  std::ofstream file(path, std::ios::trunc);
  file << port << '\n';
}

/// A running site.
class Serving {
 public:
  /// \pre SIGINT, SIGTERM, SIGHUP and vocabularies_brought are blocked
  Serving(config::Config config, Serve const& options)
      : options_(options),
        config_(std::make_shared<config::Config const>(std::move(config))),
        started_(config_),
        assembly_(*config_, Audience::operators,
                  options.read_only ? store::Access::still : store::Access::serve),
        condition_(assembly_, backup_plan()),
        access_log_({.descriptor = config_->log.access ? 2 : -1}),
        apis_(assembly_.catalogue(), assembly_.log()),
        settings_(settings_of(*config_)) {
    assembly_.catalogue().on_commit([this](Revision revision) { tell(revision); });
    assembly_.catalogue().on_checkpoint(
        [this](double seconds) { assembly_.metrics().store_checkpoint_duration.observe(seconds); });
    assembly_.catalogue().on_damage([this](std::size_t count) {
      assembly_.metrics().store_corrupt.add(static_cast<double>(count));
    });
    assembly_.catalogue().on_unreadable([this](RecordNumber number, std::string const& why) {
      assembly_.metrics().store_corrupt.add();
      assembly_.log().error(log::event::store_record_unreadable,
                            "a record is damaged; searches do without it until its source tells of "
                            "it anew",
                            {{"record", static_cast<std::int64_t>(number)}, {"cause", why}});
    });
    condition_.tell_sources(config_->sources);
  }

  void run() {
    schemas_ = read_schemas(*config_);
    guides_ = read_guides(*config_);
    look_ = read_look(*config_);
    read_vocabularies();
    apis_.begin(site());
    net::Server server(settings_, apis_, assembly_.log(), access_log_, assembly_.metrics());
    auto const port = open_port(server);
    url_ = local_url(settings_, port);
    auto const address = config_->site.public_url.empty() ? url_ : config_->site.public_url;
    apis_.learn_address(address);
    assembly_.catalogue().index_items({}, [this](index::Built const& built) { tell(built); });
    assembly_.catalogue().prepare_records();
    server.start();
    write_port(options_.port_file, port);
    std::optional<StructureProof> proof; // of a file that nobody writes it has been made
    if (!options_.read_only) {
      if (config_->store.path != "memory:") proof.emplace(assembly_, condition_);
      open_for_writers();
    }
    std::cout << "serving on " << address << "/ (stop with Ctrl-C)" << std::endl;
    auto const watch = supervisor_.watch([&] { return condition_.is_alive(server); });
    supervisor_.ready();
    until_end(server);
  }

 private:
  /// On the writer's thread.
  void tell(Revision revision) {
    auto& metrics = assembly_.metrics();
    metrics.store_revision.set(static_cast<double>(revision.sequence));
    metrics.store_commit_duration.observe(assembly_.catalogue().writer_figures().last_seconds);
  }

  /// Of the catalogue that is served, whatever a configuration that was read since says.
  [[nodiscard]] backup::Plan backup_plan() const {
    auto plan = plan_of(*config_);
    plan.catalogue = started_->store.path;
    return plan;
  }

  void tell(index::Built const& built) {
    ::malloc_trim(0); // what building took, which else stays with the allocator
    if (!built.failure.empty()) {
      assembly_.log().error(log::event::index_failed,
                            "items are searched without an index, which takes longer",
                            {{"cause", built.failure}});
      return;
    }
    assembly_.log().info(log::event::index_built, "the index of items is there",
                         {{"items", static_cast<std::int64_t>(built.items)},
                          {"bytes", static_cast<std::int64_t>(built.bytes)},
                          {"from", built.is_loaded ? "segments" : "items"},
                          {"changes", static_cast<std::int64_t>(built.changes)},
                          {"cause", built.refusal},
                          {"seconds", built.seconds},
                          {"seconds_to_first", built.seconds_to_first}});
  }

  [[nodiscard]] std::shared_ptr<config::Config const> config() const {
    std::scoped_lock const lock(mutex_);
    return config_;
  }

  void tell_idle_rules(catalogue::ConceptRules const& rules, vocabulary::Thesaurus const& all) {
    for (auto const& rule : rules) {
      if (catalogue::concept_of(all, rule)) continue;
      assembly_.log().warn(log::event::config_rule_idle,
                           "no vocabulary has the compartment of a rule, so it does nothing",
                           {{"rule", rule.name}, {"compartment", rule.leads_to}});
    }
  }

  /// What did not change is not looked up again in what all records say.
  void read_vocabularies() {
    auto made = load_thesaurus(*config_, assembly_.rdf(), assembly_.log(), thesaurus_);
    auto languages = config_->site.languages;
    auto rules = std::make_shared<catalogue::ConceptRules const>(concept_rules_of(*config_));
    bool const is_same = thesaurus_ != nullptr && made->digest() == thesaurus_->digest() &&
                         *rules == *concept_rules_;
    if (is_same && languages == concept_languages_) return;
    auto const former = languages == concept_languages_ ? concepts_ : nullptr;
    auto concepts = assembly_.catalogue().concept_index(made, languages, former, rules);
    concepts->begin();
    tell_idle_rules(*rules, *made);
    // Nothing throws from here: what failed before is made anew by the next reload.
    concepts_ = std::move(concepts);
    concept_languages_ = std::move(languages);
    concept_rules_ = std::move(rules);
    thesaurus_ = std::move(made);
  }

  [[nodiscard]] api::Site site() {
    auto out = site_of(*config_);
    out.thesaurus = thesaurus_;
    out.concepts = concepts_;
    out.guides = guides_;
    out.look = look_;
    out.readiness = [this] { return condition_.unready(); };
    out.backups = [this] { return condition_.backups(); };
    out.on_store_fault = [this](store::StoreError const& error) { condition_.count_fault(error); };
    out.standstills = [settings = config_, &pauses = assembly_.pauses()](store::Reader& reader) {
      return standstills_of(*settings, pauses, reader);
    };
    out.metrics = [this] { return condition_.metrics_text(); };
    if (out.public_url.empty()) out.public_url = url_;
    out.sortables = started_->api.sortables;
    if (options_.read_only) return out;
    out.orders = orders_;
    open_for_transactions(out, *config_, schemas_);
    return out;
  }

  /// \throws ListenError
  std::uint16_t open_port(net::Server& server) const {
    try {
      return server.open();
    } catch (boost::system::system_error const& error) {
      throw ListenError("cannot listen on " + config_->server.listen + ": " +
                        error.code().message());
    }
  }

  [[nodiscard]] run::Timetable timetable() {
    return run::timetable_of(config_->sources, manners_of(*config_), assembly_.catalogue());
  }

  void open_for_writers() {
    notifier_.emplace(assembly_.catalogue(), notify_settings_of(*config_), assembly_.log());
    assembly_.harvest().on_end([this](Run const& run) { notifier_->ended(run); });
    schedule_.emplace(timetable(), config_->harvest.parallel_runs, assembly_.harvest(),
                      assembly_.pauses(), assembly_.log(),
                      [this] { return condition_.may_harvest(); });
    orders_->tell(&*schedule_);
    open_door();
    begin_backups();
    begin_fetching();
  }

  /// Lets commands hand over their work. A site without that door serves all the same.
  void open_door() {
    auto const& catalogue = config_->store.path;
    if (catalogue == "memory:") return;
    try {
      door_.emplace(
          jobs::socket_of(catalogue),
          [this](std::string const& command, jobs::Caller& caller) {
            auto const settings = config(); // kept for the whole job
            return do_job({*settings, assembly_.catalogue(), assembly_.harvest(),
                           assembly_.pauses(), &*schedule_},
                          command, caller, assembly_.log());
          },
          assembly_.log());
    } catch (store::StoreError const& error) {
      assembly_.log().warn(log::event::job_refused, "commands cannot hand over work to this server",
                           {{"cause", error.what()}});
    }
  }

  /// A backup in progress goes on unless it is to be made otherwise.
  void begin_backups() {
    auto plan = backup_plan();
    if (backups_ && backups_->plan() == plan) return;
    backups_.reset();
    if (!plan.folder.empty()) backups_.emplace(std::move(plan), assembly_.log());
  }

  /// What is being fetched is begun anew if anything of it is to be otherwise.
  void begin_fetching() {
    auto wanted = published(*config_);
    auto site = fetch_site_of(*config_);
    if (fetching_ && wanted == published_ && site == fetched_as_) return;
    fetching_.reset();
    published_ = wanted;
    fetched_as_ = site;
    fetching_.emplace(std::move(wanted), std::move(site), assembly_.rdf(), assembly_.log(),
                      [] { ::kill(::getpid(), vocabularies_brought); });
  }

  /// Waits for SIGINT or SIGTERM: the first lets what is under way end, the second drops it. No
  /// harvest begins any more, and those in progress stop at their next page.
  void until_end(net::Server& server) {
    auto const all = signal_set({SIGINT, SIGTERM, SIGHUP, vocabularies_brought});
    for (int signal = SIGHUP; signal != SIGINT && signal != SIGTERM;) {
      sigwait(&all, &signal);
      if (signal == SIGHUP) reload();
      if (signal == vocabularies_brought) take_vocabularies();
    }
    supervisor_.stopping();
    condition_.drain();
    server.stop();
    std::jthread const impatience([&](std::stop_token const& ending) {
      auto const ends = signal_set({SIGINT, SIGTERM});
      timespec const pause{.tv_sec = 0, .tv_nsec = 100'000'000};
      while (!ending.stop_requested()) {
        if (sigtimedwait(&ends, nullptr, &pause) > 0) server.stop();
      }
    });
    fetching_.reset();
    backups_.reset();
    door_.reset(); // its jobs use the schedule
    orders_->tell(nullptr);
    schedule_.reset();
    server.wait();
  }

  void reload() {
    supervisor_.reloading();
    complete_later([this] { take_over(completed(load(options_.common), options_)); });
    supervisor_.ready();
  }

  /// They were fetched; all else stays as it is.
  void take_vocabularies() {
    complete_later([this] {
      read_vocabularies();
      apis_.begin(site());
    });
  }

  /// What does not come to its end for want of something, the next reload completes.
  template<class Work>
  void complete_later(Work const& work) {
    try {
      work();
    } catch (config::ConfigError const& error) {
      assembly_.log().error(log::event::config_refused,
                            "the configuration is wrong; nothing has changed",
                            {{"cause", error.what()}});
    } catch (store::StoreError const& error) { // as without descriptors
      tell_partial_reload(error);
    } catch (std::bad_alloc const& error) {
      tell_partial_reload(error);
    } catch (std::system_error const& error) { // as without threads
      tell_partial_reload(error);
    }
  }

  void tell_partial_reload(std::exception const& error) {
    assembly_.log().error(log::event::config_refused,
                          "the configuration was taken over in part; reload it again",
                          {{"cause", error.what()}});
  }

  void take_over(config::Config next) {
    auto schemas = read_schemas(next); // may end it all, as the next
    auto guides = read_guides(next);
    auto look = read_look(next);
    auto const changed = config::changes(*config_, next);
    auto const waiting = config::waiting_changes(*started_, next);
    {
      std::scoped_lock const lock(mutex_);
      config_ = std::make_shared<config::Config const>(std::move(next));
    }
    schemas_ = std::move(schemas);
    guides_ = std::move(guides);
    look_ = std::move(look);
    auto rules = rules_of(*config_);
    rules.sortables = started_->api.sortables;
    assembly_.catalogue().set_rules(std::move(rules));
    read_vocabularies();
    apis_.begin(site());
    assembly_.harvest().set_site(fetch_site_of(*config_));
    assembly_.log().set_level(log::level_of(config_->log.level).value_or(log::Level::info));
    condition_.set_plan(backup_plan());
    condition_.tell_sources(config_->sources);
    if (schedule_) {
      notifier_->set(notify_settings_of(*config_));
      schedule_->replace(timetable());
      begin_backups();
      begin_fetching();
    }
    assembly_.log().info(log::event::config_reloaded, "the configuration was read again",
                         {{"changed", listed(changed)}, {"needs_restart", listed(waiting)}});
  }

  Serve options_;
  Supervisor supervisor_;
  mutable std::mutex mutex_; ///< guards config_ for other threads than this
  std::shared_ptr<config::Config const> config_;
  std::shared_ptr<config::Config const> started_; ///< what cannot change is of this one
  Assembly assembly_;
  Condition condition_;
  log::AccessLog access_log_;
  api::Generations apis_;
  // Of this thread alone; shared with the generations of settings.
  std::shared_ptr<vocabulary::Thesaurus const> thesaurus_;
  std::shared_ptr<catalogue::ConceptIndex> concepts_;
  std::shared_ptr<catalogue::ConceptRules const> concept_rules_; ///< by which they are
  std::vector<std::string> concept_languages_;                   ///< that it was made for
  std::shared_ptr<json::SchemaSet const> schemas_;
  std::shared_ptr<std::vector<pages::Guide> const> guides_;
  std::shared_ptr<pages::Look const> look_;
  net::Settings settings_;
  std::string url_;                       ///< of a site that has no public one
  std::optional<run::Notifier> notifier_; // of runs of the schedule and the door
  std::optional<run::Schedule> schedule_;
  std::shared_ptr<ServerOrders> orders_ =
      std::make_shared<ServerOrders>(assembly_, [this] { return config(); });
  std::optional<jobs::Door> door_;
  std::optional<backup::Schedule> backups_;
  std::vector<run::PublishedVocabulary> published_; ///< that are fetched
  fetch::Site fetched_as_;
  std::optional<run::VocabularySchedule> fetching_;
};

} // namespace

int run(config::Config const& given, Serve const& options) {
  auto config = completed(given, options);
  auto const signals = signal_set({SIGINT, SIGTERM, SIGHUP, vocabularies_brought});
  pthread_sigmask(SIG_BLOCK, &signals, nullptr); // inherited by every thread from here on
  Serving(std::move(config), options).run();
  return success;
}

} // namespace terracat::cli
