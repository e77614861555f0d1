#pragma once

#include "api/application.hpp"

#include <atomic>
#include <memory>
#include <vector>

namespace terracat::api {

/// The APIs of a site whose settings may change while it serves: requests that have begun are
/// answered by the settings of their beginning, later ones by the new. Every set of settings is
/// kept to the end, for answers in progress point into it; there are as many as somebody asked for.
class Generations : public Application {
 public:
  /// Both outlive it.
  Generations(catalogue::Catalogue& catalogue, log::Logger& log)
      : catalogue_(catalogue), log_(log) {}

  /// From now on the site is this. One thread at a time; the first time before anything else.
  void begin(Site site);

  /// See ApiApplication.
  void learn_address(std::string public_url) { current().learn_address(std::move(public_url)); }

  [[nodiscard]] std::unique_ptr<Worker> worker() override { return current().worker(); }

  [[nodiscard]] Plan plan(Head const& head) const noexcept override { return current().plan(head); }

  [[nodiscard]] Reply answer(Request const& request, Worker& worker) noexcept override {
    return current().answer(request, worker);
  }

  [[nodiscard]] Reply refusal(int status, std::string_view detail,
                              std::string_view request_id) const noexcept override {
    return current().refusal(status, detail, request_id);
  }

  void on_commit(std::function<void(std::int64_t sequence)> wake) override {
    current().on_commit(std::move(wake));
  }

 private:
  [[nodiscard]] ApiApplication& current() const noexcept { return *current_.load(); }

  catalogue::Catalogue& catalogue_;
  log::Logger& log_;
  std::vector<std::unique_ptr<ApiApplication>> all_;
  std::atomic<ApiApplication*> current_ = nullptr;
};

} // namespace terracat::api
