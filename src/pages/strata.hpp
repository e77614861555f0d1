#pragma once

#include "pages/sheet.hpp"

#include <span>
#include <string_view>

/// How compartments of the Earth system are drawn: as strata of a section through it, each with a
/// colour and a pattern of its own. Screen readers pass drawings by: words say the same.
namespace terracat::pages {

struct Stratum {
  std::string_view name;   ///< of the compartment, as vocabularies/earth has it: "atmosphere"
  std::string_view colour; ///< of style sheets and patterns: "atm"
  Message label;           ///< said to who does not see the drawing
};

/// From the air down to the rock.
[[nodiscard]] std::span<Stratum const> strata() noexcept;

/// \return  null if the compartment is none of those that have a drawing
[[nodiscard]] Stratum const* stratum_of(std::string_view compartment) noexcept;

/// The patterns that drawings are filled with. Every page has them once, at its end.
void write_patterns(Sheet& sheet);

/// A small field of it, beside words that name it.
void write_swatch(Sheet& sheet, Stratum const& stratum);

/// A drill core of up to three, one above the other.
void write_core(Sheet& sheet, std::span<Stratum const* const> found);

/// All their names, for who does not see the core.
void write_names(Sheet& sheet, std::span<Stratum const* const> found);

/// The section through all of them.
void write_section(Sheet& sheet);

} // namespace terracat::pages
