#pragma once

#include "cli/options.hpp"

#include <terracat/problem.hpp>

#include <string>
#include <variant>

namespace terracat::cli {

/// The commands that can be handed over.
using HandedCommand = std::variant<HarvestSources, ImportFiles, RemoveSource, PauseSource,
                                   ResumeSource, AbortRun, EditRecord, DecideKeyword,
                                   DecideRenaming, CheckCatalogue, ExplainSearch, SuggestIndexes>;

/// As the first message says it. What only concerns the process that hands it over is left out.
[[nodiscard]] std::string to_json(HandedCommand const& command);

/// \return  a problem that names the member, if it is none or of another version of terracat
[[nodiscard]] Result<HandedCommand> handed_command(std::string_view text);

} // namespace terracat::cli
