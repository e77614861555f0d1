#pragma once

#include "pages/language.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace terracat::pages {

/// What the site says, in every language: one that lacked a language would not compile. `{0}`,
/// `{1}` … stand for what is filled in.
class Message {
 public:
  template<std::size_t FrSize, std::size_t EnSize>
  consteval Message(char const (&fr)[FrSize], char const (&en)[EnSize])
      : fr_(fr, FrSize - 1), en_(en, EnSize - 1) {
    if (fr_.empty() || en_.empty()) throw "a language is missing";
    for (auto place = '0'; place <= '9'; ++place) {
      char const mark[]{'{', place, '}', '\0'};
      if ((fr_.find(mark) == std::string_view::npos) !=
          (en_.find(mark) == std::string_view::npos)) {
        throw "the languages say different things";
      }
    }
  }

  [[nodiscard]] constexpr std::string_view in(Language language) const noexcept {
    return language == Language::fr ? fr_ : en_;
  }

 private:
  std::string_view fr_;
  std::string_view en_;
};

/// The message with its places filled in.
[[nodiscard]] std::string filled(Message message, Language language,
                                 std::initializer_list<std::string_view> values);

/// What is said of one thing, and of any other number of them. `{0}` is the number.
struct Counted {
  Message one;
  Message many;
};

/// "1 jeu de données", "4 312 jeux de données".
[[nodiscard]] std::string counted(Counted const& what, Language language, std::size_t count);

} // namespace terracat::pages
