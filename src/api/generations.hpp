#pragma once

#include "api/application.hpp"

#include <memory>
#include <mutex>

namespace terracat::api {

/// The APIs of a site whose settings may change while it serves: a request is answered by the
/// settings that were in force when its head had arrived, and these are gone with the last such
/// answer.
class Generations : public Application {
 public:
  /// Both outlive it.
  Generations(catalogue::Catalogue& catalogue, log::Logger& log)
      : catalogue_(catalogue), log_(log) {}

  /// From now on the site is this. One thread at a time; the first time before anything else.
  void begin(Site site);

  /// See ApiApplication.
  void learn_address(std::string public_url) { current()->learn_address(std::move(public_url)); }

  [[nodiscard]] std::unique_ptr<Worker> worker() override { return current()->worker(); }

  [[nodiscard]] Plan plan(Head const& head) const noexcept override;

  /// By the settings in force: for a request that was planned, its Plan says who answers.
  [[nodiscard]] Reply answer(Request const& request, Worker& worker) noexcept override {
    return current()->answer(request, worker);
  }

  [[nodiscard]] Reply refusal(int status, std::string_view detail,
                              std::string_view request_id) const noexcept override {
    return current()->refusal(status, detail, request_id);
  }

  void on_commit(std::function<void(std::int64_t sequence)> wake) override {
    current()->on_commit(std::move(wake));
  }

 private:
  [[nodiscard]] std::shared_ptr<ApiApplication> current() const noexcept;

  catalogue::Catalogue& catalogue_;
  log::Logger& log_;
  mutable std::mutex mutex_; ///< for current_
  std::shared_ptr<ApiApplication> current_;
};

} // namespace terracat::api
