#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/terminal.hpp"
#include "cli/work.hpp"

#include "config/load.hpp"
#include "kinds/files/files.hpp"

#include <terracat/kind.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

namespace terracat::cli {
namespace {

/// The sources named on the command line, else all that are enabled and can be fetched.
/// \pre check_sources
std::vector<Source> chosen(config::Config const& config, std::vector<std::string> const& names) {
  std::vector<Source> out;
  for (auto const& name : names) {
    auto const found = std::ranges::find(config.sources, name, &Source::name);
    if (found == config.sources.end()) {
      auto const known = listed(config.sources, &Source::name);
      throw config::ConfigError({"there is no source '" + name + "' in the configuration" +
                                 (known.empty() ? "" : "; there are " + known)});
    }
    out.push_back(*found);
  }
  if (!names.empty()) return out;
  std::ranges::copy_if(config.sources, std::back_inserter(out), [](Source const& source) {
    return source.enabled && kinds::find(source.kind)->start != nullptr;
  });
  return out;
}

std::string line_of(Run const& run) {
  auto const& counts = run.counts;
  std::ostringstream out;
  out << plain_line(run.source) << ": " << name(run.outcome) << ", run "
      << static_cast<std::int64_t>(run.number) << ": " << counts.created << " created, "
      << counts.updated << " updated, " << counts.unchanged << " unchanged, " << counts.skipped
      << " skipped, " << counts.failed << " failed, " << counts.warned << " with warnings";
  if (counts.missing > 0) out << ", " << counts.missing << " missing";
  if (counts.deleted > 0) out << ", " << counts.deleted << " deleted";
  if (!run.message.empty()) out << "; " << plain_line(run.message);
  out << '\n';
  return out.str();
}

void print(run::Preview const& preview) {
  std::cout << "--- " << plain_line(preview.native_id) << " (" << plain_line(preview.format)
            << ")\n";
  for (auto const& finding : preview.findings) {
    std::cout << "    " << name(finding.code) << " at " << plain_line(finding.where) << ": "
              << sentence(finding.code);
    if (!finding.excerpt.empty()) std::cout << ": " << plain_line(finding.excerpt);
    std::cout << '\n';
  }
  if (!preview.mapped.empty()) std::cout << plain(preview.mapped) << '\n';
}

/// Interrupted by the person who started it: not an error of anything.
bool is_well(Run const& run) noexcept {
  return run.outcome == RunOutcome::complete || run.outcome == RunOutcome::incomplete;
}

run::Mode mode_of(HarvestSources const& options) noexcept {
  if (options.full) return run::Mode::full;
  if (options.sweep) return run::Mode::sweep;
  return options.replay ? run::Mode::replay : run::Mode::incremental;
}

/// Writes nothing, so it asks for no lock and no server.
int preview(config::Config const& config, HarvestSources const& options) {
  StopOnSignal const signal;
  Assembly assembly(config, Audience::caller, store::Access::read);
  int code = success;
  for (auto const& source : chosen(config, options.sources)) {
    try {
      auto const previews = assembly.harvest().preview(source, options.count, signal.token());
      for (auto const& one : previews) print(one);
    } catch (fetch::FetchError const& error) {
      std::cerr << plain_line(source.name) << ": " << plain_line(error.what()) << '\n';
      code = failed;
    } catch (kinds::ProtocolError const& error) {
      std::cerr << plain_line(source.name) << ": " << plain_line(error.what()) << '\n';
      code = failed;
    }
  }
  return code;
}

/// Waits for a run of the same host that the schedule has begun.
/// \return  nothing if there is no schedule, or if the work is to stop
std::optional<run::Schedule::Turn> turn_for(Workplace const& place, Source const& source,
                                            std::stop_token const& stop) {
  return place.schedule == nullptr ? std::nullopt : place.schedule->turn(source, stop);
}

/// Those that go with the source.
std::size_t count_corrections(Workplace const& place, std::string const& source) {
  auto const session = place.catalogue.session();
  session->reader().begin();
  auto const all = session->reader().corrections();
  return static_cast<std::size_t>(std::ranges::count(
      all, source, [](store::Correction const& correction) { return correction.key.source; }));
}

} // namespace

std::unique_ptr<kinds::Harvester> documents_of(ImportFiles const& options) {
  if (options.files == std::vector<std::string>{"-"}) {
    return kinds::files::from_stream(std::cin, options.format);
  }
  std::vector<std::filesystem::path> const paths(options.files.begin(), options.files.end());
  return kinds::files::from_paths(paths, options.format);
}

int work(Workplace const& place, HarvestSources const& options, Console& console,
         std::stop_token const& stop) {
  auto const sources = chosen(place.config, options.sources);
  if (sources.empty()) {
    console.complain("terracat: no source is enabled; name one, or see `terracat sources`\n");
    return failed;
  }
  int code = success;
  for (auto const& source : sources) {
    auto const turn = turn_for(place, source, stop);
    if (stop.stop_requested()) return failed;
    console.begin(source.name);
    auto const run = place.harvest.run(
        source, {.mode = mode_of(options), .accepts_deletions = options.accept_deletions}, stop,
        [&](auto const& progress) { console.show(progress); });
    console.say(line_of(run));
    if (!is_well(run)) code = failed;
  }
  return code;
}

int work(Workplace const& place, RemoveSource const& options, Console& console,
         std::stop_token const& stop) {
  auto const& name = options.source;
  auto const& configured = place.config.sources;
  if (std::ranges::find(configured, name, &Source::name) != configured.end()) {
    console.complain("terracat: the source '" + plain_line(name) +
                     "' is in the configuration, and would be harvested again; take it out of "
                     "there, then remove what is kept of it\n");
    return failed;
  }
  auto const known = [&] {
    auto const session = place.catalogue.session();
    session->reader().begin();
    return session->reader().sources();
  }();
  if (std::ranges::find(known, name) == known.end()) {
    console.complain("terracat: nothing is kept of a source '" + plain_line(name) +
                     "'; see `terracat sources`\n");
    return failed;
  }
  auto const corrections = count_corrections(place, name);
  console.begin(name);
  auto const run = place.harvest.remove(name, stop, [&](run::Progress const& progress) {
    auto const all = static_cast<double>(progress.announced.value_or(0));
    console.show(all == 0 ? 1.0 : static_cast<double>(progress.counts.deleted) / all);
  });
  bool const is_over = run.outcome == RunOutcome::complete;
  console.say(
      plain_line(name) + ": " + std::to_string(run.counts.deleted) + " records and items removed" +
      (is_over && corrections > 0 ? ", and " + std::to_string(corrections) + " corrections of them"
                                  : "") +
      (is_over ? "" : "; stopped by request: type it again to go on") + "\n");
  return is_over ? success : failed;
}

int work(Workplace const& place, ImportFiles const& options, kinds::Harvester& documents,
         Console& console, std::stop_token const& stop) {
  auto const source = import_source(place.config, options.source);
  console.begin("import");
  auto const run = place.harvest.import(source, documents, stop,
                                        [&](auto const& progress) { console.show(progress); });
  console.say(line_of(run));
  if (run.counts.failed > 0) {
    console.complain("terracat: " + std::to_string(run.counts.failed) +
                     " documents could not be read; see `terracat runs " +
                     std::to_string(static_cast<std::int64_t>(run.number)) + "`\n");
  }
  return is_well(run) && run.counts.failed == 0 ? success : failed;
}

int work(Workplace const& place, CheckCatalogue const& options, Console& console,
         std::stop_token const& stop) {
  console.begin("repair");
  auto const done = place.catalogue
                        .mend([&](double share) {
                          if (stop.stop_requested()) throw std::runtime_error("stopped by request");
                          console.show(share);
                        })
                        .get();
  std::string text;
  for (auto const& line : done) text += "repaired: " + plain_line(line) + "\n";
  text += "Page tokens and change cursors from before are answered with 410.\n";
  if (options.json) {
    console.complain(text); // standard output is the check's
  } else {
    console.say(text);
  }
  return success;
}

int work_here_or_there(config::Config const& config, CheckCatalogue const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         return work(place, options, console, stop);
                       });
}

int run(config::Config const& config, HarvestSources const& options) {
  check_sources(config);
  if (options.dry_run) return preview(config, options);
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         return work(place, options, console, stop);
                       });
}

int run(config::Config const& config, RemoveSource const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         return work(place, options, console, stop);
                       });
}

int run(config::Config const& config, ImportFiles const& options) {
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         auto const documents = documents_of(options);
                         return work(place, options, *documents, console, stop);
                       });
}

} // namespace terracat::cli
