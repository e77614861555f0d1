#pragma once

#include "cli/options.hpp"
#include "config/config.hpp"

#include <stdexcept>

/// One function for each command: it does the work, prints for people on standard output, complains
/// on standard error, and returns the exit code.
namespace terracat::cli {

/// The address that was to be listened on cannot be had.
class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[nodiscard]] int run(config::Config const& config, Serve const& options);
[[nodiscard]] int run(config::Config const& config, HarvestSources const& options);
[[nodiscard]] int run(config::Config const& config, ImportFiles const& options);
[[nodiscard]] int run(config::Config const& config, MapFiles const& options);
[[nodiscard]] int run(config::Config const& config, ExportAll const& options);
[[nodiscard]] int run(config::Config const& config, ShowSources const& options);
[[nodiscard]] int run(config::Config const& config, RemoveSource const& options);
[[nodiscard]] int run(config::Config const& config, PauseSource const& options);
[[nodiscard]] int run(config::Config const& config, ResumeSource const& options);
[[nodiscard]] int run(config::Config const& config, EditRecord const& options);
[[nodiscard]] int run(config::Config const& config, ShowRuns const& options);
[[nodiscard]] int run(config::Config const& config, AbortRun const& options);
[[nodiscard]] int run(config::Config const& config, ShowQuality const& options);
[[nodiscard]] int run(config::Config const& config, ShowDuplicates const& options);
[[nodiscard]] int run(config::Config const& config, ShowVocabularies const& options);
[[nodiscard]] int run(config::Config const& config, FetchVocabularies const& options);
[[nodiscard]] int run(config::Config const& config, ResolveKeyword const& options);
[[nodiscard]] int run(config::Config const& config, ListKeywords const& options);
[[nodiscard]] int run(config::Config const& config, DecideKeyword const& options);
[[nodiscard]] int run(config::Config const& config, ListRenamings const& options);
[[nodiscard]] int run(config::Config const& config, DecideRenaming const& options);
[[nodiscard]] int run(config::Config const& config, CheckCatalogue const& options);
[[nodiscard]] int run(config::Config const& config, MakeBackup const& options);
[[nodiscard]] int run(config::Config const& config, RestoreBackup const& options);
[[nodiscard]] int run(config::Config const& config, ExplainSearch const& options);
[[nodiscard]] int run(config::Config const& config, SuggestIndexes const& options);
[[nodiscard]] int run(config::Config const& config, ShowConfig const& options);
[[nodiscard]] int run(config::Config const& config, CheckConfig const& options);
[[nodiscard]] int run(config::Config const& config, ShowVersion const& options);

/// The whole program: parses, loads the configuration, runs the command, turns what was thrown into
/// one line and an exit code.
[[nodiscard]] int program(int argc, char const* const* argv);

} // namespace terracat::cli
