#pragma once

#include "fetch/address.hpp"

#include <span>
#include <vector>

namespace terracat::fetch {

/// A block that is not on the public Internet, and what it is for.
struct SpecialBlock {
  std::string_view network;
  std::string_view purpose;
};

/// Every block that is refused unless a source is allowed to reach it.
[[nodiscard]] std::span<SpecialBlock const> special_blocks() noexcept;

/// Decides which addresses may be connected to (design.md 17.4): the public ones, and the
/// private networks that the configuration allows to this source.
class AddressGuard {
 public:
  explicit AddressGuard(std::vector<Network> allowed = {});

  /// Asked with the address that is about to be used, whatever name or notation led to it.
  /// \return  nothing if it may be reached, else what the address is: "private use"
  [[nodiscard]] std::optional<std::string_view> refusal(Address const& address) const noexcept;

  /// True if the network has only addresses that no source can be allowed to reach: link-local
  /// ones, where clouds keep their metadata services. Within a wider network they stay refused.
  [[nodiscard]] static bool is_never_allowed(Network const& network);

 private:
  struct Block {
    Network network;
    std::string_view purpose;
  };

  [[nodiscard]] static std::vector<Block> parsed(std::span<SpecialBlock const> blocks);

  std::vector<Network> allowed_;
  std::vector<Block> never_;
  std::vector<Block> special_;
};

} // namespace terracat::fetch
