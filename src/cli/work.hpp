#pragma once

#include "cli/assembly.hpp"
#include "cli/console.hpp"
#include "cli/options.hpp"
#include "run/schedule.hpp"

#include <terracat/kind.hpp>
#include <terracat/problem.hpp>

#include <cstddef>
#include <functional>
#include <string>

/// The commands that need the catalogue for themselves, apart from where they run: in a process of
/// their own, or in the server that has the catalogue.
namespace terracat::cli {

/// What they work on.
struct Workplace {
  config::Config const& config;
  catalogue::Catalogue& catalogue;
  run::Harvest& harvest;
  run::Pauses& pauses;
  run::Schedule* schedule = nullptr; ///< that harvests beside them; null: none does

  /// Waits for a run of the source, or of its host, that the schedule has begun.
  /// \return  null if there is no schedule, or if the work is to stop
  [[nodiscard]] std::unique_ptr<run::Schedule::Turn> turn_for(Source const& source,
                                                              std::stop_token const& stop) const {
    return schedule == nullptr ? nullptr : schedule->turn(source, stop);
  }
};

/// \return  the exit code
[[nodiscard]] int work(Workplace const& place, HarvestSources const& options, Console& console,
                       std::stop_token const& stop);

/// \param documents  of the files that were named, wherever they are
[[nodiscard]] int work(Workplace const& place, ImportFiles const& options,
                       kinds::Harvester& documents, Console& console, std::stop_token const& stop);

/// Removes what is kept of a source that is configured no more.
[[nodiscard]] int work(Workplace const& place, RemoveSource const& options, Console& console,
                       std::stop_token const& stop);

/// Keeps a source from being harvested. \return  false if it was paused, and has the new reason
[[nodiscard]] Result<bool> pause_source(Workplace const& place, std::string const& name,
                                        std::string const& reason);

/// Lets it be harvested again. \return  true if an interrupted run of it goes on
[[nodiscard]] Result<bool> resume_source(Workplace const& place, std::string const& name);

/// Stops a run that is in progress, at its next page. \return  its source
[[nodiscard]] Result<std::string> abort_run(Workplace const& place, std::size_t number);

/// Keeps a source from being harvested.
[[nodiscard]] int work(Workplace const& place, PauseSource const& options, Console& console);

/// Lets it be harvested again.
[[nodiscard]] int work(Workplace const& place, ResumeSource const& options, Console& console);

/// Stops a run that is in progress.
[[nodiscard]] int work(Workplace const& place, AbortRun const& options, Console& console);

/// Corrects a record.
[[nodiscard]] int work(Workplace const& place, EditRecord const& options, Console& console);

/// Keeps what an operator decided of a keyword.
[[nodiscard]] int work(Workplace const& place, DecideKeyword const& options, Console& console);

/// Keeps what an operator decided of a record with another name.
[[nodiscard]] int work(Workplace const& place, DecideRenaming const& options, Console& console);

/// Repairs; the check itself is the caller's.
[[nodiscard]] int work(Workplace const& place, CheckCatalogue const& options, Console& console,
                       std::stop_token const& stop);

/// Answers a request, and says how its searches among items were answered.
[[nodiscard]] int work(Workplace const& place, ExplainSearch const& options, Console& console);

/// Says what searches looked for without an index.
[[nodiscard]] int work(Workplace const& place, SuggestIndexes const& options, Console& console);

/// Does the work in this process, or lets the server do it that has the catalogue.
[[nodiscard]] int work_here_or_there(config::Config const& config, CheckCatalogue const& options);

/// The documents of the files that a command names.
[[nodiscard]] std::unique_ptr<kinds::Harvester> documents_of(ImportFiles const& options);

/// Runs a command, and turns what it throws into one line and an exit code.
[[nodiscard]] int guarded(Console& console, std::function<int()> const& command);

} // namespace terracat::cli
