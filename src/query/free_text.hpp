#pragma once

#include <terracat/problem.hpp>
#include <terracat/query.hpp>

#include <string_view>

/// Free text as the STAC API extension free-text 1.0.0-rc.1 has it, in one parameter.
namespace terracat::query {

/// How large a text may be.
struct FreeTextLimits {
  std::size_t depth = 16;
  std::size_t phrases = 30;
};

/// Reads what is looked for. A list with commas and without other operators names phrases, of which
/// one has to stand there (the extension's basic form). Else it is of its advanced form:
///
///     any  = all { ["OR" | ","] all }
///     all  = term { "AND" term }
///     term = ["+" | "-"] (word | '"' phrase '"' | "(" any ")")
///
/// Of the parts of `any` one has to be true. But all that have a `+` have to be, and then the
/// others need not; those behind `-` must not. Operators are written in capitals; a sign inside a
/// word belongs to it. \return  the problem tells the character, the first is 1
[[nodiscard]] Result<Expression> read_free_text(std::string_view text,
                                                FreeTextLimits const& limits = {});

} // namespace terracat::query
