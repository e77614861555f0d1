#pragma once

#include "pages/sheet.hpp"

#include <terracat/instant.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What operators are shown of keywords that no concept is sure to be.
namespace terracat::pages {

/// How a keyword stands.
enum class Standing : std::uint8_t {
  near,     ///< a concept may be meant, but none is sure
  unknown,  ///< no concept knows it
  accepted, ///< an operator said what it stands for
  refused,  ///< an operator said that it is not to be offered again
};

inline constexpr std::array all_standings{Standing::near, Standing::unknown, Standing::accepted,
                                          Standing::refused};

/// `near`
[[nodiscard]] std::string_view name_of(Standing standing) noexcept;

/// What an operator says of a keyword. In a form it is the name of a field, which has the address
/// of the concept if the keyword is accepted.
enum class Verdict : std::uint8_t { accept, refuse, withdraw };

inline constexpr std::array all_verdicts{Verdict::accept, Verdict::refuse, Verdict::withdraw};

/// `accept`
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;

/// \param name  as a form or an address has it
[[nodiscard]] std::optional<Verdict> verdict_of(std::string_view name) noexcept;

/// A concept that a keyword may stand for, or stands for.
struct CandidateConcept {
  std::string uri;
  std::string label; ///< in the wanted language; empty if no vocabulary has the concept any more
  std::string vocabulary;           ///< its name; likewise
  std::string matched;              ///< label that the keyword is like; empty of a decision
  std::string_view method;          ///< by which rule (vocabulary::name)
  std::optional<double> score = {}; ///< nothing: of a decision
  std::string path;                 ///< of its page; empty if there is none
};

struct KeywordSuggestion {
  std::string keyword; ///< folded, as decisions name it
  std::string label;   ///< as it is written
  Standing standing = Standing::near;
  std::size_t records = 0;
  std::vector<std::string> examples;        ///< ids of records
  std::vector<CandidateConcept> candidates; ///< of one that was accepted, the concept alone
  std::optional<model::Instant> decided = {};
  std::string author = {};
};

struct SuggestionsFacts {
  Standing standing = Standing::near;
  std::span<KeywordSuggestion const> rows; ///< of this page
  std::string_view from = {};              ///< what led to this page; empty: it is the first one
  std::string_view after = {};             ///< what leads to the next one; empty: there is none
  std::size_t matched = 0;                 ///< in all
  std::string_view token = {};             ///< of forms (order_form.hpp); empty: nothing is written
  std::optional<Verdict> given = {};
};

/// The page of what stands so, and the address to which its forms are sent.
/// \param from   what leads to that part of it
/// \param given  what the page says was just decided
[[nodiscard]] std::string suggestions_path(Standing standing, std::string_view from = {},
                                           std::optional<Verdict> given = {});

/// The keywords of one standing, each with forms that decide it; with the commands that do where
/// nothing is written.
[[nodiscard]] std::string suggestions_page(SiteFacts const& site, Language language,
                                           SuggestionsFacts const& facts);

} // namespace terracat::pages
