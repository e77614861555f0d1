#include "api/choices.hpp"

#include "api/pages.hpp"
#include "api/themes.hpp"
#include "api/vocabulary_question.hpp"
#include "pages/record_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::api {
namespace {

using pages::Choice;
using pages::Facet;
using pages::FacetOption;

constexpr std::size_t most_choices = 50;
constexpr std::size_t longest_value = 500; ///< bytes
constexpr std::size_t most_options = 30;
constexpr std::size_t most_counted = 200;    ///< values of a facet, of which options are made
constexpr std::size_t most_of_whole = 1'000; ///< options of a facet that is shown whole

/// A facet of the page in the words of the catalogue.
struct AskedFacet {
  Facet facet;
  std::string_view counted; ///< facet of the catalogue
  std::string_view property;
};

// THE table.
constexpr std::array table{
    AskedFacet{Facet::compartment, catalogue::compartment_facet, "concepts"},
    AskedFacet{Facet::variable, catalogue::variable_concept_facet, "concepts"},
    AskedFacet{Facet::platform, "platform", "platform"},
    AskedFacet{Facet::producer, "producer", "producers"},
    AskedFacet{Facet::access, "access", "access"},
    AskedFacet{Facet::resolution, "resolution", "resolution"},
    AskedFacet{Facet::format, "format", "formats"},
    AskedFacet{Facet::licence, "licence", "license"},
};

AskedFacet const& asked_by(Facet facet) {
  return *std::ranges::find(table, facet, &AskedFacet::facet);
}

/// A record has one value of it, and no list.
bool is_single(Facet facet) noexcept {
  return facet == Facet::licence || facet == Facet::access;
}

bool is_about_concepts(Facet facet) noexcept {
  return facet == Facet::compartment || facet == Facet::variable;
}

/// The concept that a value means: a compartment by its name, any by its address.
std::optional<vocabulary::ConceptNumber> concept_of(vocabulary::Thesaurus const& all,
                                                    Choice const& choice) {
  if (choice.facet == Facet::compartment) {
    for (auto const number : all.compartments()) {
      if (vocabulary::local_name(all.at(number).uri()) == choice.value) return number;
    }
  }
  return all.find_address(choice.value);
}

/// The same text, or addresses of what is exactly the same concept.
bool is_same(vocabulary::Thesaurus const& all, Choice const& a, Choice const& b) {
  if (a == b || a.facet != b.facet || !is_about_concepts(a.facet)) return a == b;
  auto const first = concept_of(all, a);
  auto const second = concept_of(all, b);
  if (!first || !second) return false;
  auto const same = all.equivalents(*first);
  return *first == *second || std::ranges::find(same, *second) != same.end();
}

/// As the catalogue knows what was chosen.
std::string value_of(Site const& site, Choice const& choice) {
  if (!is_about_concepts(choice.facet)) return choice.value;
  auto const number = concept_of(*site.thesaurus, choice);
  return number ? std::string(site.thesaurus->at(*number).uri()) : choice.value;
}

/// Under which concept it is counted. \return  nothing: it is none, or nobody has counted yet
std::optional<vocabulary::ConceptNumber> head_of(Site const& site, catalogue::View& view,
                                                 Choice const& choice) {
  auto const& uses = view.concepts();
  if (!uses || !is_about_concepts(choice.facet)) return std::nullopt;
  auto const number = concept_of(*site.thesaurus, choice);
  return number ? std::optional(uses->head_of(*number)) : std::nullopt;
}

std::vector<std::string> values_of(Site const& site, Facet facet,
                                   std::vector<Choice> const& choices) {
  std::vector<std::string> out;
  for (auto const& choice : choices) {
    if (choice.facet == facet) out.push_back(value_of(site, choice));
  }
  return out;
}

/// That a record has one of the values.
query::Expression condition_of(Facet facet, std::vector<std::string> const& values) {
  auto const property = std::string(asked_by(facet).property);
  std::vector<query::Scalar> const scalars(values.begin(), values.end());
  if (is_single(facet)) {
    return {query::In{{.name = property, .type = query::Type::text}, scalars}};
  }
  return {query::ListCompare{
      {.name = property, .type = query::Type::list}, query::ListComparison::overlaps, scalars}};
}

std::string literal(std::string_view text) {
  std::string out = "'";
  for (auto const c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

/// The same as CQL2 text.
std::string filter_of(Facet facet, std::vector<std::string> const& values) {
  std::string list;
  for (auto const& value : values) list += (list.empty() ? "" : ",") + literal(value);
  std::string const property(asked_by(facet).property);
  return is_single(facet) ? property + " IN (" + list + ")"
                          : "A_OVERLAPS(" + property + ",(" + list + "))";
}

/// A form sends line breaks in a way of its own, and longer values are not read.
bool can_be_sent(std::string_view value) noexcept {
  return value.size() <= longest_value && value.find_first_of("\r\n") == std::string_view::npos;
}

/// Makes boxes of what was counted and of what was ticked.
class Boxes {
 public:
  Boxes(Exchange const& exchange, catalogue::View& view, pages::Question const& question)
      : question_(question),
        uses_(view.concepts()),
        language_(language_of(exchange)),
        themes_(exchange.site(), view, language_) {}

  [[nodiscard]] pages::FacetFacts of(Facet facet, catalogue::Facet const& counted) const {
    pages::FacetFacts out{.facet = facet, .options = {}};
    if (facet == Facet::compartment) {
      add_compartments(counted.buckets, out);
    } else {
      add_counted(counted, out);
    }
    add_ticked(out);
    out.overlooked =
        static_cast<std::size_t>(std::ranges::count(question_.overlooked, facet, &Choice::facet));
    return out;
  }

  /// Only those that are ticked: nothing was counted.
  [[nodiscard]] pages::FacetFacts ticked(Facet facet) const {
    pages::FacetFacts out{.facet = facet, .options = {}};
    add_ticked(out);
    return out;
  }

 private:
  /// The ticked box that means the same. Its value stays as the address has it.
  [[nodiscard]] Choice const* tick_of(Facet facet, std::string_view value,
                                      std::optional<vocabulary::ConceptNumber> head) const {
    auto const found = std::ranges::find_if(question_.choices, [&](Choice const& choice) {
      if (choice.facet != facet) return false;
      return choice.value == value || (head && head_of(choice) == head);
    });
    return found == question_.choices.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::optional<vocabulary::ConceptNumber> head_of(Choice const& choice) const {
    auto const number =
        is_about_concepts(choice.facet) ? concept_of(themes_.all(), choice) : std::nullopt;
    return number && uses_ ? std::optional(uses_->head_of(*number)) : std::nullopt;
  }

  /// All of them, in the order of the section, also where nothing is found.
  void add_compartments(std::vector<catalogue::FacetBucket> const& buckets,
                        pages::FacetFacts& out) const {
    if (!uses_) return;
    for (auto const number : themes_.numbers()) {
      std::string const name(themes_.name(number));
      auto const label = themes_.label(number);
      auto const head = uses_->head_of(number);
      auto const bucket =
          std::ranges::find(buckets, std::optional(head), &catalogue::FacetBucket::head);
      auto const* const tick = tick_of(Facet::compartment, name, head);
      out.options.push_back({.value = tick == nullptr ? name : tick->value,
                             .label = std::string(label.text),
                             .language = std::string(label.language),
                             .count = bucket == buckets.end() ? 0 : bucket->count,
                             .is_chosen = tick != nullptr,
                             .stratum = pages::stratum_of(name)});
    }
  }

  void add_counted(catalogue::Facet const& counted, pages::FacetFacts& out) const {
    out.is_whole = question_.whole == out.facet;
    auto const most = out.is_whole ? most_of_whole : most_options;
    for (auto const& bucket : counted.buckets) {
      auto const* const tick = tick_of(out.facet, bucket.key, bucket.head);
      bool const is_offered = out.options.size() < most && can_be_sent(bucket.key);
      if (tick == nullptr && !is_offered) continue;
      out.options.push_back({.value = tick == nullptr ? bucket.key : tick->value,
                             .label = label_of(out.facet, bucket.key, bucket.label),
                             .language = bucket.language,
                             .count = bucket.count,
                             .is_chosen = tick != nullptr});
    }
    out.hidden = counted.values - std::min(counted.values, out.options.size());
    auto whole = question_;
    whole.whole = out.facet;
    if (out.hidden > 0 && !out.is_whole) out.whole_path = pages::path_of(whole);
  }

  /// Values that the site has words for are told in these.
  [[nodiscard]] std::string label_of(Facet facet, std::string_view value,
                                     std::string_view label) const {
    std::string_view words;
    if (facet == Facet::access) words = pages::words_of_access(value, language_);
    if (facet == Facet::resolution) words = pages::words_of_resolution(value, language_);
    return std::string(words.empty() ? label : words);
  }

  /// What was ticked and was not counted can be let go of.
  void add_ticked(pages::FacetFacts& out) const {
    for (auto const& choice : question_.choices) {
      bool const is_there =
          choice.facet != out.facet ||
          std::ranges::find(out.options, choice.value, &FacetOption::value) != out.options.end();
      if (is_there) continue;
      FacetOption option{.value = choice.value,
                         .label = label_of(out.facet, choice.value, choice.value),
                         .is_chosen = true};
      auto const number =
          is_about_concepts(choice.facet) ? concept_of(themes_.all(), choice) : std::nullopt;
      if (number) {
        auto const label = themes_.label(*number);
        option.label = label.text;
        option.language = label.language;
      }
      out.options.insert(out.options.begin(), std::move(option));
    }
  }

  pages::Question const& question_;
  std::shared_ptr<catalogue::ConceptUses const> uses_; ///< null: nobody has counted yet
  pages::Language language_;
  Themes themes_;
};

/// Without gaps, the earliest first.
std::vector<pages::Decade> decades_of(std::vector<catalogue::FacetBucket> const& buckets) {
  std::vector<pages::Decade> out;
  for (auto bucket = buckets.rbegin(); bucket != buckets.rend(); ++bucket) { // the latest is first
    int year = 0;
    auto const& label = bucket->label;
    std::from_chars(label.data(), label.data() + label.size(), year);
    while (!out.empty() && out.back().first_year + 10 < year) {
      out.push_back({.first_year = out.back().first_year + 10});
    }
    out.push_back({.first_year = year, .count = bucket->count});
  }
  return out;
}

} // namespace

void read_choices(Site const& site, Parameters const& parameters, pages::Question& out) {
  auto const whole = parameters.get("all");
  for (auto const& row : pages::facet_rows()) {
    if (whole == row.name) out.whole = row.facet;
    for (auto const& [name, value, encoded, is_joined] : parameters.all()) {
      bool const is_one = name == row.name && !value.empty() && value.size() <= longest_value;
      if (!is_one) continue;
      Choice choice{row.facet, value};
      bool const is_known = std::ranges::any_of(out.choices, [&](Choice const& other) {
        return is_same(*site.thesaurus, other, choice);
      });
      if (is_known) continue;
      auto& list = out.choices.size() < most_choices ? out.choices : out.overlooked;
      if (list.size() < most_choices) list.push_back(std::move(choice));
    }
  }
}

std::string filter_of(Site const& site, std::vector<Choice> const& choices) {
  std::string out;
  for (auto const& row : table) {
    auto const values = values_of(site, row.facet, choices);
    if (!values.empty()) out += (out.empty() ? "" : " AND ") + filter_of(row.facet, values);
  }
  return out;
}

std::vector<query::Expression> conditions_of(Site const& site, std::vector<Choice> const& choices) {
  std::vector<query::Expression> out;
  for (auto const& row : table) {
    auto const values = values_of(site, row.facet, choices);
    if (!values.empty()) out.push_back(condition_of(row.facet, values));
  }
  return out;
}

std::vector<catalogue::SourceGroup> groups_of(Site const& site) {
  std::vector<catalogue::SourceGroup> out;
  for (auto const& root : site.roots) {
    auto const* const sources = root.scope.sources();
    if (root.family == Family::records && sources != nullptr) {
      out.push_back({.key = root.id, .label = root.subject, .sources = *sources});
    }
  }
  return out;
}

CountedChoices counted_choices(Exchange const& exchange, catalogue::View& view,
                               pages::Question const& question, catalogue::RecordRequest search) {
  catalogue::FacetRequest request{.search = std::move(search),
                                  .are_collections = question.kind == pages::Kind::datasets,
                                  .selections = {},
                                  .group = {},
                                  .groups = groups_of(exchange.site()),
                                  .facets = {},
                                  .most = question.whole ? most_of_whole : most_counted,
                                  .always = {},
                                  .languages = {}};
  for (auto const& choice : question.choices) {
    request.always.push_back({.facet = asked_by(choice.facet).counted,
                              .key = value_of(exchange.site(), choice),
                              .head = head_of(exchange.site(), view, choice)});
  }
  if (auto const period = std::exchange(request.search.criteria.datetime, std::nullopt)) {
    request.selections.push_back(
        {.facet = catalogue::decade_facet, .condition = {query::PeriodMeets{*period}}});
  }
  if (!question.pole.empty()) request.group = question.pole;
  for (auto const& row : table) {
    auto const values = values_of(exchange.site(), row.facet, question.choices);
    if (values.empty()) continue;
    request.selections.push_back(
        {.facet = row.counted, .condition = condition_of(row.facet, values)});
  }
  auto const rows = catalogue::facet_rows();
  auto const want = [&](std::string_view name) {
    request.facets.push_back(&*std::ranges::find(rows, name, &catalogue::FacetRow::name));
  };
  for (auto const& row : table) want(row.counted);
  want(catalogue::pole_facet);
  want(catalogue::decade_facet);
  request.languages = languages_of(language_of(exchange));

  Boxes const boxes(exchange, view, question);
  auto const counted = view.facets(request);
  CountedChoices out;
  for (std::size_t place = 0; place < table.size(); ++place) {
    auto facts = boxes.of(table.at(place).facet, counted[place]);
    if (!facts.options.empty()) out.facets.push_back(std::move(facts));
  }
  out.poles = counted[table.size()].buckets;
  out.decades = decades_of(counted.back().buckets);
  return out;
}

std::vector<pages::FacetFacts> ticked_choices(Exchange const& exchange, catalogue::View& view,
                                              pages::Question const& question) {
  Boxes const boxes(exchange, view, question);
  std::vector<pages::FacetFacts> out;
  for (auto const& row : table) {
    auto facts = boxes.ticked(row.facet);
    if (!facts.options.empty()) out.push_back(std::move(facts));
  }
  return out;
}

} // namespace terracat::api
