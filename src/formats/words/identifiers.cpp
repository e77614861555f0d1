#include "formats/words/identifiers.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace terracat::formats {
namespace {

/// What follows one of these prefixes, whatever their case, else nothing.
template<std::size_t N>
std::optional<std::string_view> without_prefix(std::string_view text,
                                               std::array<std::string_view, N> const& prefixes) {
  for (auto const prefix : prefixes) {
    if (equal_ignoring_case(text.substr(0, prefix.size()), prefix)) {
      return text.substr(prefix.size());
    }
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 9> doi_prefixes{
    "https://", "http://", "dx.doi.org/", "www.doi.org/", "doi.org/",
    "doi:",     "doi ",    "urn:doi:",    "info:doi/"};

constexpr std::array<std::string_view, 4> handle_prefixes{
    "https://hdl.handle.net/", "http://hdl.handle.net/", "hdl:", "info:hdl/"};

bool is_uuid(std::string_view text) noexcept {
  constexpr std::size_t length = 36;
  if (text.size() != length) return false;
  for (std::size_t i = 0; i < length; ++i) {
    bool const is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    auto const c = static_cast<unsigned char>(text[i]);
    if (is_hyphen ? c != '-' : std::isxdigit(c) == 0) return false;
  }
  return true;
}

/// `ark:/…` within an address of any resolver.
std::optional<std::string> ark_of(std::string_view text) {
  auto const at = text.find("ark:");
  bool const is_at_start = at == 0 || (at != std::string_view::npos && text[at - 1] == '/');
  if (!is_at_start || text.size() < at + 6) return std::nullopt;
  return std::string(text.substr(at));
}

/// The last character of an ORCID proves the others (ISO 7064, MOD 11-2).
bool is_orcid(std::string_view text) noexcept {
  constexpr std::size_t length = 19;
  if (text.size() != length) return false;
  int total = 0;
  for (std::size_t i = 0; i + 1 < length; ++i) {
    if (i == 4 || i == 9 || i == 14) {
      if (text[i] != '-') return false;
    } else {
      if (!is_digit(text[i])) return false;
      total = (total + (text[i] - '0')) * 2;
    }
  }
  auto const check = (12 - total % 11) % 11;
  auto const expected = check == 10 ? 'X' : static_cast<char>('0' + check);
  return total > 0 && std::toupper(static_cast<unsigned char>(text.back())) == expected;
}

/// 0, a number of six digits to the base 32 (those of Crockford), and two digits that prove it (ISO
/// 7064, MOD 97-10).
bool is_ror(std::string_view small) noexcept {
  constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr std::size_t length = 9;
  if (small.size() != length || small.front() != '0') return false;
  std::uint64_t number = 0;
  for (auto const c : small.substr(1, 6)) {
    auto const digit = digits.find(c);
    if (digit == std::string_view::npos) return false;
    number = number * digits.size() + digit;
  }
  if (!is_digit(small[7]) || !is_digit(small[8])) return false;
  auto const check =
      static_cast<std::uint64_t>(small[7] - '0') * 10 + static_cast<std::uint64_t>(small[8] - '0');
  return check == 98 - number * 100 % 97;
}

} // namespace

std::optional<std::string> read_doi(std::string_view text) {
  auto name = stripped(text);
  while (auto const rest = without_prefix(name, doi_prefixes)) name = stripped(*rest);
  // 10.<registrant>/<name>: no blank, four digits at least (DOI Handbook 2.2).
  auto const slash = name.find('/');
  if (!name.starts_with("10.") || slash == std::string_view::npos || slash < 7 ||
      slash + 1 == name.size()) {
    return std::nullopt;
  }
  auto const registrant = name.substr(3, slash - 3);
  bool const is_number =
      std::ranges::all_of(registrant, [](char c) { return is_digit(c) || c == '.'; });
  if (!is_number || name.find_first_of(" \t\r\n<>\"") != std::string_view::npos) {
    return std::nullopt;
  }
  while (name.ends_with('.') || name.ends_with('/') || name.ends_with(',')) name.remove_suffix(1);
  if (name.size() <= slash + 1) return std::nullopt;
  return lowered(name);
}

std::optional<std::string> read_orcid(std::string_view text) {
  auto name = stripped(text);
  while (name.ends_with('/')) name.remove_suffix(1);
  if (auto const slash = name.find_last_of("/:"); slash != std::string_view::npos) {
    if (lowered(name.substr(0, slash)).find("orcid") == std::string::npos) return std::nullopt;
    name.remove_prefix(slash + 1);
  }
  if (!is_orcid(name)) return std::nullopt;
  std::string orcid(name);
  orcid.back() = static_cast<char>(std::toupper(static_cast<unsigned char>(orcid.back())));
  return orcid;
}

std::optional<std::string> read_ror(std::string_view text) {
  constexpr std::array<std::string_view, 5> prefixes{"https://ror.org/", "http://ror.org/",
                                                     "https://www.ror.org/", "ror.org/", "ror:"};
  auto const rest = without_prefix(stripped(text), prefixes);
  if (!rest) return std::nullopt;
  auto const name = lowered(rest->substr(0, rest->find_first_of("/?# ")));
  if (!is_ror(name)) return std::nullopt;
  return "https://ror.org/" + name;
}

bool is_absolute_uri(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 7> prefixes{
      "http://", "https://", "urn:", "doi:", "hdl:", "ark:", "info:"};
  return without_prefix(text, prefixes).has_value() &&
         text.find_first_of(" \t\r\n<>\"") == std::string_view::npos;
}

std::optional<model::Identifier> read_identifier(std::string_view text, std::string_view scheme) {
  constexpr std::size_t longest = 300;
  auto name = stripped(text);
  if (name.empty() || name.size() > longest || is_placeholder(name) || says_nothing(name) ||
      name.starts_with("{\"")) {
    return std::nullopt;
  }
  if (auto doi = read_doi(name)) {
    return model::Identifier{.scheme = "doi", .value = std::move(*doi)};
  }
  if (auto const handle = without_prefix(name, handle_prefixes)) {
    return model::Identifier{.scheme = "hdl", .value = std::string(*handle)};
  }
  if (auto ark = ark_of(name)) return model::Identifier{.scheme = "ark", .value = std::move(*ark)};
  constexpr std::array<std::string_view, 1> uuid_prefix{"urn:uuid:"};
  auto const bare = without_prefix(name, uuid_prefix).value_or(name);
  auto const source = stripped(scheme);
  bool const is_base = source.starts_with("http://") || source.starts_with("https://");
  // A code space that is an address begins the identifier (INSPIRE: namespace and local
  // identifier).
  if (is_base && !is_absolute_uri(name)) {
    std::string joined(source);
    if (!joined.ends_with('/') && !joined.ends_with('#') && !joined.ends_with('=')) joined += '/';
    joined += name;
    if (auto doi = read_doi(joined)) {
      return model::Identifier{.scheme = "doi", .value = std::move(*doi)};
    }
    return model::Identifier{.scheme = "uri", .value = std::move(joined)};
  }
  if (is_uuid(bare)) return model::Identifier{.scheme = "uuid", .value = lowered(bare)};
  if (is_absolute_uri(name)) return model::Identifier{.scheme = "uri", .value = std::string(name)};
  return model::Identifier{.scheme = std::string(source), .value = std::string(name)};
}

} // namespace terracat::formats
