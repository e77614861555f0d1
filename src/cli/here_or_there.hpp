#pragma once

#include "cli/hand_over.hpp"
#include "cli/work.hpp"

namespace terracat::cli {

/// Does the work in this process, or lets the server do it that has the catalogue.
/// \param here  called with a Workplace, a console and a stop token; returns the exit code
template<class Options, class Here>
int here_or_there(config::Config const& config, Options const& options, Here const& here) {
  StopOnSignal const signal; // before any other thread, which inherits the mask
  std::optional<Assembly> assembly;
  try {
    assembly.emplace(config, Audience::caller);
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::locked) throw;
    auto const code = hand_over(config.store.path, options, signal.token());
    if (!code) throw; // who has it takes no work
    return *code;
  }
  OwnConsole console;
  Workplace const place{config, assembly->catalogue(), assembly->harvest(), assembly->pauses()};
  return here(place, console, signal.token());
}

} // namespace terracat::cli
