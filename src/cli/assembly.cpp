#include "cli/assembly.hpp"

#include "cli/site.hpp"
#include "cli/thesaurus.hpp"
#include "cli/version.hpp"
#include "config/load.hpp"
#include "store/stores.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace terracat::cli {
namespace {

log::Level level_for(config::Config const& config, Audience audience) {
  auto const configured = log::level_of(config.log.level).value_or(log::Level::info);
  bool const is_told_otherwise = audience == Audience::caller && ::isatty(STDERR_FILENO) == 1;
  return is_told_otherwise ? std::max(configured, log::Level::warn) : configured;
}

std::unique_ptr<store::Store> open(config::Config const& config, store::Access access) {
  auto const& path = config.store.path;
  bool const may_be_empty = access == store::Access::read && path != "memory:";
  return store::open_store(may_be_empty && !std::filesystem::exists(path) ? "memory:" : path,
                           access);
}

std::vector<std::string> faults_of_quiet(config::Config const& config) {
  std::vector<std::string> out;
  bool are_read = true;
  for (auto const& quiet : config.quiets) {
    auto const hours = run::QuietHours::parse(quiet.hours);
    are_read &= hours.has_value();
    if (!hours) out.push_back("quiet.hours: " + hours.error().detail);
    if (quiet.hours.empty()) out.emplace_back("quiet.hours: expected at least one window");
    for (auto const& name : quiet.sources) {
      if (std::ranges::find(config.sources, name, &Source::name) == config.sources.end()) {
        out.push_back("quiet.sources: there is no source '" + name + "'");
      }
    }
  }
  if (!are_read) return out;
  auto const together = run::faults_of(manners_of(config), config.sources);
  out.insert(out.end(), together.begin(), together.end());
  return out;
}

} // namespace

catalogue::Rules rules_of(config::Config const& config) {
  catalogue::Rules rules{.languages = config.site.languages,
                         .sortables = config.api.sortables,
                         .keep_removals = config.store.keep_removals,
                         .address = config.site.public_url};
  for (auto const& source : config.sources) {
    rules.sources.push_back(
        {.name = source.name, .id_prefix = source.id_prefix, .order = source.order});
  }
  return rules;
}

fetch::Site fetch_site_of(config::Config const& config) {
  auto const& own = config.harvest.user_agent;
  return {.user_agent = own.empty() ? default_user_agent() : own,
          .public_url = config.site.public_url};
}

run::Manners manners_of(config::Config const& config) {
  run::Manners out{.quiet = {}, .failures = config.harvest.rest_after};
  for (auto const& quiet : config.quiets) {
    out.quiet.push_back({.sources = quiet.sources,
                         .hosts = quiet.hosts,
                         .hours = run::QuietHours::parse(quiet.hours).value()});
  }
  return out;
}

Assembly::Assembly(config::Config const& config, Audience audience, store::Access access)
    : log_({.level = level_for(config, audience)}),
      metrics_({.version = std::string(version),
                .commit = std::string(commit),
                .sqlite = std::string(store::sqlite_version())}),
      rdf_({.program = helper::own_program(std::string(helper::rdf_mode)),
            .on_death = mourner(helper::rdf_mode)}),
      data_({.program = helper::data_program(), .on_death = mourner(helper::data_mode)}),
      catalogue_(open(config, access), rules_of(config),
                 [this](std::string const& reason) {
                   log_.error(log::event::store_io_error,
                              "the disc failed; the process ends, so that nothing is promised that "
                              "may be lost",
                              {{"cause", reason}});
                   log_.flush();
                   std::_Exit(74);
                 }),
      harvest_(catalogue_,
               {.site = fetch_site_of(config),
                .batch_size = config.harvest.batch_size,
                .rdf = &rdf_,
                .data = &data_},
               log_, metrics_),
      pauses_(config.store.path) {
  for (auto const mode : {helper::rdf_mode, helper::data_mode}) {
    metrics_.helper_crashes(mode).add(0); // an alert on what does not exist is silent
  }
}

std::function<void(std::string const&)> Assembly::mourner(std::string_view helper) {
  return [this, helper](std::string const& how) {
    metrics_.helper_crashes(helper).add();
    log_.warn(log::event::helper_died,
              "a document made the process end that read it, or was too much for it",
              {{"helper", helper}, {"cause", how}});
  };
}

void check_sources(config::Config const& config) {
  std::vector<std::string> faults;
  for (auto const& source : config.sources) {
    auto const found = run::faults_of(source);
    faults.insert(faults.end(), found.begin(), found.end());
  }
  auto const of_quiet = faults_of_quiet(config);
  faults.insert(faults.end(), of_quiet.begin(), of_quiet.end());
  auto const of_notices = run::faults_of(notify_settings_of(config));
  faults.insert(faults.end(), of_notices.begin(), of_notices.end());
  for (auto const& vocabulary : published(config)) {
    auto const found = run::faults_of(vocabulary);
    faults.insert(faults.end(), found.begin(), found.end());
  }
  auto const of_rules = faults_of_rules(config);
  faults.insert(faults.end(), of_rules.begin(), of_rules.end());
  if (!faults.empty()) throw config::ConfigError(std::move(faults));
}

Source import_source(config::Config const& config, std::string const& name) {
  auto const found = std::ranges::find(config.sources, name, &Source::name);
  if (found != config.sources.end()) {
    if (found->kind == "push") return *found;
    throw config::ConfigError({"the source '" + name + "' is harvested (its kind is '" +
                               found->kind +
                               "'), and its next complete run would remove what is imported into "
                               "it; name another source, or one of the kind 'push'"});
  }
  Source source{.name = name, .title = name, .kind = "push", .address = {}};
  source.order = static_cast<std::uint32_t>(config.sources.size());
  return source;
}

} // namespace terracat::cli
