#include "net/admission.hpp"

namespace terracat::net {

std::variant<Admission::Ticket, Refusal> Admission::admit(ClientAddress const& client) {
  std::scoped_lock const lock(mutex_);
  if (open_ >= limits_.connections) {
    return Refusal{.status = 503,
                   .reason = Reason::connections,
                   .detail = "the server has as many connections as it can serve"};
  }
  Ticket::Key key;
  if (client.role != ClientAddress::Role::proxy) {
    auto& of_address = open_by_address_[client.key];
    if (of_address >= limits_.connections_per_address) {
      return Refusal{.status = 429,
                     .reason = Reason::address,
                     .detail = "there are too many connections from this address"};
    }
    ++of_address;
    key = client.key;
  }
  ++open_;
  return Ticket(*this, key);
}

void Admission::give_back(Ticket::Key const& key) noexcept {
  std::scoped_lock const lock(mutex_);
  --open_;
  if (!key) return;
  auto const found = open_by_address_.find(*key);
  if (--found->second == 0) open_by_address_.erase(found);
}

} // namespace terracat::net
