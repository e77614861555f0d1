#pragma once

#include "net/refusal.hpp"
#include "net/settings.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

namespace terracat::net {

/// The network that an address belongs to, for the log: /24 of IPv4, /48 of IPv6, which
/// name no person. `192.0.2.0`, `2001:db8:1::`.
[[nodiscard]] std::string network_of(boost::asio::ip::address const& client);

/// Counts connections, in all and per client address. Thread-safe; outlives its tickets.
class Admission {
 public:
  explicit Admission(SizeLimits const& limits) noexcept : limits_(limits) {}

  /// The right to one connection, given back when it is destroyed.
  class Ticket {
   public:
    Ticket(Ticket&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), key_(other.key_) {}

    Ticket(Ticket const&) = delete;
    Ticket& operator=(Ticket const&) = delete;
    Ticket& operator=(Ticket&&) = delete;

    ~Ticket() {
      if (admission_ != nullptr) admission_->give_back(key_);
    }

   private:
    friend class Admission;
    using Key = std::array<unsigned char, 16>;

    Ticket(Admission& admission, Key const& key) noexcept : admission_(&admission), key_(key) {}

    Admission* admission_;
    Key key_;
  };

  /// \return  a ticket, or why there is none
  [[nodiscard]] std::variant<Ticket, Refusal> admit(boost::asio::ip::address const& client);

 private:
  void give_back(Ticket::Key const& key) noexcept;

  SizeLimits const& limits_;
  std::mutex mutex_; ///< for the two below
  std::size_t open_ = 0;
  std::map<Ticket::Key, std::size_t> open_by_address_;
};

} // namespace terracat::net
