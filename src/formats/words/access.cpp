#include "formats/words/access.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace terracat::formats {
namespace {

constexpr std::size_t most_statements = 50;
constexpr std::size_t most_bytes =
    2'000; ///< of a statement: what it grants stands at its beginning

/// Words that say it, as `folded` writes them. A code in one word stands twice.
struct Saying {
  std::string_view words;
  Access access;
};

/// The whole statement.
constexpr std::array whole{
    Saying{"public", Access::open},
    Saying{"restricted", Access::restricted},
    Saying{"non public", Access::restricted},
    Saying{"confidential", Access::restricted},
};

/// Whole words within a statement; the first of the table that stands in it counts, so that what
/// denies a limit stands before the limit.
constexpr std::array within{
    Saying{"no limitation", Access::open},
    Saying{"no limitations", Access::open},
    Saying{"nolimitation", Access::open},
    Saying{"nolimitations", Access::open},
    Saying{"no restriction", Access::open},
    Saying{"no restrictions", Access::open},
    Saying{"unrestricted", Access::open},
    Saying{"non restricted", Access::open},
    Saying{"not restricted", Access::open},
    Saying{"no conditions apply", Access::open},
    Saying{"noconditionsapply", Access::open},
    Saying{"no access constraint", Access::open},
    Saying{"no access constraints", Access::open},
    Saying{"access constraints none", Access::open},
    Saying{"aucune restriction", Access::open},
    Saying{"aucune limitation", Access::open},
    Saying{"aucune contrainte", Access::open},
    Saying{"aucune condition", Access::open},
    Saying{"aucun des articles de la loi", Access::open},
    Saying{"pas de restriction", Access::open},
    Saying{"pas de limitation", Access::open},
    Saying{"accesslevel public", Access::open},
    Saying{"access right public", Access::open},
    Saying{"semantics openaccess", Access::open},
    Saying{"access right c abf2", Access::open},
    Saying{"access right restricted", Access::restricted},
    Saying{"access right non public", Access::restricted},
    Saying{"semantics restrictedaccess", Access::restricted},
    Saying{"semantics closedaccess", Access::restricted},
    Saying{"semantics embargoedaccess", Access::restricted},
    Saying{"access right c 16ec", Access::restricted},
    Saying{"access right c f1cf", Access::restricted},
    Saying{"access right c 14cb", Access::restricted},
    Saying{"sur demande", Access::request},
    Saying{"on request", Access::request},
    Saying{"upon request", Access::request},
    Saying{"authorisation required", Access::request},
    Saying{"authorization required", Access::request},
    Saying{"requires registration", Access::account},
    Saying{"registration required", Access::account},
    Saying{"registration is required", Access::account},
    Saying{"registered users", Access::account},
    Saying{"sur inscription", Access::account},
    Saying{"inscription obligatoire", Access::account},
    Saying{"login required", Access::account},
    Saying{"account required", Access::account},
    Saying{"user account", Access::account},
    Saying{"compte utilisateur", Access::account},
    Saying{"article 13 1", Access::restricted},
    Saying{"article13 1", Access::restricted},
    Saying{"article13 1a", Access::restricted},
    Saying{"article13 1b", Access::restricted},
    Saying{"article13 1c", Access::restricted},
    Saying{"article13 1d", Access::restricted},
    Saying{"article13 1e", Access::restricted},
    Saying{"article13 1f", Access::restricted},
    Saying{"article13 1g", Access::restricted},
    Saying{"article13 1h", Access::restricted},
    Saying{"l124 4 i", Access::restricted},
    Saying{"l124 5 ii", Access::restricted},
    Saying{"adversely affect", Access::restricted},
    Saying{"public access limited", Access::restricted},
    Saying{"restricted access", Access::restricted},
    Saying{"closed access", Access::restricted},
    Saying{"embargoed access", Access::restricted},
    Saying{"acces restreint", Access::restricted},
    Saying{"open access", Access::open},
    Saying{"openaccess", Access::open},
    Saying{"open data", Access::open},
    Saying{"opendata", Access::open},
    Saying{"donnees ouvertes", Access::open},
    Saying{"acces libre", Access::open},
    Saying{"libre acces", Access::open},
};

/// Words before what is said, near enough to turn it round.
constexpr std::array<std::string_view, 9> denials{"no",   "not",    "non", "without", "pas",
                                                  "sans", "cannot", "ni",  "aucun"};
constexpr std::size_t near = 2; ///< words

/// Where whole words stand in others. \return  npos: nowhere
std::size_t place_of(std::string_view words, std::string_view text) noexcept {
  for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    auto const end = at + words.size();
    bool const begins = at == 0 || text[at - 1] == ' ';
    if (begins && (end == text.size() || text[end] == ' ')) return at;
  }
  return std::string_view::npos;
}

/// True if one of the last words denies what follows.
bool is_denied(std::string_view before) noexcept {
  for (std::size_t i = 0; i < near && !before.empty(); ++i) {
    before = before.substr(0, before.find_last_not_of(' ') + 1);
    auto const begin = before.rfind(' ') + 1;
    if (std::ranges::find(denials, before.substr(begin)) != denials.end()) return true;
    before = before.substr(0, begin);
  }
  return false;
}

} // namespace

std::string_view name_of(Access access) noexcept {
  constexpr std::array<std::string_view, 4> names{"open", "account", "request", "restricted"};
  return names.at(static_cast<std::size_t>(access));
}

std::optional<Access> access_of_text(std::string_view statement) {
  auto const words = folded(statement.substr(0, most_bytes));
  auto const* const exact = std::ranges::find(whole, std::string_view(words), &Saying::words);
  if (exact != whole.end()) return exact->access;
  for (auto const& saying : within) {
    auto const place = place_of(saying.words, words);
    // What is denied tells nothing: "no registration required" need not be open.
    if (place == std::string_view::npos) continue;
    if (!is_denied(std::string_view(words).substr(0, place))) return saying.access;
  }
  return std::nullopt;
}

std::optional<Access> access_of(model::Record const& record) {
  std::optional<Access> out;
  std::size_t left = most_statements;
  for (auto const& statement : record->access_constraints) {
    for (auto const& entry : statement.entries()) {
      if (left-- == 0) return out;
      auto const access = access_of_text(entry.text);
      if (access && (!out || *out < *access)) out = access;
    }
  }
  return out;
}

} // namespace terracat::formats
