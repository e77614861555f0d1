#pragma once

#include "run/around.hpp"

#include <terracat/source.hpp>

#include <string>

namespace terracat::run {

/// An identifier as it is kept, whichever of `Source::same_addresses` it begins with.
[[nodiscard]] std::string kept_id(Source const& source, std::string id);

/// Calls what a source has, and has no more, as it is kept.
class CalledAsKept : public Around {
 public:
  /// \param source  outlives it
  CalledAsKept(std::unique_ptr<kinds::Harvester> harvester, Source const& source)
      : Around(std::move(harvester)), source_(source) {}

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token stop) override;

 private:
  Source const& source_;
};

} // namespace terracat::run
