#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/run_text.hpp"
#include "cli/terminal.hpp"

#include "config/load.hpp"

#include <terracat/kind.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <iostream>

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

} // namespace

int work(Workplace const& place, HarvestSources const& options, Console& console,
         std::stop_token const& stop) {
  auto const sources = chosen(place.config, options.sources);
  if (sources.empty()) {
    console.complain("terracat: no source is enabled; name one, or see `terracat sources`\n");
    return failed;
  }
  int code = success;
  auto const is_paused = [&](Source const& source) {
    auto const pause = options.replay ? std::nullopt : place.pauses.of(source.name);
    if (!pause) return false;
    console.complain(plain_line(source.name) + ": " + text_of(*pause) +
                     "; see `terracat sources resume`\n");
    if (!options.sources.empty()) code = failed;
    return true;
  };
  for (auto const& source : sources) {
    if (is_paused(source)) continue;
    auto const turn = place.turn_for(source, stop);
    if (stop.stop_requested()) return failed;
    if (is_paused(source)) continue; // while it waited; from here on a pause stops the run
    console.begin(source.name);
    auto const run = place.harvest.run(
        source, {.mode = mode_of(options), .accepts_deletions = options.accept_deletions},
        turn == nullptr ? stop : turn->token(),
        [&](auto const& progress) { console.show(progress); });
    if (turn != nullptr) turn->note(run);
    console.say(line_of(run));
    if (!is_well(run)) code = failed;
  }
  return code;
}

int run(config::Config const& config, HarvestSources const& options) {
  check_sources(config);
  if (options.dry_run) return preview(config, options);
  return here_or_there(config, options,
                       [&](Workplace const& place, Console& console, std::stop_token const& stop) {
                         return work(place, options, console, stop);
                       });
}

} // namespace terracat::cli
