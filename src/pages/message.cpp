#include "pages/message.hpp"

#include "pages/words.hpp"

namespace terracat::pages {

std::string filled(Message message, Language language,
                   std::initializer_list<std::string_view> values) {
  auto rest = message.in(language);
  std::string out;
  for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    out += rest.substr(0, open);
    auto const place = static_cast<std::size_t>(rest.at(open + 1) - '0');
    out += place < values.size() ? *(values.begin() + place) : std::string_view();
    rest.remove_prefix(open + 3);
  }
  return out += rest;
}

std::string counted(Counted const& what, Language language, std::size_t count) {
  bool const is_one = count == 1 || (count == 0 && language == Language::fr);
  return filled(is_one ? what.one : what.many, language, {number(count, language)});
}

} // namespace terracat::pages
