#pragma once

#include "api/site.hpp"
#include "cli/work.hpp"

#include <functional>
#include <memory>
#include <mutex>

namespace terracat::cli {

/// What operators say to the harvests of a server by HTTP: the same as by its commands. As long as
/// the server does not harvest (yet, or any more) it is refused. Thread-safe.
class ServerOrders : public api::HarvestOrders {
 public:
  using Settings = std::function<std::shared_ptr<config::Config const>()>;

  /// \param settings  of the moment. What this refers to outlives it.
  ServerOrders(Assembly& assembly, Settings settings)
      : assembly_(assembly), settings_(std::move(settings)) {}

  [[nodiscard]] Result<bool> pause(std::string const& source, std::string const& reason) override {
    return with_place<bool>([&](auto const& place) { return pause_source(place, source, reason); });
  }

  [[nodiscard]] Result<bool> resume(std::string const& source) override {
    return with_place<bool>([&](auto const& place) { return resume_source(place, source); });
  }

  [[nodiscard]] Result<std::string> abort(RunNumber run) override {
    return with_place<std::string>(
        [&](auto const& place) { return abort_run(place, static_cast<std::size_t>(run)); });
  }

  /// \param schedule  that is told from now on; null: none
  void tell(run::Schedule* schedule) {
    std::scoped_lock const lock(mutex_);
    schedule_ = schedule;
  }

 private:
  /// The schedule stays meanwhile: what is said takes no longer than a small file.
  template<class Value, class Order>
  Result<Value> with_place(Order const& order) {
    std::scoped_lock const lock(mutex_);
    if (schedule_ == nullptr) {
      return Problem{.kind = ProblemKind::overloaded,
                     .detail = "the server begins or ends, and harvests nothing now; try again",
                     .where = {}};
    }
    auto const settings = settings_();
    return order(Workplace{*settings, assembly_.catalogue(), assembly_.harvest(),
                           assembly_.pauses(), schedule_});
  }

  Assembly& assembly_;
  Settings settings_;
  std::mutex mutex_; ///< guards schedule_, and keeps it there while something is said
  run::Schedule* schedule_ = nullptr;
};

} // namespace terracat::cli
