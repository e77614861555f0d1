#include "catalogue/facets.hpp"

#include "catalogue/asked_record.hpp"
#include "geometry/deadline.hpp"
#include "vocabulary/roles.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

namespace terracat::catalogue {
namespace {

// THE table. name, property, counted, labels, role
constexpr std::array table{
    FacetRow{concept_facet, concepts_name, {}, {}},
    FacetRow{compartment_facet, concepts_name, {}, {}, vocabulary::role::compartment},
    FacetRow{variable_concept_facet, concepts_name, {}, {}, vocabulary::role::variable},
    FacetRow{"theme", "themes", "themes", theme_labels},
    FacetRow{"variable", "variables", "variables", {}},
    FacetRow{"producer", "contacts", producers, {}},
    FacetRow{pole_facet, {}, {}, {}},
    FacetRow{"platform", "platform", "platform", {}},
    FacetRow{"instrument", "instruments", "instruments", {}},
    FacetRow{"kind", "type", "type", {}},
    FacetRow{"format", "formats", "formats", {}},
    FacetRow{"licence", "license", "license", {}},
    FacetRow{"keyword", "keywords", "keywords", {}},
    FacetRow{decade_facet, "datetime", {}, {}},
};

// Decades before and after are not counted: one record of the ice ages would make a thousand.
constexpr std::int64_t first_decade = 180;
constexpr std::int64_t last_decade = 230;

struct Hash {
  using is_transparent = void;

  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

/// The values of one facet.
class Counter {
 public:
  /// Heads: labels are written when all are counted.
  void count(std::span<vocabulary::ConceptNumber const> concepts) {
    for (auto const number : concepts) ++concepts_[number];
  }

  void count(std::string_view key, std::string_view label) {
    auto found = values_.find(key);
    if (found == values_.end()) {
      found = values_.emplace(key, FacetBucket{std::string(key), std::string(label)}).first;
    }
    ++found->second.count;
  }

  /// \param role       that concepts have to have; may be empty
  /// \param languages  of labels of concepts
  [[nodiscard]] std::vector<FacetBucket> take(ConceptUses const* uses, std::string_view role,
                                              std::span<std::string const> languages) {
    std::vector<FacetBucket> out;
    out.reserve(values_.size() + concepts_.size());
    for (auto const& [number, count] : concepts_) {
      auto const described = uses->thesaurus().at(number);
      if (!role.empty() && !described.has_role(role)) continue;
      out.push_back({.key = std::string(described.uri()),
                     .label = std::string(described.label(languages).text),
                     .count = count});
    }
    for (auto& [key, bucket] : values_) out.push_back(std::move(bucket));
    std::ranges::sort(out, [](FacetBucket const& a, FacetBucket const& b) {
      return a.count != b.count ? a.count > b.count : a.key < b.key;
    });
    return out;
  }

