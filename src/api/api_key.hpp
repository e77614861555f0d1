#pragma once

#include "api/http.hpp"
#include "api/parameters.hpp"
#include "api/site.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace terracat::api {

/// What is not open to everybody.
enum class Right : std::uint8_t {
  write,   ///< transactions, by Site::transactions
  operate, ///< to read what operators are told, by Site::operators_key
  decide,  ///< to write what operators decide, by the same key, but never as a password
};

/// True if the request brings the key of that right, as X-API-Key or as a bearer token. A browser
/// may send that of operators as a password, too (RFC 7617); it sends passwords by itself, also
/// when another site makes it ask, so nothing is written by one alone (read_form). How long it
/// takes says nothing of the key.
[[nodiscard]] bool has_key(Site const& site, Head const& head, Right right);

/// \throws ProblemError  unless it does: unauthenticated, or forbidden with a key that is none for
/// writing
void check_key(Site const& site, Head const& head, Right right);

/// A secret that the forms of operators carry: only who could read the page has it, and no other
/// site can. 128 bits, as hexadecimal digits.
[[nodiscard]] std::string new_form_token();

/// The fields of a form that was sent from a page of operators, where a password suffices.
/// \param token  that the page has put into the form
/// \throws ProblemError  if it is no form, or does not carry the token
[[nodiscard]] Parameters read_form(Request const& request, std::string_view token);

/// Says in which ways a client may bring the key of operators (RFC 9110 11.6.1).
void offer_ways_of_operators(Reply& reply);

} // namespace terracat::api
