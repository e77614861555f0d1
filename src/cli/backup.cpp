#include "cli/commands.hpp"
#include "cli/plan.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"

#include "backup/backup.hpp"

#include <iostream>

namespace terracat::cli {
namespace {

/// The person who asked for the work has stopped it.
class Stopped : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

backup::OnProgress shown_on(ProgressLine& line, std::stop_token const& stop) {
  return [&line, stop](double done) {
    if (stop.stop_requested()) throw Stopped("stopped by request; nothing has changed");
    line.show(done);
  };
}

std::string revision_text(Revision const& revision) {
  return "revision " + std::to_string(revision.sequence);
}

void print_faults(std::vector<store::Fault> const& faults) {
  for (auto const& fault : faults) std::cerr << "  " << plain_line(fault) << '\n';
}

} // namespace

backup::Plan plan_of(config::Config const& config) {
  auto const& settings = config.backup;
  return {.catalogue = config.store.path,
          .folder = settings.folder,
          .interval = settings.interval,
          .retention = {.days = settings.keep_days,
                        .weeks = settings.keep_weeks,
                        .months = settings.keep_months},
          .version = std::string(version)};
}

int run(config::Config const& config, MakeBackup const& options) {
  auto plan = plan_of(config);
  if (!options.folder.empty()) plan.folder = options.folder;
  bool const is_file = !options.file.empty();
  if (!is_file && plan.folder.empty()) {
    std::cerr << "terracat: name a file, or a folder by --to, or set backup.folder in the "
                 "configuration\n";
    return bad_usage;
  }
  auto const folder = backup::folder_of(plan);
  if (!is_file) {
    std::filesystem::create_directories(plan.folder);
    folder.clear_abandoned();
  }
  auto const target =
      is_file ? std::filesystem::path(options.file) : folder.free_name(model::Instant::now());
  StopOnSignal const signal;
  backup::Made made;
  {
    ProgressLine line("backup");
    made = backup::make(plan.catalogue, target, plan.version, shown_on(line, signal.token()));
  }
  std::cout << plain_line(target.string()) << ": " << revision_text(made.manifest.revision) << ", "
            << made.manifest.bytes << " bytes, proven\n";
  if (!made.faults.empty()) {
    std::cerr << "terracat: the catalogue is damaged, and the backup with it; no sound one is "
                 "removed; see `terracat check`\n";
    print_faults(made.faults);
  }
  if (!is_file) {
    for (auto const& name : folder.prune(plan.retention, model::Instant::now())) {
      std::cout << plain_line(name) << ": removed, newer ones are enough\n";
    }
  }
  return made.faults.empty() ? success : failed;
}

int run(config::Config const& config, RestoreBackup const& options) {
  StopOnSignal const signal;
  backup::Restored restored;
  {
    ProgressLine line("restore");
    restored = backup::restore(config.store.path, options.backup, shown_on(line, signal.token()));
  }
  auto const& [replaced, manifest] = restored;
  if (!manifest) {
    std::cerr << "terracat: the backup has no manifest beside it; its own checksums were all that "
                 "could be proven\n";
  }
  std::cout << config.store.path << ": " << revision_text(replaced.revision);
  if (manifest) std::cout << " of " << model::to_iso8601(manifest->made);
  std::cout << ", under a new epoch\n";
  if (!replaced.kept.empty()) {
    std::cout << "What stood there is kept as " << plain_line(replaced.kept)
              << "; remove it when you no longer need it.\n";
  }
  std::cout << "Clients: page tokens from before are answered with 410.\n"
               "Sources: `terracat harvest` fetches what was harvested after the backup.\n";
  if (replaced.faults.empty()) return success;
  std::cerr << "terracat: the backup has faults that were there when it was made:\n";
  print_faults(replaced.faults);
  return failed;
}

} // namespace terracat::cli
