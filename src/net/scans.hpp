#pragma once

#include "net/client_address.hpp"

#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace terracat::net {

/// Sees to it that one client address has one scan at a time. Those of proxies and of this machine
/// may be scans of many. Thread-safe; outlives its turns.
class Scans {
 public:
  /// The right to one scan, given back when it is destroyed.
  class Turn {
   public:
    Turn(Turn&& other) noexcept : scans_(std::exchange(other.scans_, nullptr)), key_(other.key_) {}

    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    Turn& operator=(Turn&&) = delete;

    ~Turn() {
      if (scans_ != nullptr) scans_->give_back(key_);
    }

   private:
    friend class Scans;

    /// \param scans  null if nothing is counted
    Turn(Scans* scans, ClientAddress::Key const& key) noexcept : scans_(scans), key_(key) {}

    Scans* scans_;
    ClientAddress::Key key_;
  };

  /// \return  nothing if the address has one already
  [[nodiscard]] std::optional<Turn> take(ClientAddress const& client) {
    if (client.role != ClientAddress::Role::client) return Turn(nullptr, client.key);
    std::scoped_lock const lock(mutex_);
    if (!under_way_.insert(client.key).second) return std::nullopt;
    return Turn(this, client.key);
  }

 private:
  void give_back(ClientAddress::Key const& key) noexcept {
    std::scoped_lock const lock(mutex_);
    under_way_.erase(key);
  }

  std::mutex mutex_; ///< for the one below
  std::set<ClientAddress::Key> under_way_;
};

} // namespace terracat::net
