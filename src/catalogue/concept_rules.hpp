#pragma once

#include "vocabulary/thesaurus.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::catalogue {

/// By which records are about a concept although none of their words says so. All that is given has
/// to hold; of a list, one entry does.
struct ConceptRule {
  std::string name;     ///< told beside what it leads to
  std::string leads_to; ///< a compartment by its name, or whatever concept by its address

  /// Names of sources; nothing: whatever source.
  std::optional<std::vector<std::string>> sources;

  /// Of keywords, variables, platforms and instruments, folded (folded_keyword); one with `*` at
  /// its end is a beginning. Empty: whatever it says.
  std::vector<std::string> words;

  /// It says nothing of words that this term does not fulfil. \param keywords  of one term, folded
  [[nodiscard]] bool fits_one_of(std::span<std::string const> keywords) const;

  [[nodiscard]] bool is_of_source(std::string_view source) const;

  friend bool operator==(ConceptRule const&, ConceptRule const&) = default;
};

using ConceptRules = std::vector<ConceptRule>;

/// More are not heard.
inline constexpr std::size_t most_concept_rules = 1'000;

/// What a rule leads to. \return  nothing if no vocabulary knows it: the rule does nothing
[[nodiscard]] std::optional<vocabulary::ConceptNumber> concept_of(vocabulary::Thesaurus const& all,
                                                                  ConceptRule const& rule);

/// Another one for other rules; 0 if there are none.
[[nodiscard]] std::uint64_t digest_of(ConceptRules const& rules);

} // namespace terracat::catalogue
