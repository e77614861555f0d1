#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What is made of a text before a field takes it.
namespace terracat::formats::rules {

/// One row of converter.cpp for each.
struct Converter {
  std::string_view name;    ///< as in files of rules
  std::string_view summary; ///< for people
  bool has_separator;       ///< the rule has to say by what

  /// \param separator  empty unless there has to be one
  /// \return           nothing if the text is not what is converted; else one text or several
  std::optional<std::vector<std::string>> (*convert)(std::string_view text,
                                                     std::string_view separator);
};

[[nodiscard]] std::span<Converter const> converters() noexcept;

/// \return  null if there is none of that name
[[nodiscard]] Converter const* find_converter(std::string_view name) noexcept;

} // namespace terracat::formats::rules
