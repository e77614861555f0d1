#include "cli/assembly.hpp"
#include "cli/commands.hpp"
#include "cli/run_text.hpp"
#include "cli/site.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "cli/work.hpp"

#include "catalogue/kept_cursor.hpp"
#include "catalogue/proof.hpp"
#include "config/load.hpp"
#include "store/stores.hpp"

#include <terracat/format.hpp>
#include <terracat/kind.hpp>
#include <terracat/link.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace terracat::cli {
namespace {

void print_row(std::string_view a, std::string_view b, std::string_view c) {
  std::cout << std::left << std::setw(20) << plain_line(a) << ' ' << std::setw(12) << plain_line(b)
            << ' ' << plain_line(c) << '\n';
}

std::vector<store::Fault> faults_of(config::Config const& config) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  ProgressLine line("check");
  auto faults = store->check(store::Depth::whole, [&](double done) { line.show(done / 2); });
  auto const reader = store->reader();
  auto const contradictions = catalogue::prove(*reader, {.languages = config.site.languages},
                                               [&](double done) { line.show(0.5 + done / 2); });
  faults.insert(faults.end(), contradictions.begin(), contradictions.end());
  return faults;
}

void print_json(std::string const& path, std::vector<store::Fault> const& faults) {
  json::Writer out;
  out.begin_object().name("store").string(path).name("sound").boolean(faults.empty());
  out.name("faults").begin_array();
  for (auto const& fault : faults) out.string(fault);
  std::cout << out.end_array().end_object().take() << '\n';
}

std::string kept_text(store::Reader& reader, std::string const& source) {
  auto const holdings = reader.holdings(source);
  auto text = ", " + std::to_string(holdings.records) + " records";
  if (holdings.items > 0) text += ", " + std::to_string(holdings.items) + " items";
  if (holdings.missing > 0) text += ", " + std::to_string(holdings.missing) + " missing";
  return text;
}

std::string held_text(SourceState const& state) {
  if (state.held == 0) return {};
  return ", MassDeletionHeld: " + std::to_string(state.held) +
         " removals wait for `terracat harvest " + state.name + " --accept-deletions`";
}

/// Why no run of a source begins by itself; empty: nothing keeps one.
std::string standstill_text(Source const& source, run::Pauses const& pauses,
                            run::Rests const& rests) {
  std::string out;
  if (auto const pause = pauses.of(source.name)) out += ", " + text_of(*pause);
  auto const rest = rests.of(run::host_of(source.address));
  if (rest.until && *rest.until > model::Instant::now()) {
    out += ", its host rests until " + time_text(rest.until) + " after " +
           std::to_string(rest.failures) + " failed runs";
  }
  return out;
}

/// Sources that the catalogue knows and the configuration does not: retired ones, and what was
/// imported under a name of its own. \return  false if there is none
bool print_others(store::Reader& reader, config::Config const& config) {
  bool has_any = false;
  for (auto const& name : reader.sources()) {
    if (std::ranges::find(config.sources, name, &Source::name) != config.sources.end()) continue;
    has_any = true;
    auto const last = reader.runs(name, 1);
    bool const is_imported = !last.empty() && last.front().mode == "import";
    print_row(name, is_imported ? "imported" : "retired",
              "not in the configuration: it is not harvested, what is kept stays until `terracat "
              "sources remove " +
                  name + "`" + kept_text(reader, name));
  }
  return has_any;
}

} // namespace

int run(config::Config const& config, ShowSources const& options) {
  if (options.what == "kinds") {
    for (auto const& kind : kinds::all()) print_row(kind.name, "", kind.summary);
    return success;
  }
  if (options.what == "formats") {
    for (auto const& format : formats::all()) {
      print_row(format.name, format.write == nullptr ? "read" : "read, write", format.summary);
    }
    return success;
  }
  check_sources(config);
  // The catalogue may not be there yet; what is configured can be shown all the same.
  std::unique_ptr<store::Store> store;
  try {
    store = store::open_store(config.store.path, store::Access::read);
  } catch (store::StoreError const&) {
    store = store::open_store("memory:", store::Access::read);
  }
  auto const reader = store->reader();
  reader->begin();
  run::Pauses const pauses(config.store.path);
  auto const rests = run::rests_of(config.sources, config.harvest.rest_after, *reader);
  for (auto const& source : config.sources) {
    auto const state = reader->source(source.name);
    print_row(
        source.name, source.kind,
        std::string(source.enabled ? "enabled" : "off") + ", last complete " +
            time_text(state.last_complete) +
            (state.last_changes ? ", changes " + time_text(state.last_changes) : "") +
            (catalogue::is_interrupted(state) ? ", interrupted: goes on from its checkpoint" : "") +
            standstill_text(source, pauses, rests) + kept_text(*reader, source.name) +
            held_text(state) + "  " + model::masked(source.address));
  }
  if (!print_others(*reader, config) && config.sources.empty()) {
    std::cout << "the configuration names no source\n";
  }
  return success;
}

int run(config::Config const& config, CheckCatalogue const& options) {
  if (options.repair) {
    static_cast<void>(store::open_store(config.store.path, store::Access::read)); // is there one?
    auto const code = work_here_or_there(config, options);
    if (code != success) return code;
  }
  auto const faults = faults_of(config);
  if (options.json) {
    print_json(config.store.path, faults);
    return faults.empty() ? success : failed;
  }
  for (auto const& fault : faults) std::cout << plain_line(fault) << '\n';
  std::cout << config.store.path << ": "
            << (faults.empty() ? "sound" : std::to_string(faults.size()) + " faults") << '\n';
  return faults.empty() ? success : failed;
}

int run(config::Config const& config, ShowConfig const& options) {
  std::cout << (options.schema ? config::schema() + "\n" : config::to_toml(config));
  return success;
}

int run(config::Config const& config, CheckConfig const&) {
  check_sources(config);
  static_cast<void>(read_schemas(config));
  static_cast<void>(read_guides(config));
  static_cast<void>(read_look(config));
  std::cout << "the configuration is sound: " << config.sources.size() << " sources, "
            << config.poles.size() << " poles, " << config.vocabularies.size() << " vocabularies\n";
  return success;
}

int run(config::Config const&, ShowVersion const&) {
  std::cout << version_line() << '\n';
  return success;
}

std::string version_line() {
  return "terracat " + std::string(version) + " (" + std::string(commit) + "), SQLite " +
         std::string(store::sqlite_version());
}

} // namespace terracat::cli
