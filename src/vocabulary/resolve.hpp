#pragma once

#include "vocabulary/thesaurus.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace terracat::vocabulary {

/// How a keyword led to a concept.
enum class Method : std::uint8_t {
  address,   ///< it is one of the concept, in any form
  preferred, ///< it is such a label, in any language, whatever its case and accents
  alternate,
  hidden,
  notation,
  path,     ///< `A > B > C`: its last part leads there, and one before it to a broader concept
  leaf,     ///< likewise, but nothing before it leads to a broader concept
  variant,  ///< it is such a label in plural or singular, or with other blanks (`Sentinel2`)
  accepted, ///< none of these: an operator said so
};

/// `preferred`
[[nodiscard]] std::string_view name(Method method) noexcept;

struct Resolution {
  ConceptNumber number;
  Label label; ///< that the keyword is
  Method method;

  /// How sure it is, from 0 to 1. One that stands for several concepts of one vocabulary is worth
  /// less, for nobody says which of them is meant.
  double score = 0;
};

/// What a Resolution scores that may be taken without asking a person: alternate labels score less,
/// for vocabularies put words there that are only near.
inline constexpr double sure_score = 0.92;

/// The concepts that a keyword may stand for, the surest first. In the place of a deprecated
/// concept stand those that replace it; without such it stays, and is worth less.
[[nodiscard]] std::vector<Resolution> resolve(Thesaurus const& thesaurus, std::string_view keyword);

} // namespace terracat::vocabulary
