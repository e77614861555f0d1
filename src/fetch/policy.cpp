#include "fetch/policy.hpp"

#include "fetch/guard.hpp"
#include "fetch/url.hpp"

namespace terracat::fetch {
namespace {

[[noreturn]] void refuse_network(std::string const& detail) {
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = "allow_networks: " + detail,
                      .where = "allow_networks"});
}

std::vector<Network> networks_of(std::vector<std::string> const& texts) {
  std::vector<Network> networks;
  for (auto const& text : texts) {
    auto const network = Network::parse(text);
    if (!network) refuse_network(network.error().detail);
    if (AddressGuard::is_never_allowed(*network)) {
      refuse_network("'" + text +
                     "' holds link-local or metadata addresses, which are never allowed");
    }
    networks.push_back(*network);
  }
  return networks;
}

} // namespace

Policy policy_of(Source const& source, Site const& site) {
  Policy policy;
  policy.allow_networks = networks_of(source.allow_networks);
  if (auto const url = Url::parse(source.address)) policy.own_port = url->port();
  policy.public_url = site.public_url;
  policy.delay = source.delay;
  policy.retries = source.retries;
  if (!site.user_agent.empty()) policy.user_agent = site.user_agent;
  if (!source.user_agent.empty()) policy.user_agent = source.user_agent;
  policy.limits.total = source.timeout;
  return policy;
}

} // namespace terracat::fetch
