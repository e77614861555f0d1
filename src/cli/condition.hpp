#pragma once

#include "api/site.hpp"
#include "backup/schedule.hpp"
#include "cli/assembly.hpp"
#include "net/server.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace terracat::cli {

/// What a running site tells about itself: to those who ask whether it is ready, to who measures
/// it, and to who watches over it. Thread-safe.
class Condition {
 public:
  Condition(Assembly& assembly, backup::Plan plan) : assembly_(assembly), plan_(std::move(plan)) {}

  void drain() noexcept { is_draining_ = true; }

  void set_plan(backup::Plan plan);

  /// Figures of sources are there from the start, as the catalogue knows them, however often one
  /// restarts; those of other sources go.
  void tell_sources(std::vector<Source> const& sources);

  /// The structure of the catalogue file is broken: what can still be read is answered, and nothing
  /// is harvested until there is another server over a sound file.
  void find_damaged();

  /// Counts a fault of the store that a request met.
  void count_fault(store::StoreError const& error);

  [[nodiscard]] std::vector<api::Unready> unready() const;

  /// \return  nothing if there is no folder of backups
  [[nodiscard]] std::optional<api::Backups> backups() const;

  [[nodiscard]] std::string metrics_text();

  /// True if the threads that read sockets, and the one that writes, get on with their work.
  [[nodiscard]] bool is_alive(net::Server const& server) const;

  /// True if another harvest may begin.
  [[nodiscard]] bool may_harvest() const { return !is_damaged_ && has_room(); }

 private:
  [[nodiscard]] bool has_room() const;

  Assembly& assembly_;
  std::atomic<bool> is_draining_ = false;
  std::atomic<bool> is_damaged_ = false;
  mutable std::mutex mutex_; ///< guards plan_
  backup::Plan plan_;
};

} // namespace terracat::cli
