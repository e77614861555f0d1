#include "cli/assembly.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"

#include "config/load.hpp"
#include "kinds/files/files.hpp"

#include <terracat/kind.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <filesystem>
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

void print(Run const& run) {
  auto const& counts = run.counts;
  std::cout << plain_line(run.source) << ": " << name(run.outcome) << ", run "
            << static_cast<std::int64_t>(run.number) << ": " << counts.created << " created, "
            << counts.updated << " updated, " << counts.unchanged << " unchanged, "
            << counts.skipped << " skipped, " << counts.failed << " failed, " << counts.warned
            << " with warnings";
  if (!run.message.empty()) std::cout << "; " << plain_line(run.message);
  std::cout << '\n';
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
  return options.replay ? run::Mode::replay : run::Mode::incremental;
}

int preview(Assembly& assembly, std::vector<Source> const& sources, std::size_t count,
            std::stop_token const& stop) {
  int code = success;
  for (auto const& source : sources) {
    try {
      for (auto const& one : assembly.harvest().preview(source, count, stop)) print(one);
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

std::unique_ptr<kinds::Harvester> harvester_of(ImportFiles const& options) {
  if (options.files == std::vector<std::string>{"-"}) {
    return kinds::files::from_stream(std::cin, options.format);
  }
  std::vector<std::filesystem::path> const paths(options.files.begin(), options.files.end());
  return kinds::files::from_paths(paths, options.format);
}

} // namespace

int run(config::Config const& config, HarvestSources const& options) {
  check_sources(config);
  auto const sources = chosen(config, options.sources);
  if (sources.empty()) {
    std::cerr << "terracat: no source is enabled; name one, or see `terracat sources`\n";
    return failed;
  }
  StopOnSignal const signal;
  Assembly assembly(config, Audience::caller);
  if (options.dry_run) return preview(assembly, sources, options.count, signal.token());
  int code = success;
  for (auto const& source : sources) {
    if (signal.token().stop_requested()) return failed;
    ProgressLine line(source.name);
    auto const run =
        assembly.harvest().run(source, mode_of(options), signal.token(),
                               [&](run::Progress const& progress) { line.show(progress); });
    print(run);
    if (!is_well(run)) code = failed;
  }
  return code;
}

int run(config::Config const& config, ImportFiles const& options) {
  auto const harvester = harvester_of(options);
  auto const source = import_source(config, options.source);
  StopOnSignal const signal;
  Assembly assembly(config, Audience::caller);
  ProgressLine line("import");
  auto const run =
      assembly.harvest().import(source, *harvester, signal.token(),
                                [&](run::Progress const& progress) { line.show(progress); });
  print(run);
  if (run.counts.failed > 0) {
    std::cerr << "terracat: " << run.counts.failed << " documents could not be read; see `terracat "
              << "runs " << static_cast<std::int64_t>(run.number) << "`\n";
  }
  return is_well(run) && run.counts.failed == 0 ? success : failed;
}

} // namespace terracat::cli
