#pragma once

#include "net/client_address.hpp"
#include "net/refusal.hpp"
#include "net/settings.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

namespace terracat::net {

/// Counts connections, in all and per client address; those of a proxy are connections of many.
/// Thread-safe; outlives its tickets.
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
    using Key = std::optional<ClientAddress::Key>; ///< none if the address is not counted

    Ticket(Admission& admission, Key const& key) noexcept : admission_(&admission), key_(key) {}

    Admission* admission_;
    Key key_;
  };

  /// \return  a ticket, or why there is none
  [[nodiscard]] std::variant<Ticket, Refusal> admit(ClientAddress const& client);

 private:
  void give_back(Ticket::Key const& key) noexcept;

  SizeLimits const& limits_;
  std::mutex mutex_; ///< for the two below
  std::size_t open_ = 0;
  std::map<ClientAddress::Key, std::size_t> open_by_address_;
};

} // namespace terracat::net
