#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace terracat::pages {

/// The languages that pages speak.
enum class Language : std::uint8_t { fr, en };

inline constexpr std::array languages{Language::fr, Language::en};

/// As in addresses and in `lang`: "fr".
[[nodiscard]] constexpr std::string_view code(Language language) noexcept {
  return language == Language::fr ? "fr" : "en";
}

/// As the language calls itself.
[[nodiscard]] constexpr std::string_view own_name(Language language) noexcept {
  return language == Language::fr ? "Français" : "English";
}

[[nodiscard]] constexpr Language other(Language language) noexcept {
  return language == Language::fr ? Language::en : Language::fr;
}

/// The one that a tag of BCP 47 means: "fr-CA". \return  nothing if pages do not speak it
[[nodiscard]] std::optional<Language> spoken(std::string_view tag) noexcept;

} // namespace terracat::pages
