// The configuration: refused with sentences, or read; what is read and printed is read the same.

#include "fuzz/fuzz.hpp"

#include "config/load.hpp"
#include <terracat/json.hpp>

#include <optional>

namespace terracat::fuzz {
namespace {

std::optional<config::Config> load(std::string_view text) {
  try {
    return config::load(text, "terracat.toml", {});
  } catch (config::ConfigError const& error) {
    require(!error.faults().empty(), "a configuration is refused for a reason");
    for (auto const& fault : error.faults()) {
      require(!fault.empty(), "a fault has a sentence", fault);
    }
    return std::nullopt;
  }
}

} // namespace

void try_input(std::string_view input) {
  auto const config = load(input);
  if (!config) return;
  auto const printed = config::to_toml(*config);
  auto const again = load(printed);
  require(again.has_value(), "a configuration that is printed is read", printed);
  require(config::to_toml(*again) == printed, "a configuration survives being printed", printed);
}

} // namespace terracat::fuzz
