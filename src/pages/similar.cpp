#include "pages/similar.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace terracat::pages {
namespace {

struct Words {
  SharedWith::What what;
  Message message;   ///< `{0}`: names, or percent
  bool is_of_extent; ///< how much is shared tells more than what
};

using enum SharedWith::What;

// THE table.
constexpr std::array table{
    Words{concepts, {"mêmes sujets : {0}", "same subjects: {0}"}, false},
    Words{variables, {"mêmes variables : {0}", "same variables: {0}"}, false},
    Words{keywords, {"mêmes mots-clés : {0}", "same keywords: {0}"}, false},
    Words{platform, {"même plateforme : {0}", "same platform: {0}"}, false},
    Words{instruments, {"même instrument : {0}", "same instrument: {0}"}, false},
    Words{producers, {"même producteur : {0}", "same producer: {0}"}, false},
    Words{place, {"emprise commune à {0} %", "{0} % of the area in common"}, true},
    Words{period, {"période commune à {0} %", "{0} % of the period in common"}, true},
};

constexpr double least_extent = 0.1; ///< less in common says nothing

} // namespace

std::string words_of(SharedWith const& shared, Language language) {
  auto const& words = *std::ranges::find(table, shared.what, &Words::what);
  if (words.is_of_extent) {
    if (shared.share < least_extent) return {};
    return filled(words.message, language, {std::to_string(std::lround(100 * shared.share))});
  }
  std::string names;
  for (auto const& name : shared.names) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? names : filled(words.message, language, {names});
}

void write_similar(Sheet& sheet, std::span<SimilarResource const> similar) {
  auto& html = sheet.html;
  html.element("ul", {{"class", "lines"}}, [&] {
    for (auto const& one : similar) {
      html.element("li", {}, [&] {
        auto const title = best(one.resource.record->title, sheet.language());
        html.element("a",
                     {{"href", sheet.page(path_of(one.resource))}, {"lang", sheet.lang(title)}},
                     title.text);
        std::string why;
        for (auto const& shared : one.shared) {
          auto const words = words_of(shared, sheet.language());
          if (!words.empty()) why += (why.empty() ? "" : " · ") + words;
        }
        html.element("span", {{"class", "micro dim"}}, why);
      });
    }
  });
}

} // namespace terracat::pages
