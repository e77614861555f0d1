// Page tokens: what is accepted is exactly what encode() makes.

#include "fuzz/fuzz.hpp"
#include "fuzz/token_bytes.hpp"

#include "query/digest.hpp"
#include "query/sort.hpp"
#include "query/token.hpp"

#include <limits>

namespace terracat::fuzz {
namespace {

query::Queryables queryables() {
  query::Queryables out;
  out.add("eo:cloud_cover", query::Type::number);
  out.add("platform", query::Type::text);
  out.add("grid:code", query::Type::text);
  out.add("updated", query::Type::time);
  out.add("instruments", query::Type::list);
  return out;
}

} // namespace

void try_input(std::string_view input) {
  static auto const known = queryables();
  auto const token = query::decode(input, known);
  if (!token) return;
  auto const bytes = bytes_of_token(input);
  require(bytes.has_value() && has_checksum(*bytes), "a token that is accepted has its checksum",
          input);
  require(query::encode(*token) == input, "a token has one spelling", input);
  require(!token->sort.empty() && token->sort.size() <= query::most_sort_keys &&
              token->sort.size() == token->anchor.values.size(),
          "each key of the sort has its value", input);
  require(token->anchor.number >= ItemNumber{0} &&
              token->anchor.number < ItemNumber{std::numeric_limits<std::int64_t>::max()},
          "there is room beside an anchor", input);
}

} // namespace terracat::fuzz
