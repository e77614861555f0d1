#include "api/api_key.hpp"

#include <terracat/problem.hpp>
#include <terracat/text.hpp>

namespace terracat::api {
namespace {

std::string_view key_of(Head const& head) noexcept {
  constexpr std::string_view scheme = "Bearer ";
  if (!head.api_key.empty()) return head.api_key;
  auto const given = head.authorization;
  bool const is_bearer = equal_ignoring_case(given.substr(0, scheme.size()), scheme);
  return is_bearer ? trimmed(given.substr(scheme.size())) : std::string_view();
}

/// Looks at every character of what is given, wherever the first difference is.
/// \pre the secret is not empty
bool is_same(std::string_view given, std::string_view secret) noexcept {
  auto const code = [](char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)); };
  auto difference = static_cast<unsigned>(given.size() != secret.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    difference |= code(given[i]) ^ code(secret[i % secret.size()]);
  }
  return difference == 0;
}

} // namespace

bool has_key(Site const& site, Head const& head) noexcept {
  auto const given = key_of(head);
  return site.transactions && !given.empty() && is_same(given, site.transactions->api_key);
}

void check_key(Site const& site, Head const& head) {
  if (has_key(site, head)) return;
  if (key_of(head).empty()) {
    throw ProblemError({.kind = ProblemKind::unauthenticated,
                        .detail = "who writes sends a key, in the header X-API-Key or as a "
                                  "bearer token",
                        .where = {}});
  }
  throw ProblemError({.kind = ProblemKind::forbidden,
                      .detail = "the key is none that this site knows",
                      .where = {}});
}

} // namespace terracat::api
