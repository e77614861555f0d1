#pragma once

#include "run/around.hpp"

#include <terracat/store_reader.hpp>

#include <memory>
#include <string>

namespace terracat::run {

/// Takes a source at its word that something has gone, as long as it is no more than its brake lets
/// go: else what has gone stays, and the run is not complete, so that the next one asks for
/// everything, and sees by itself what there is.
class Restrained : public Around {
 public:
  /// \param reader   of the catalogue, which the thread that harvests uses; it has no state
  /// \param accepts  whatever goes
  /// All but the harvester outlive it.
  Restrained(std::unique_ptr<kinds::Harvester> harvester, Source const& source,
             store::Reader& reader, bool accepts);

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token stop) override;

  [[nodiscard]] bool complete() const noexcept override {
    return held_back_ == 0 && Around::complete();
  }

  /// What was held back, for the run's message; empty: nothing.
  [[nodiscard]] std::string held_back() const;

 private:
  [[nodiscard]] std::size_t weight_of(std::vector<kinds::Gone> const& gone);

  Source const& source_;
  store::Reader& reader_;
  bool accepts_;
  std::size_t may_go_ = 0;
  std::size_t held_back_ = 0;
};

} // namespace terracat::run
