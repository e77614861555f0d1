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

/// Words that say it, without blanks: codes are written in one word.
struct Saying {
  std::string_view words;
  Access access;
};

/// The whole statement.
constexpr std::array whole{
    Saying{"public", Access::open},
    Saying{"openaccess", Access::open},
    Saying{"opendata", Access::open},
    Saying{"donneesouvertes", Access::open},
    Saying{"restricted", Access::restricted},
    Saying{"nonpublic", Access::restricted},
    Saying{"confidential", Access::restricted},
};

/// Within a statement; the first that stands in it counts, so that what denies a limit stands
/// before the limit.
constexpr std::array within{
    Saying{"nolimitation", Access::open},
    Saying{"norestriction", Access::open},
    Saying{"noconditionsapply", Access::open},
    Saying{"noaccessconstraint", Access::open},
    Saying{"accessconstraintsnone", Access::open},
    Saying{"aucunerestriction", Access::open},
    Saying{"aucunelimitation", Access::open},
    Saying{"aucunecontrainte", Access::open},
    Saying{"aucunecondition", Access::open},
    Saying{"aucundesarticlesdelaloi", Access::open},
    Saying{"pasderestriction", Access::open},
    Saying{"pasdelimitation", Access::open},
    Saying{"acceslibre", Access::open},
    Saying{"libreacces", Access::open},
    Saying{"accesslevelpublic", Access::open},
    Saying{"accessrightpublic", Access::open},
    Saying{"semanticsopenaccess", Access::open},
    Saying{"accessrightcabf2", Access::open},
    Saying{"withoutregistration", Access::open},
    Saying{"sansinscription", Access::open},
    Saying{"accessrightrestricted", Access::restricted},
    Saying{"accessrightnonpublic", Access::restricted},
    Saying{"semanticsrestrictedaccess", Access::restricted},
    Saying{"semanticsclosedaccess", Access::restricted},
    Saying{"semanticsembargoedaccess", Access::restricted},
    Saying{"accessrightc16ec", Access::restricted},
    Saying{"accessrightcf1cf", Access::restricted},
    Saying{"accessrightc14cb", Access::restricted},
    Saying{"surdemande", Access::request},
    Saying{"onrequest", Access::request},
    Saying{"uponrequest", Access::request},
    Saying{"authorisationrequired", Access::request},
    Saying{"authorizationrequired", Access::request},
    Saying{"requiresregistration", Access::account},
    Saying{"registrationrequired", Access::account},
    Saying{"registrationisrequired", Access::account},
    Saying{"registeredusers", Access::account},
    Saying{"surinscription", Access::account},
    Saying{"inscriptionobligatoire", Access::account},
    Saying{"loginrequired", Access::account},
    Saying{"accountrequired", Access::account},
    Saying{"useraccount", Access::account},
    Saying{"compteutilisateur", Access::account},
    Saying{"article131", Access::restricted},
    Saying{"l1244i", Access::restricted},
    Saying{"l1245ii", Access::restricted},
    Saying{"adverselyaffect", Access::restricted},
    Saying{"publicaccesslimited", Access::restricted},
    Saying{"restrictedaccess", Access::restricted},
    Saying{"closedaccess", Access::restricted},
    Saying{"embargoedaccess", Access::restricted},
    Saying{"accesrestreint", Access::restricted},
    Saying{"openaccess", Access::open},
};

} // namespace

std::string_view name_of(Access access) noexcept {
  constexpr std::array<std::string_view, 4> names{"open", "account", "request", "restricted"};
  return names.at(static_cast<std::size_t>(access));
}

std::optional<Access> access_of_text(std::string_view statement) {
  auto words = folded(statement.substr(0, most_bytes));
  std::erase(words, ' ');
  auto const* const exact = std::ranges::find(whole, std::string_view(words), &Saying::words);
  if (exact != whole.end()) return exact->access;
  auto const found = std::ranges::find_if(
      within, [&](Saying const& saying) { return words.find(saying.words) != std::string::npos; });
  return found == within.end() ? std::nullopt : std::optional(found->access);
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
