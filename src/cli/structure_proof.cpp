#include "cli/structure_proof.hpp"

#include "net/thread.hpp"

#include <chrono>

namespace terracat::cli {
namespace {

struct Ended {}; ///< the server ends before the proof

} // namespace

StructureProof::StructureProof(Assembly& assembly, Condition& condition)
    : assembly_(assembly),
      condition_(condition),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

void StructureProof::run(std::stop_token const& stop) noexcept {
  net::name_this_thread("proof", 0);
  net::lower_this_thread();
  auto const begun = std::chrono::steady_clock::now();
  try {
    auto const faults = assembly_.catalogue().check(store::Depth::structure, [&](double) {
      if (stop.stop_requested()) throw Ended{};
    });
    auto const taken = std::chrono::steady_clock::now() - begun;
    judge(faults, std::chrono::duration<double>(taken).count());
  } catch (Ended const&) { // NOLINT: the next server makes it
  } catch (std::exception const& error) {
    assembly_.log().error(log::event::store_unproven,
                          "the catalogue file could not be read whole; `terracat check` says more",
                          {{"cause", error.what()}});
  }
}

void StructureProof::judge(std::vector<store::Fault> const& faults, double seconds) {
  if (faults.empty()) {
    assembly_.log().info(log::event::store_proven, "every page of the catalogue file is sound",
                         {{"seconds", seconds}});
    return;
  }
  condition_.find_damaged();
  assembly_.log().error(
      log::event::store_damaged,
      "the catalogue file is damaged: restore a backup; harvests by schedule wait",
      {{"faults", faults.size()}, {"cause", faults.front()}});
}

} // namespace terracat::cli
