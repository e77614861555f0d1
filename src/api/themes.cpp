#include "api/themes.hpp"

#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"
#include "geometry/deadline.hpp"
#include "pages/question.hpp"
#include "query/folding.hpp"
#include "vocabulary/roles.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <cstdint>
#include <unordered_set>

/// `/api/v1/themes` and the pages of compartments.
namespace terracat::api {
namespace {

namespace role = vocabulary::role;
using vocabulary::ConceptNumber;
using vocabulary::local_name;

constexpr std::size_t most_variables = 6; ///< of one part, on a page
constexpr std::size_t most_others = 30;   ///< that lie below no part
constexpr std::size_t most_examples = 3;
constexpr std::size_t most_looked_at = 500; ///< records, for examples
constexpr std::size_t most_parts = 300;
constexpr std::size_t most_told = 10'000; ///< variables of a compartment, as JSON
constexpr std::size_t most_named = 20;    ///< compartments, in a problem

std::string path_of_data(pages::Facet facet, std::string_view value) {
  return pages::path_of(pages::Question{.choices = {{facet, std::string(value)}}});
}

/// Where in the section it lies, from the top; behind all if it is not drawn.
std::size_t depth_of(std::string_view compartment) noexcept {
  auto const* const stratum = pages::stratum_of(compartment);
  auto const all = pages::strata();
  return stratum == nullptr ? all.size() : static_cast<std::size_t>(stratum - all.data());
}

Themes::Number wanted_theme(Exchange const& exchange, Themes const& themes) {
  auto const name = exchange.captured("theme");
  if (auto const number = themes.find(name)) return *number;
  std::string detail = "there is no compartment '" + name.substr(0, 100) + "'";
  auto const known = themes.numbers();
  for (std::size_t place = 0; place < std::min(known.size(), most_named); ++place) {
    detail.append(place == 0 ? "; there are " : ", ").append(themes.name(known[place]));
  }
  throw ProblemError({.kind = ProblemKind::not_found, .detail = std::move(detail), .where = {}});
}

// ---- Pages

pages::ThemeFacts facts_of(Themes const& themes, ConceptNumber number) {
  pages::ThemeFacts out{.theme = themes.theme(number),
                        .search_path = path_of_data(pages::Facet::compartment, themes.name(number)),
                        .examples = {}};
  auto const link_to_data = [&](ConceptNumber variable) {
    return pages::ConceptLink{
        .label = themes.label(variable),
        .path = path_of_data(pages::Facet::variable, themes.all().at(variable).uri()),
        .count = themes.count(variable)};
  };
  auto const parts = themes.parts(number);
  for (auto const variable : themes.other_variables(number, parts, most_others)) {
    out.variables.push_back(link_to_data(variable));
  }
  for (auto const part : parts) {
    if (geometry::is_late()) throw geometry::Late();
    auto const count = themes.count(part);
    auto const label = themes.label(part);
    if (count && *count == 0) {
      out.empty.push_back({.label = label, .path = path_of(themes.all(), part), .count = {}});
      continue;
    }
    pages::Question const about{.concept_uri = std::string(themes.all().at(part).uri())};
    pages::SubDomain one{.data = {.label = label, .path = pages::path_of(about), .count = count},
                         .definition = themes.definition(part)};
    for (auto const variable : themes.variables(part, most_variables)) {
      one.variables.push_back(link_to_data(variable));
    }
    out.parts.push_back(std::move(one));
  }
  std::ranges::stable_sort(out.parts, std::ranges::greater{},
                           [](auto const& part) { return part.data.count; });
  return out;
}

std::vector<pages::Resource> examples_of(Exchange const& exchange, catalogue::View& view,
                                         ConceptNumber number) {
  std::vector<pages::Resource> out;
  for (auto const& record : view.records_about(number, most_looked_at)) {
    if (out.size() == most_examples) break;
    if (record.entry != nullptr) out.push_back(resource_of(exchange, view, record));
  }
  return out;
}

// ---- JSON

void write_members(json::Writer& out, Exchange const& exchange, Themes const& themes,
                   ConceptNumber number, std::string_view language) {
  out.name("uri").string(themes.all().at(number).uri());
  out.name("label").string(themes.label(number).text);
  out.member("definition", themes.definition(number).text);
  if (auto const count = themes.count(number)) {
    out.name("count").integer(static_cast<std::int64_t>(*count));
  }
  out.name("href").string(page_of(exchange.site(), number, language));
}

void begin_theme(json::Writer& out, Exchange const& exchange, Themes const& themes,
                 ConceptNumber number, std::string_view language) {
  out.begin_object().name("id").string(themes.name(number));
  write_members(out, exchange, themes, number, language);
}

} // namespace

Themes::Themes(Site const& site, catalogue::View& view, std::vector<std::string> languages)
    : all_(*site.thesaurus), counted_(view.counted_concepts()), languages_(std::move(languages)) {}

Themes::Themes(Site const& site, catalogue::View& view, pages::Language language)
    : Themes(site, view, languages_of(language)) {}

std::vector<ConceptNumber> Themes::numbers() const {
  auto const known = all_.compartments();
  std::vector<ConceptNumber> out(known.begin(), known.end());
  std::ranges::stable_sort(out, {}, [&](ConceptNumber number) { return depth_of(name(number)); });
  return out;
}

std::optional<ConceptNumber> Themes::find(std::string_view name) const {
  auto const known = all_.compartments();
  auto const found =
      std::ranges::find_if(known, [&](ConceptNumber number) { return this->name(number) == name; });
  return found == known.end() ? std::nullopt : std::optional(*found);
}

std::string_view Themes::name(Number number) const {
  return local_name(all_.at(number).uri());
}

pages::Theme Themes::theme(Number number) const {
  return {.name = name(number),
          .label = label(number),
          .definition = definition(number),
          .count = count(number),
          .stratum = pages::stratum_of(name(number))};
}

std::vector<pages::Theme> Themes::themes() const {
  std::vector<pages::Theme> out;
  for (auto const number : numbers()) out.push_back(theme(number));
  return out;
}

std::vector<ConceptNumber> Themes::parts(Number number) const {
  auto const below = all_.at(number).narrower();
  std::vector<ConceptNumber> all;
  std::vector<ConceptNumber> parts;
  bool has_roles = false;
  for (auto const one : below) {
    auto const described = all_.at(one);
    if (described.is_deprecated()) continue;
    bool const is_part = described.has_role(role::sub_domain);
    has_roles = has_roles || is_part || described.has_role(role::variable);
    (is_part ? parts : all).push_back(one);
  }
  auto out = by_name(has_roles ? std::move(parts) : std::move(all));
  if (out.size() <= most_parts) return out;
  std::ranges::stable_sort(out, std::ranges::greater{}, [&](auto const one) { return count(one); });
  out.resize(most_parts);
  return by_name(std::move(out));
}

std::vector<ConceptNumber> Themes::variables(Number number, std::size_t limit) const {
  std::vector<ConceptNumber> found;
  for (auto const& step : all_.all_narrower(number)) {
    auto const described = all_.at(step.number);
    bool const is_one = !described.is_deprecated() && described.has_role(role::variable);
    if (is_one) found.push_back(step.number);
  }
  return ranked(std::move(found), limit);
}

std::vector<ConceptNumber> Themes::other_variables(Number number, std::vector<Number> const& parts,
                                                   std::size_t limit) const {
  std::unordered_set<ConceptNumber> in_parts(parts.begin(), parts.end());
  for (auto const part : parts) {
    if (geometry::is_late()) throw geometry::Late();
    for (auto const& step : all_.all_narrower(part)) in_parts.insert(step.number);
  }
  auto out = variables(number, SIZE_MAX);
  std::erase_if(out, [&](ConceptNumber one) { return in_parts.contains(one); });
  if (out.size() > limit) out.resize(limit);
  return out;
}

std::vector<ConceptNumber> Themes::by_name(std::vector<Number> numbers) const {
  std::vector<std::pair<std::string, ConceptNumber>> named;
  named.reserve(numbers.size());
  for (auto const number : numbers) named.emplace_back(query::folded(label(number).text), number);
  std::ranges::sort(named);
  std::ranges::transform(named, numbers.begin(), [](auto const& one) { return one.second; });
  return numbers;
}

std::vector<ConceptNumber> Themes::ranked(std::vector<Number> numbers, std::size_t limit) const {
  std::erase_if(numbers, [&](ConceptNumber number) { return count(number) == 0U; });
  if (limit < numbers.size()) { // names are dear: only of those that may be shown
    auto const last = numbers.begin() + static_cast<std::ptrdiff_t>(limit - 1);
    std::ranges::nth_element(numbers, last, std::ranges::greater{},
                             [&](ConceptNumber number) { return count(number); });
    auto const least = count(*last);
    std::erase_if(numbers, [&](ConceptNumber number) { return count(number) < least; });
  }
  numbers = by_name(std::move(numbers));
  std::ranges::stable_sort(numbers, std::ranges::greater{},
                           [&](ConceptNumber number) { return count(number); });
  if (numbers.size() > limit) numbers.resize(limit);
  return numbers;
}

std::optional<std::size_t> Themes::count(Number number) const {
  return counted_ ? std::optional(counted_->datasets(number)) : std::nullopt;
}

pages::Term Themes::label(Number number) const {
  auto const found = all_.at(number).label(languages_);
  return {.text = found.text, .language = found.language};
}

pages::Term Themes::definition(Number number) const {
  auto const note = all_.at(number).definition(languages_);
  return note ? pages::Term{.text = note->text, .language = note->language} : pages::Term{};
}

std::vector<pages::Stratum const*> strata_of(catalogue::View& view, RecordNumber record) {
  std::vector<pages::Stratum const*> out;
  auto const& uses = view.concepts();
  if (!uses) return out;
  auto const& all = uses->thesaurus();
  auto const about = uses->counted_of(record);
  for (auto const compartment : all.compartments()) {
    if (!std::ranges::binary_search(about, uses->head_of(compartment))) continue;
    auto const* const stratum = pages::stratum_of(local_name(all.at(compartment).uri()));
    if (stratum != nullptr) out.push_back(stratum);
  }
  std::ranges::sort(out);
  return out;
}

Reply get_themes(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  VocabularyQuestion const question(exchange);
  auto tag = concept_list_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  Themes const themes(exchange.site(), view, question.languages());
  json::Writer out;
  out.begin_object().name("themes").begin_array();
  for (auto const number : themes.numbers()) {
    begin_theme(out, exchange, themes, number, question.language());
    out.end_object();
  }
  return tagged(out.end_array().end_object().take(), json_type, std::move(tag));
}

Reply get_theme(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  VocabularyQuestion const question(exchange);
  Themes const themes(exchange.site(), view, question.languages());
  auto const theme = wanted_theme(exchange, themes);
  auto tag = concept_list_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  json::Writer out;
  begin_theme(out, exchange, themes, theme, question.language());
  auto room = most_told;
  auto const write_all = [&](std::vector<ConceptNumber> const& variables) {
    room -= variables.size();
    for (auto const variable : variables) {
      out.begin_object();
      write_members(out, exchange, themes, variable, question.language());
      out.end_object();
    }
  };
  out.name("children").begin_array();
  auto const parts = themes.parts(theme);
  for (auto const part : parts) {
    if (geometry::is_late()) throw geometry::Late();
    out.begin_object();
    write_members(out, exchange, themes, part, question.language());
    out.name("children").begin_array();
    if (room > 0) write_all(themes.variables(part, room));
    out.end_array().end_object();
  }
  if (room > 0) write_all(themes.other_variables(theme, parts, room));
  return tagged(out.end_array().end_object().take(), json_type, std::move(tag));
}

Reply get_themes_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  auto tag = page_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const themes = Themes(exchange.site(), view, language).themes();
  return page_reply(language, pages::themes_page(facts_of(exchange.site()), language, themes),
                    std::move(tag));
}

Reply get_theme_page(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto view = view_of_pages(exchange);
  Themes const themes(exchange.site(), view, language);
  auto const number = wanted_theme(exchange, themes);
  auto tag = page_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto facts = facts_of(themes, number);
  auto const examples = examples_of(exchange, view, number);
  facts.examples = examples;
  return page_reply(language, pages::theme_page(facts_of(exchange.site()), language, facts),
                    std::move(tag));
}

} // namespace terracat::api