 private:
  std::unordered_map<std::string, FacetBucket, Hash, std::equal_to<>> values_;
  std::unordered_map<vocabulary::ConceptNumber, std::size_t> concepts_;
};

std::string_view text_of(query::Scalar const& scalar) noexcept {
  auto const* const text = std::get_if<std::string>(&scalar);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

void count_values(RecordFacts const& facts, FacetRow const& row, Counter& out) {
  auto const* const values = facts.find(row.counted);
  if (values == nullptr) return;
  if (auto const* const one = std::get_if<query::Scalar>(values)) {
    return out.count(text_of(*one), text_of(*one));
  }
  auto const& list = std::get<std::vector<query::Scalar>>(*values);
  auto const* const named = row.labels.empty() ? nullptr : facts.find(row.labels);
  for (std::size_t place = 0; place < list.size(); ++place) {
    auto const key = text_of(list[place]);
    auto const label =
        named == nullptr ? key : text_of(std::get<std::vector<query::Scalar>>(*named)[place]);
    out.count(key, label.empty() ? key : label);
  }
}

/// A period that goes on goes on until today; one whose beginning is not told has its end alone.
void count_decades(RecordFacts const& facts, Counter& out) {
  if (!facts.period()) return;
  auto const last = facts.period()->last().value_or(model::Instant::now());
  auto const first = facts.period()->first().value_or(last);
  auto const end = std::min(last.date().year / 10, last_decade);
  for (auto decade = std::max(first.date().year / 10, first_decade); decade <= end; ++decade) {
    auto const years = std::to_string(decade);
    out.count(years + "0-01-01T00:00:00Z/" + years + "9-12-31T23:59:59Z", years + "0");
  }
}

bool owns(SourceGroup const& group, std::string const& source) {
  return std::ranges::find(group.sources, source) != group.sources.end();
}

/// What was picked, ready to be asked of many records.
class Picked {
 public:
  explicit Picked(FacetRequest const& request) : request_(request) {
    for (auto const& [facet, condition] : request.selections) {
      conditions_.emplace_back(facet, query::Evaluator(condition));
    }
  }

  /// The facet of which the record does not fit what was picked: it counts for that one alone.
  /// Empty: it fits all. \return  nothing if there are several
  [[nodiscard]] std::optional<std::string_view> unfit(query::Facts const& record,
                                                      std::string const& source) const {
    std::string_view out;
    auto const note = [&out](std::string_view facet) {
      if (!out.empty() && out != facet) return false;
      out = facet;
      return true;
    };
    if (request_.group && !is_in_group(source) && !note(pole_facet)) return std::nullopt;
    for (auto const& [facet, holds] : conditions_) {
      if (holds(record) != query::Truth::yes && !note(facet)) return std::nullopt;
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_in_group(std::string const& source) const {
    return std::ranges::any_of(request_.groups, [&](SourceGroup const& group) {
      return group.key == *request_.group && owns(group, source);
    });
  }

  FacetRequest const& request_;
  std::vector<std::pair<std::string_view, query::Evaluator>> conditions_;
};

} // namespace

std::span<FacetRow const> facet_rows() noexcept {
  return table;
}

std::vector<Facet> View::facets(FacetRequest const& request) {
  auto const where = query::condition(request.search.criteria, request.search.silence);
  query::Evaluator const holds(where);
  Picked const picked(request);
  auto const asked = questioner_.ask(request.search);
  std::vector<double> scores;
  std::vector<Counter> counters(request.facets.size());
  auto const& uses = concepts();
  for (auto const& shown : asked ? ranked_records(asked->ranking, scores) : all_records()) {
    if (geometry::is_late()) throw geometry::Late();
    auto const candidate = candidate_of(shown);
    AskedRecord const record(*this, candidate);
    if (holds(record) != query::Truth::yes) continue;
    auto const unfit = picked.unfit(record, shown.row.source);
    if (!unfit) continue;
    for (std::size_t place = 0; place < counters.size(); ++place) {
      auto const& row = *request.facets[place];
      if (!unfit->empty() && *unfit != row.name) continue;
      auto& counter = counters[place];
      if (row.name == pole_facet) {
        for (auto const& group : request.groups) {
          if (owns(group, shown.row.source)) counter.count(group.key, group.label);
        }
      } else if (row.property == concepts_name) {
        if (uses) counter.count(uses->counted_of(shown.row.number));
      } else if (row.name == decade_facet) {
        count_decades(record.facts(), counter);
      } else {
        count_values(record.facts(), row, counter);
      }
    }
  }
  std::vector<Facet> out;
  for (std::size_t place = 0; place < counters.size(); ++place) {
    out.push_back({.row = request.facets[place],
                   .buckets = counters[place].take(uses.get(), request.facets[place]->role,
                                                   request.languages)});
    if (out.back().row->name != decade_facet) continue;
    std::ranges::sort(out.back().buckets, std::greater(), &FacetBucket::key);
  }
  return out;
}

std::vector<PlacedRecord> View::placed(RecordRequest const& request) {
  auto const where = query::condition(request.criteria, request.silence);
  query::Evaluator const holds(where);
  std::vector<PlacedRecord> out;
  auto const asked = questioner_.ask(request);
  std::vector<double> scores;
  for (auto const& shown : asked ? ranked_records(asked->ranking, scores) : all_records()) {
    if (geometry::is_late()) throw geometry::Late();
    auto const candidate = candidate_of(shown);
    AskedRecord const record(*this, candidate);
    if (holds(record) != query::Truth::yes) continue;
    auto const* const footprint = record.footprint();
    if (footprint == nullptr) continue;
    out.push_back({.id = shown.id,
                   .title = shown.row.title,
                   .source = shown.row.source,
                   .bbox = footprint->bbox()});
  }
  return out;
}

} // namespace terracat::catalogue
