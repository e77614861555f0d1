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
    FacetRow{"producer", "producers", "producers", {}},
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

void sort(std::vector<FacetBucket>& buckets) {
  std::ranges::sort(buckets, [](FacetBucket const& a, FacetBucket const& b) {
    return a.count != b.count ? a.count > b.count : a.key < b.key;
  });
}

/// The values of one facet that are texts.
class Counter {
 public:
  void count(std::string_view key, std::string_view label) {
    auto found = values_.find(key);
    if (found == values_.end()) {
      found = values_.emplace(key, FacetBucket{std::string(key), std::string(label)}).first;
    }
    ++found->second.count;
  }

  [[nodiscard]] std::vector<FacetBucket> take() {
    std::vector<FacetBucket> out;
    out.reserve(values_.size());
    for (auto& [key, bucket] : values_) out.push_back(std::move(bucket));
    sort(out);
    return out;
  }

 private:
  std::unordered_map<std::string, FacetBucket, Hash, std::equal_to<>> values_;
};

/// The values of one facet that are concepts, by their heads.
class ConceptCounter {
 public:
  explicit ConceptCounter(ConceptUses const* uses)
      : uses_(uses), counts_(uses == nullptr ? 0 : uses->thesaurus().size()) {}

  void count(std::span<vocabulary::ConceptNumber const> heads) {
    for (auto const head : heads) ++counts_[head];
  }

  /// \param languages  of labels
  [[nodiscard]] std::vector<FacetBucket> take(std::string_view role,
                                              std::span<std::string const> languages) const {
    std::vector<FacetBucket> out;
    for (vocabulary::ConceptNumber head = 0; head < counts_.size(); ++head) {
      auto const number = counts_[head] == 0 ? std::nullopt : of_role(head, role);
      if (!number) continue;
      auto const described = uses_->thesaurus().at(*number);
      auto const label = described.label(languages);
      out.push_back({.key = std::string(described.uri()),
                     .label = std::string(label.text),
                     .count = counts_[head],
                     .language = std::string(label.language),
                     .head = head});
    }
    sort(out);
    return out;
  }

 private:
  /// The head, or else the first that is the same, which has the role.
  [[nodiscard]] std::optional<vocabulary::ConceptNumber> of_role(vocabulary::ConceptNumber head,
                                                                 std::string_view role) const {
    auto const& all = uses_->thesaurus();
    if (role.empty() || all.at(head).has_role(role)) return head;
    for (auto const same : all.equivalents(head)) {
      if (all.at(same).has_role(role)) return same;
    }
    return std::nullopt;
  }

  ConceptUses const* uses_; ///< null: nobody has counted yet
  std::vector<std::uint32_t> counts_;
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

bool owns(SourceGroup const& group, std::string_view source) {
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
                                                      std::string_view source) const {
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
  [[nodiscard]] bool is_in_group(std::string_view source) const {
    return std::ranges::any_of(request_.groups, [&](SourceGroup const& group) {
      return group.key == *request_.group && owns(group, source);
    });
  }

  FacetRequest const& request_;
  std::vector<std::pair<std::string_view, query::Evaluator>> conditions_;
};

/// All facets that are wanted, as records come along.
class FacetCounts {
 public:
  FacetCounts(FacetRequest const& request, std::shared_ptr<ConceptUses const> uses)
      : request_(request), uses_(std::move(uses)), texts_(request.facets.size()) {
    for (std::size_t place = 0; place < request.facets.size(); ++place) {
      concepts_.emplace_back(is_of_concepts(place) ? uses_.get() : nullptr);
    }
  }

  /// \param unfit  the one facet that the record counts for; empty: it counts for all
  void count(RecordFacts const& facts, RecordNumber record, std::string_view source,
             std::string_view unfit) {
    bool knows_concepts = false;
    for (std::size_t place = 0; place < texts_.size(); ++place) {
      auto const& row = *request_.facets[place];
      if (!unfit.empty() && unfit != row.name) continue;
      if (is_of_concepts(place)) {
        if (!knows_concepts && uses_) about_ = uses_->counted_of(record);
        knows_concepts = true;
        concepts_[place].count(about_);
      } else if (row.name == pole_facet) {
        for (auto const& group : request_.groups) {
          if (owns(group, source)) texts_[place].count(group.key, group.label);
        }
      } else if (row.name == decade_facet) {
        count_decades(facts, texts_[place]);
      } else {
        count_values(facts, row, texts_[place]);
      }
    }
  }

  [[nodiscard]] std::vector<Facet> take() {
    std::vector<Facet> out;
    for (std::size_t place = 0; place < texts_.size(); ++place) {
      auto const* const row = request_.facets[place];
      out.push_back({.row = row,
                     .buckets = is_of_concepts(place)
                                    ? concepts_[place].take(row->role, request_.languages)
                                    : texts_[place].take()});
      if (row->name != decade_facet) continue;
      std::ranges::sort(out.back().buckets, std::greater(), &FacetBucket::key);
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_of_concepts(std::size_t place) const {
    return request_.facets[place]->property == concepts_name;
  }

  FacetRequest const& request_;
  std::shared_ptr<ConceptUses const> uses_;      ///< null: nobody has counted yet
  std::vector<Counter> texts_;                   ///< of each facet that is none of concepts
  std::vector<ConceptCounter> concepts_;         ///< of each that is
  std::vector<vocabulary::ConceptNumber> about_; ///< heads of the record that is counted
};

} // namespace

std::span<FacetRow const> facet_rows() noexcept {
  return table;
}

std::vector<Facet> View::facets(FacetRequest const& request) {
  auto const where = query::condition(request.search.criteria, request.search.silence);
  query::Evaluator const holds(where);
  Picked const picked(request);
  FacetCounts counts(request, concepts());
  auto const sought = this->sought(request.search, request.are_collections);
  for (auto const& [candidate, source] : sought.all) {
    if (geometry::is_late()) throw geometry::Late();
    AskedRecord const record(*this, candidate);
    if (holds(record) != query::Truth::yes) continue;
    auto const unfit = picked.unfit(record, source);
    if (unfit) counts.count(record.facts(), candidate.number, source, *unfit);
  }
  return counts.take();
}

std::vector<PlacedRecord> View::placed(RecordRequest const& request) {
  auto const where = query::condition(request.criteria, request.silence);
  query::Evaluator const holds(where);
  std::vector<PlacedRecord> out;
  auto const sought = this->sought(request, false);
  for (auto const& [candidate, source] : sought.all) {
    if (geometry::is_late()) throw geometry::Late();
    AskedRecord const record(*this, candidate);
    if (holds(record) != query::Truth::yes) continue;
    auto const* const footprint = record.footprint();
    if (footprint == nullptr) continue;
    out.push_back({.id = std::string(candidate.id),
                   .title = std::string(candidate.title),
                   .source = std::string(source),
                   .bbox = footprint->bbox()});
  }
  return out;
}

} // namespace terracat::catalogue
