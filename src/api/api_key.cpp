#include "api/api_key.hpp"

#include "query/base64url.hpp"

#include <terracat/problem.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <random>

namespace terracat::api {
namespace {

/// What follows the name of a scheme in the header Authorization.
std::string_view credentials(Head const& head, std::string_view scheme) noexcept {
  auto const given = head.authorization;
  bool const is_it = equal_ignoring_case(given.substr(0, scheme.size()), scheme);
  return is_it ? trimmed(given.substr(scheme.size())) : std::string_view();
}

std::string_view key_of(Head const& head) noexcept {
  return head.api_key.empty() ? credentials(head, "Bearer ") : head.api_key;
}

/// The password of RFC 7617; whatever the name of the user is.
std::string password_of(Head const& head) {
  std::string sent(credentials(head, "Basic "));
  while (sent.ends_with('=')) sent.pop_back();
  std::ranges::replace(sent, '+', '-');
  std::ranges::replace(sent, '/', '_');
  auto const pair = query::from_base64url(sent).value_or(std::string());
  auto const colon = pair.find(':');
  return colon == std::string::npos ? std::string() : pair.substr(colon + 1);
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

bool has_key(Site const& site, Head const& head, Right right) {
  auto const given = key_of(head);
  if (right == Right::write) {
    return site.transactions && !given.empty() && is_same(given, site.transactions->api_key);
  }
  bool const may_be_password = given.empty() && right == Right::operate;
  auto const password = may_be_password ? password_of(head) : std::string();
  auto const key = given.empty() ? std::string_view(password) : given;
  return !site.operators_key.empty() && !key.empty() && is_same(key, site.operators_key);
}

void check_key(Site const& site, Head const& head, Right right) {
  if (has_key(site, head, right)) return;
  bool const is_of_writers = right == Right::write;
  if (right == Right::decide) {
    throw ProblemError({.kind = ProblemKind::unauthenticated,
                        .detail = "operators who decide send their key, in the header X-API-Key or "
                                  "as a bearer token, and not as a password",
                        .where = {}});
  }
  if (is_of_writers && !key_of(head).empty()) {
    throw ProblemError({.kind = ProblemKind::forbidden,
                        .detail = "the key is none that this site knows",
                        .where = {}});
  }
  // Who comes with another password is asked again, or a browser would stay with that one.
  auto const* const detail =
      is_of_writers ? "who writes sends a key, in the header X-API-Key or as a bearer token"
                    : "this is for operators, who send their key, in the header X-API-Key, as a "
                      "bearer token or as a password";
  throw ProblemError({.kind = ProblemKind::unauthenticated, .detail = detail, .where = {}});
}

std::string new_form_token() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::random_device entropy;
  std::string out;
  for (int word = 0; word < 4; ++word) {
    auto bits = static_cast<std::uint32_t>(entropy());
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) out += digits[bits & 0xF];
  }
  return out;
}

Parameters read_form(Request const& request, std::string_view token) {
  auto const type = request.head.content_type;
  auto const name = trimmed(type.substr(0, type.find(';')));
  if (!equal_ignoring_case(name, "application/x-www-form-urlencoded")) {
    throw ProblemError({.kind = ProblemKind::unsupported_media_type,
                        .detail = "the body is read as application/x-www-form-urlencoded",
                        .where = "Content-Type"});
  }
  auto form = Parameters::parse(request.body, Parameters::Names::apart);
  if (!form) throw ProblemError(form.error());
  if (auto const sent = form->get("token"); token.empty() || !sent || !is_same(*sent, token)) {
    throw ProblemError({.kind = ProblemKind::forbidden,
                        .detail = "the form is not one of a page that this site has just shown",
                        .where = {}});
  }
  return std::move(*form);
}

void offer_ways_of_operators(Reply& reply) {
  constexpr auto name = "WWW-Authenticate";
  std::erase_if(reply.headers, [](auto const& one) { return one.first == name; });
  // In headers of their own: browsers look at the first scheme of each alone.
  reply.headers.emplace_back(name, R"(Basic realm="operators", charset="UTF-8")");
  reply.headers.emplace_back(name, "Bearer");
}

} // namespace terracat::api
