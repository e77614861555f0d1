#pragma once

#include "pages/sheet.hpp"

#include <optional>
#include <string_view>

/// Fields of filters that a reader types into, and what they say.
namespace terracat::pages {

inline constexpr Message period_hint{"Année, mois ou jour : 2018, 2018-03, 2018-03-15",
                                     "Year, month or day: 2018, 2018-03, 2018-03-15"};
inline constexpr Message cannot_be_read{"Cette valeur n’est pas comprise.",
                                        "This value is not understood."};

struct TextField {
  std::string_view name;
  std::string_view value;
  Message label;
  std::optional<std::string_view> hint_id; ///< of the element that explains it
  bool is_wrong = false;                   ///< its value cannot be read
  std::string_view most = "100";           ///< characters
};

void write_text_field(Sheet& sheet, TextField const& field);

} // namespace terracat::pages
