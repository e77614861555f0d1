#include "pages/question.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

struct SortRow {
  Sort sort;
  std::string_view name; ///< in addresses
};

constexpr std::array sorts{SortRow{Sort::standard, ""}, SortRow{Sort::title, "title"},
                           SortRow{Sort::updated, "updated"}, SortRow{Sort::start, "start"},
                           SortRow{Sort::end, "end"}};

} // namespace

std::string_view name_of(Kind kind) noexcept {
  return kind == Kind::datasets ? "" : "other";
}

std::string_view name_of(Sort sort) noexcept {
  return std::ranges::find(sorts, sort, &SortRow::sort)->name;
}

std::optional<Sort> sort_named(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(sorts, name, &SortRow::name);
  return found == sorts.end() ? std::nullopt : std::optional(found->sort);
}

std::string path_of(Question const& question) {
  std::string out = "/search";
  auto const add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += out.find('?') == std::string::npos ? '?' : '&';
    out += std::string(name) + "=" + percent_encoded(value);
  };
  add("q", question.words);
  add("concept", question.concept_uri);
  for (auto const& choice : question.choices) add(row_of(choice.facet).name, choice.value);
  add("pole", question.pole);
  add("from", question.from);
  add("to", question.to);
  add("bbox", question.bbox);
  add("area", question.area);
  if (question.whole) add("all", row_of(*question.whole).name);
  if (question.has_words_alone) add("place", "words");
  add("type", name_of(question.kind));
  add("sort", name_of(question.sort));
  if (question.page > 1) add("page", std::to_string(question.page));
  return out;
}

} // namespace terracat::pages
