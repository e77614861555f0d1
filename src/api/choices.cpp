#include "api/choices.hpp"

#include "api/criteria_input.hpp"
#include "api/pages.hpp"
#include "api/themes.hpp"
#include "api/vocabulary_question.hpp"
#include "query/filter.hpp"

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
    AskedFacet{Facet::producer, "producer", "contacts"},
    AskedFacet{Facet::format, "format", "formats"},
    AskedFacet{Facet::licence, "licence", "license"},
};

AskedFacet const& asked_by(Facet facet) {
  return *std::ranges::find(table, facet, &AskedFacet::facet);
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

/// As the catalogue knows what was chosen.
std::string value_of(Site const& site, Choice const& choice) {
  if (!is_about_concepts(choice.facet)) return choice.value;
  auto const number = concept_of(*site.thesaurus, choice);
  return number ? std::string(site.thesaurus->at(*number).uri()) : choice.value;
}

std::string literal(std::string_view text) {
  std::string out = "'";
  for (auto const c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

/// That a record has one of the values that were chosen of a facet.
std::string filter_of(Site const& site, Facet facet, std::vector<Choice> const& choices) {
  std::string values;
  for (auto const& choice : choices) {
    if (choice.facet != facet) continue;
    values += (values.empty() ? "" : ",") + literal(value_of(site, choice));
  }
  if (values.empty()) return {};
  std::string const property(asked_by(facet).property);
  bool const is_one = facet == Facet::licence;
  return is_one ? property + " IN (" + values + ")"
                : "A_OVERLAPS(" + property + ",(" + values + "))";
}

/// The groups of boxes that a search has, as they are filled.
class Counter {
 public:
  Counter(Exchange const& exchange, catalogue::View& view, pages::Question const& question)
      : question_(question),
        language_(language_of(exchange)),
        themes_(exchange.site(), view, language_) {}

  [[nodiscard]] pages::FacetFacts facts(Facet facet,
                                        std::vector<catalogue::FacetBucket> const& buckets) const {
    pages::FacetFacts out{.facet = facet, .options = {}};
    if (facet == Facet::compartment) {
      if (!buckets.empty()) add_compartments(buckets, out);
    } else {
      for (auto const& bucket : buckets) {
        bool const is_chosen = has(facet, bucket.key);
        if (out.options.size() < most_options || is_chosen) {
          out.options.push_back({.value = bucket.key,
                                 .label = bucket.label,
                                 .language = is_about_concepts(facet) ? pages::code(language_) : "",
                                 .count = bucket.count,
                                 .is_chosen = is_chosen});
        }
      }
    }
    add_chosen(out);
    return out;
  }

 private:
  [[nodiscard]] bool has(Facet facet, std::string const& value) const {
    return std::ranges::find(question_.choices, Choice{facet, value}) != question_.choices.end();
  }

  /// All of them, in the order of the section, also where nothing is found.
  void add_compartments(std::vector<catalogue::FacetBucket> const& buckets,
                        pages::FacetFacts& out) const {
    auto const& all = themes_.all();
    for (auto const number : themes_.numbers()) {
      std::string const name(themes_.name(number));
      auto const label = themes_.label(number);
      auto const bucket = std::ranges::find_if(buckets, [&](catalogue::FacetBucket const& one) {
        auto const same = all.find_address(one.key);
        return same == number || (same && std::ranges::count(all.equivalents(*same), number) > 0);
      });
      out.options.push_back({.value = name,
                             .label = std::string(label.text),
                             .language = label.language,
                             .count = bucket == buckets.end() ? 0 : bucket->count,
                             .is_chosen = has(Facet::compartment, name),
                             .stratum = pages::stratum_of(name)});
    }
  }

  /// What was chosen and is not found can be let go of.
  void add_chosen(pages::FacetFacts& out) const {
    for (auto const& choice : question_.choices) {
      bool const is_there =
          choice.facet != out.facet ||
          std::ranges::find(out.options, choice.value, &FacetOption::value) != out.options.end();
      if (is_there) continue;
      FacetOption option{.value = choice.value, .label = choice.value, .is_chosen = true};
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

std::vector<Choice> read_choices(Parameters const& parameters) {
  std::vector<Choice> out;
  for (auto const& row : pages::facet_rows()) {
    for (auto const& [name, value] : parameters.all()) {
      bool const is_one = name == row.name && !value.empty() && value.size() <= longest_value;
      if (!is_one || out.size() == most_choices) continue;
      Choice choice{row.facet, value};
      if (std::ranges::find(out, choice) == out.end()) out.push_back(std::move(choice));
    }
  }
  return out;
}

std::string filter_of(Site const& site, std::vector<Choice> const& choices) {
  std::string out;
  for (auto const& row : table) {
    auto const filter = filter_of(site, row.facet, choices);
    if (!filter.empty()) out += (out.empty() ? "" : " AND ") + filter;
  }
  return out;
}

query::Expression condition_of(std::string const& filter) {
  return or_throw(query::read_cql2_text(filter, query::Queryables::of_records(), "filter"));
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
                                  .selections = {},
                                  .group = {},
                                  .groups = groups_of(exchange.site()),
                                  .facets = {},
                                  .languages = {}};
  if (auto const period = std::exchange(request.search.criteria.datetime, std::nullopt)) {
    request.selections.push_back(
        {.facet = catalogue::decade_facet, .condition = {query::PeriodMeets{*period}}});
  }
  if (!question.pole.empty()) request.group = question.pole;
  for (auto const& row : table) {
    auto const filter = filter_of(exchange.site(), row.facet, question.choices);
    if (!filter.empty()) {
      request.selections.push_back({.facet = row.counted, .condition = condition_of(filter)});
    }
  }
  auto const rows = catalogue::facet_rows();
  auto const want = [&](std::string_view name) {
    request.facets.push_back(&*std::ranges::find(rows, name, &catalogue::FacetRow::name));
  };
  for (auto const& row : table) want(row.counted);
  want(catalogue::decade_facet);
  auto const language = language_of(exchange);
  request.languages = {std::string(pages::code(language)),
                       std::string(pages::code(other(language)))};

  Counter const counter(exchange, view, question);
  auto const counted = view.facets(request);
  CountedChoices out;
  for (std::size_t place = 0; place < table.size(); ++place) {
    auto facts = counter.facts(table.at(place).facet, counted[place].buckets);
    if (!facts.options.empty()) out.facets.push_back(std::move(facts));
  }
  out.decades = decades_of(counted.back().buckets);
  return out;
}

} // namespace terracat::api
