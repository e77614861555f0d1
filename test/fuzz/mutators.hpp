#pragma once

#include "support/random.hpp"

#include <span>
#include <string>
#include <string_view>

namespace terracat::fuzz {

/// A way to spoil a document, XML or JSON. The same dice spoil it the same way.
struct Mutator {
  std::string_view name;
  std::string (*apply)(std::string_view document, test::Random& dice);
};

[[nodiscard]] std::span<Mutator const> mutators() noexcept;

} // namespace terracat::fuzz
