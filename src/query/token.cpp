#include "query/token.hpp"

#include "query/base64url.hpp"
#include "query/collation.hpp"
#include "query/digest.hpp"
#include "query/sort.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace terracat::query {
namespace {

// version, epoch, criteria, item number, count of sort keys with a bit for backwards; for each key
// the digest of its name, a byte of direction and kind of value, the value; a checksum. Numbers are
// little-endian.
constexpr char version = 1;
constexpr std::uint8_t backwards_bit = 128;
constexpr std::size_t longest = 512;

template<class Number>
void append(std::string& out, Number number) {
  auto const at = out.size();
  out.resize(at + sizeof number);
  std::memcpy(out.data() + at, &number, sizeof number);
}

std::uint32_t checksum(std::string_view bytes) noexcept {
  return static_cast<std::uint32_t>(digest_of(bytes));
}

/// Which of the core places, or which own property: all that a name means for sorting.
std::uint32_t name_digest(Property const& property) {
  Digest out;
  out.add(static_cast<std::uint64_t>(property.place)).add(std::string_view(property.name));
  return static_cast<std::uint32_t>(out.value());
}

/// Takes values off the front; a failed take empties the rest, so that one check at the end is
/// enough.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) noexcept : rest_(bytes) {}

  template<class Number>
  Number number() noexcept {
    Number value{};
    auto const taken = text(sizeof value);
    if (taken.size() == sizeof value) std::memcpy(&value, taken.data(), sizeof value);
    return value;
  }

  std::string_view text(std::size_t length) noexcept {
    if (rest_.size() < length) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    auto const taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }

  void fail() noexcept { failed_ = true; }

  [[nodiscard]] bool was_exact() const noexcept { return !failed_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

void append_value(std::string& out, SortValue const& value) {
  if (auto const* const number = std::get_if<double>(&value)) append(out, *number);
  if (auto const* const time = std::get_if<std::int64_t>(&value)) append(out, *time);
  if (auto const* const key = std::get_if<std::string>(&value)) {
    append(out, static_cast<std::uint8_t>(key->size()));
    out += *key;
  }
}

SortValue take_value(Bytes& bytes, unsigned kind) {
  switch (kind) {
  case 1: {
    auto const number = bytes.number<double>();
    if (number != number) bytes.fail();
    return number;
  }
  case 2:
    return bytes.number<std::int64_t>();
  case 3:
    return std::string(bytes.text(bytes.number<std::uint8_t>()));
  default:
    return std::monostate{};
  }
}

/// The kind of value by which a property sorts, as SortValue numbers it.
unsigned kind_of(Type type) noexcept {
  switch (type) {
  case Type::text:
    return 3;
  case Type::time:
    return 2;
  default:
    return 1;
  }
}

void take_key(Bytes& bytes, Queryables const& queryables, PageToken& out) {
  auto const name = bytes.number<std::uint32_t>();
  auto const flags = bytes.number<std::uint8_t>();
  unsigned const kind = static_cast<unsigned>(flags) >> 1U;
  out.anchor.values.push_back(take_value(bytes, kind));
  for (auto const& [known, queryable] : queryables.all()) {
    auto const& property = queryable.as.front();
    if (!queryable.is_sortable || name_digest(property) != name) continue;
    if (kind != 0 && kind != kind_of(property.type)) break;
    out.sort.push_back({property, (flags & 1U) != 0});
    return;
  }
  bytes.fail();
}

Problem no_token() {
  return {.kind = ProblemKind::invalid_parameter,
          .detail = "this is no page token; follow the links 'next' and 'prev' as they are given",
          .where = "token"};
}

} // namespace

std::string encode(PageToken const& token) {
  std::string bytes(1, version);
  append(bytes, token.epoch);
  append(bytes, token.criteria);
  append(bytes, token.anchor.number);
  auto const count = static_cast<std::uint8_t>(token.anchor.values.size());
  append(bytes, static_cast<std::uint8_t>(count | (token.is_backwards ? backwards_bit : 0)));
  for (std::size_t i = 0; i < count; ++i) {
    auto const& value = token.anchor.values[i];
    append(bytes, name_digest(token.sort[i].property));
    append(bytes,
           static_cast<std::uint8_t>(value.index() << 1U | (token.sort[i].descending ? 1U : 0U)));
    append_value(bytes, value);
  }
  append(bytes, checksum(bytes));
  return to_base64url(bytes);
}

Result<PageToken> decode(std::string_view text, Queryables const& queryables) {
  auto const bytes = text.size() <= longest ? from_base64url(text) : std::nullopt;
  constexpr std::size_t checksum_size = sizeof(std::uint32_t);
  if (!bytes || bytes->size() <= checksum_size) return no_token();
  auto const content = std::string_view(*bytes).substr(0, bytes->size() - checksum_size);
  Bytes tail(std::string_view(*bytes).substr(content.size()));
  if (tail.number<std::uint32_t>() != checksum(content)) return no_token();

  Bytes taken(content);
  PageToken out;
  if (taken.number<char>() != version) return no_token();
  out.epoch = taken.number<std::uint64_t>();
  out.criteria = taken.number<std::uint64_t>();
  out.anchor.number = taken.number<ItemNumber>();
  auto const flagged = taken.number<std::uint8_t>();
  out.is_backwards = (flagged & backwards_bit) != 0;
  unsigned const count = flagged % backwards_bit;
  if (count == 0 || count > most_sort_keys) return no_token();
  for (unsigned i = 0; i < count; ++i) take_key(taken, queryables, out);
  // There is room for the places beside it, which a page without items leads to.
  auto const number = static_cast<std::int64_t>(out.anchor.number);
  bool const is_place = number >= 0 && number < std::numeric_limits<std::int64_t>::max();
  if (!taken.was_exact() || !is_place) return no_token();
  return out;
}

} // namespace terracat::query
