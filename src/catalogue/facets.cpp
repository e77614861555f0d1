#include "catalogue/facets.hpp"

#include "catalogue/roll_filter.hpp"
#include "geometry/deadline.hpp"
#include "vocabulary/roles.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace terracat::catalogue {
namespace {

// THE table. name, property, role
constexpr std::array table{
    FacetRow{concept_facet, concepts_name, {}},
    FacetRow{compartment_facet, concepts_name, vocabulary::role::compartment},
    FacetRow{variable_concept_facet, concepts_name, vocabulary::role::variable},
    FacetRow{"theme", "themes", {}},
    FacetRow{"variable", "variables", {}},
    FacetRow{"producer", "producers", {}},
    FacetRow{pole_facet, {}, {}},
    FacetRow{"platform", "platform", {}},
    FacetRow{"instrument", "instruments", {}},
    FacetRow{"kind", "type", {}},
    FacetRow{"access", "access", {}},
    FacetRow{"format", "formats", {}},
    FacetRow{"licence", "license", {}},
    FacetRow{"resolution", "resolution", {}},
    FacetRow{"keyword", "keywords", {}},
    FacetRow{decade_facet, "datetime", {}},
};

// What none of these is has to be kept of each record (kept_value.hpp).
static_assert(std::ranges::all_of(table, [](FacetRow const& row) {
  bool const is_counted_apart =
      row.name == pole_facet || row.name == decade_facet || row.property == concepts_name;
  return is_counted_apart || kept_column(row.property) < kept_properties.size();
}));

// Decades before and after are not counted: one record of the ice ages would make a thousand.
constexpr std::int64_t first_decade = 180;
constexpr std::int64_t last_decade = 230;

/// A value that was counted.
struct Counted {
  std::size_t count = 0;
  std::string_view key;
  std::uint32_t number = 0; ///< of the text, or of the concept that has the role
  std::optional<vocabulary::ConceptNumber> head = {};
};

bool comes_before(Counted const& a, Counted const& b) noexcept {
  return a.count != b.count ? a.count > b.count : a.key < b.key;
}

/// Puts the first ones in order, and behind them those that are wanted always; the others go.
void keep_first(std::vector<Counted>& all, FacetRequest const& request, FacetRow const& row) {
  auto const first = std::min(request.most, all.size());
  auto const end = all.begin() + static_cast<std::ptrdiff_t>(first);
  std::ranges::partial_sort(all, end, comes_before);
  auto const is_wanted = [&](Counted const& one) {
    return std::ranges::any_of(request.always, [&](FacetValue const& value) {
      if (one.head) return value.head == one.head;
      return value.facet == row.name && value.key == one.key;
    });
  };
  auto const rest = std::remove_if(end, all.end(), std::not_fn(is_wanted));
  all.erase(rest, all.end());
}

/// How many records there are of each value of one facet. Values that many records have are
/// counted as a whole, and taken apart in the end.
class Tally {
 public:
  /// \param values   of each row of the roll
  /// \param numbers  that there are of them
  Tally(std::vector<std::uint32_t> const& values, std::size_t numbers)
      : values_(&values), counts_(numbers) {}

  void count(std::uint32_t row) {
    auto const number = (*values_)[row];
    if (number < counts_.size() && counts_[number]++ == 0) there_.push_back(number);
  }

  /// Calls `visit(number, count)` for each that some record has.
  template<class Visit>
  void for_each(Visit const& visit) const {
    for (auto const number : there_) visit(number, counts_[number]);
  }

 private:
  std::vector<std::uint32_t> const* values_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> there_; ///< those that are not 0
};

Facet texts_of(Tally const& tally, RollColumn const& column, FacetRow const& row,
               FacetRequest const& request) {
  std::vector<std::size_t> counts(column.texts.size());
  std::vector<Counted> all;
  tally.for_each([&](std::uint32_t value, std::size_t count) {
    for (auto const number : column.texts_of(value)) {
      if (counts[number] == 0) all.push_back({.key = column.texts[number]->text, .number = number});
      counts[number] += count;
    }
  });
  for (auto& one : all) one.count = counts[one.number];
  Facet out{.row = &row, .buckets = {}, .values = all.size()};
  keep_first(all, request, row);
  for (auto const& one : all) {
    auto const& text = *column.texts[one.number];
    out.buckets.push_back({.key = text.text,
                           .label = text.label.empty() ? text.text : text.label,
                           .count = one.count});
  }
  return out;
}

/// The head, or else the first that is the same, which has the role.
std::optional<vocabulary::ConceptNumber>
of_role(vocabulary::Thesaurus const& all, vocabulary::ConceptNumber head, std::string_view role) {
  if (role.empty() || all.at(head).has_role(role)) return head;
  for (auto const same : all.equivalents(head)) {
    if (all.at(same).has_role(role)) return same;
  }
  return std::nullopt;
}

/// \param counts  of each head
Facet concepts_of(std::vector<std::uint32_t> const& counts, ConceptUses const& uses,
                  FacetRow const& row, FacetRequest const& request) {
  auto const& thesaurus = uses.thesaurus();
  std::vector<Counted> all;
  for (vocabulary::ConceptNumber head = 0; head < counts.size(); ++head) {
    auto const number = counts[head] == 0 ? std::nullopt : of_role(thesaurus, head, row.role);
    if (!number) continue;
    all.push_back({.count = counts[head],
                   .key = thesaurus.at(*number).uri(),
                   .number = *number,
                   .head = head});
  }
  Facet out{.row = &row, .buckets = {}, .values = all.size()};
  keep_first(all, request, row);
  for (auto const& one : all) {
    auto const label = thesaurus.at(one.number).label(request.languages);
    out.buckets.push_back({.key = std::string(one.key),
                           .label = std::string(label.text),
                           .count = one.count,
                           .language = std::string(label.language),
                           .head = one.head});
  }
  return out;
}

/// Records by the decades that their periods meet.
class Decades {
 public:
  Decades() {
    for (std::size_t place = 0; place < begins_.size(); ++place) {
      auto const year = 10 * (first_decade + static_cast<std::int64_t>(place));
      auto const begin = model::Instant::at({.year = year, .month = 1, .day = 1}).value();
      begins_.at(place) = begin.milliseconds();
    }
  }

  /// A period that goes on goes on until today; one whose beginning is not told has its end alone.
  void count(Lasting const& period) {
    constexpr Lasting open;
    auto const last = period.last == open.last ? now_ : period.last;
    auto const first = period.first == open.first ? last : period.first;
    if (last < begins_.front() || first >= begins_.back()) return;
    auto const begin = decade_of(first);
    auto const end = decade_of(last);
    if (begin > end) return;
    ++begun_.at(begin);
    ++ended_.at(end);
  }

  /// The latest first.
  [[nodiscard]] Facet take(FacetRow const& row) const {
    Facet out{.row = &row, .buckets = {}};
    std::size_t count = 0;
    for (auto place = begun_.size(); place-- > 0;) {
      count += ended_.at(place);
      if (count > 0) {
        auto const years = std::to_string(first_decade + static_cast<std::int64_t>(place));
        out.buckets.push_back({.key = years + "0-01-01T00:00:00Z/" + years + "9-12-31T23:59:59Z",
                               .label = years + "0",
                               .count = count});
      }
      count -= begun_.at(place);
    }
    out.values = out.buckets.size();
    return out;
  }

 private:
  static constexpr std::size_t decades = last_decade - first_decade + 1;

  /// Of what lies before or behind, the first or the last.
  [[nodiscard]] std::size_t decade_of(std::int64_t moment) const noexcept {
    constexpr std::int64_t shortest = std::int64_t{3'651} * 24 * 3'600 * 1'000; // milliseconds
    auto const from = moment - begins_.front();
    if (from < 0) return 0;
    auto place = std::min(static_cast<std::size_t>(from / shortest), decades - 1);
    while (begins_.at(place) > moment) --place;
    return place;
  }

  std::int64_t now_ = model::Instant::now().milliseconds();
  std::array<std::int64_t, decades + 1> begins_{}; ///< milliseconds; the last is behind all
  std::array<std::size_t, decades> begun_{};
  std::array<std::size_t, decades> ended_{};
};

/// A cluster belongs to all whose sources have a member of it.
bool owns(SourceGroup const& group, Entry const& entry) {
  return is_of_any(entry, group.sources);
}

/// Records by the groups that own their sources.
class Poles {
 public:
  Poles(std::vector<SourceGroup> const& groups, Roll const& roll)
      : groups_(groups), roll_(roll), counts_(groups.size()), of_sources_(roll.sources().size()) {}

  void count(std::uint32_t row) {
    if (roll_.traits()[row].is_clustered) {
      for (std::size_t place = 0; place < groups_.size(); ++place) {
        if (owns(groups_[place], *roll_.rows()[row].entry)) ++counts_[place];
      }
    } else {
      ++of_sources_[roll_.source_of(row)];
    }
  }

  /// \pre all are counted; it is called once
  [[nodiscard]] Facet take(FacetRow const& row) {
    for (std::size_t source = 0; source < of_sources_.size(); ++source) add(source);
    Facet out{.row = &row, .buckets = {}};
    for (std::size_t place = 0; place < groups_.size(); ++place) {
      if (counts_[place] == 0) continue;
      auto const& group = groups_[place];
      out.buckets.push_back({.key = group.key, .label = group.label, .count = counts_[place]});
    }
    out.values = out.buckets.size();
    std::ranges::sort(out.buckets, [](FacetBucket const& a, FacetBucket const& b) {
      return a.count != b.count ? a.count > b.count : a.key < b.key;
    });
    return out;
  }

 private:
  void add(std::size_t source) {
    for (std::size_t place = 0; of_sources_[source] > 0 && place < groups_.size(); ++place) {
      auto const& owned = groups_[place].sources;
      bool const is_owned = std::ranges::find(owned, roll_.sources()[source]) != owned.end();
      if (is_owned) counts_[place] += of_sources_[source];
    }
  }

  std::vector<SourceGroup> const& groups_;
  Roll const& roll_;
  std::vector<std::size_t> counts_;
  std::vector<std::size_t> of_sources_; ///< records that are in no cluster
};

/// Rows of records that count.
struct Fitting {
  std::vector<std::uint32_t> all;                                 ///< for each facet
  std::vector<std::pair<std::uint32_t, std::string_view>> others; ///< for that one alone

  /// Those of a facet, which are counted one facet after the other: the values of one lie side by
  /// side.
  template<class Count>
  void count(std::string_view facet, Count const& count) const {
    for (auto const row : all) count(row);
    count_others(facet, count);
  }

  template<class Count>
  void count_others(std::string_view facet, Count const& count) const {
    for (auto const& [row, one] : others) {
      if (one == facet) count(row);
    }
  }
};

/// Records by the concepts that they are counted for.
class ConceptCounts {
 public:
  /// \param concepts  null: nobody has counted yet
  ConceptCounts(std::shared_ptr<RollConcepts const> concepts, Fitting const& records)
      : concepts_(std::move(concepts)), records_(records) {}

  [[nodiscard]] Facet take(FacetRow const& row, FacetRequest const& request) {
    if (!concepts_) return {.row = &row, .buckets = {}};
    auto const& uses = *concepts_->uses;
    auto const count_in = [&](std::vector<std::uint32_t>& counts) {
      return [&](std::uint32_t at) {
        for (auto const head : concepts_->of(at)) ++counts[head];
      };
    };
    if (of_all_.empty()) {
      of_all_.resize(uses.thesaurus().size());
      std::ranges::for_each(records_.all, count_in(of_all_));
    }
    auto counts = of_all_;
    records_.count_others(row.name, count_in(counts));
    return concepts_of(counts, uses, row, request);
  }

 private:
  std::shared_ptr<RollConcepts const> concepts_;
  Fitting const& records_;
  std::vector<std::uint32_t> of_all_; ///< made at the first need
};

Facet counted(FacetRow const& row, FacetRequest const& request, Roll const& roll,
              Fitting const& records, ConceptCounts& concepts) {
  if (row.property == concepts_name) return concepts.take(row, request);
  if (row.name == decade_facet) {
    Decades decades;
    records.count(row.name, [&](std::uint32_t at) {
      if (roll.traits()[at].has_period) decades.count(roll.lasting()[at]);
    });
    return decades.take(row);
  }
  if (row.name == pole_facet) {
    Poles poles(request.groups, roll);
    records.count(row.name, [&](std::uint32_t at) { poles.count(at); });
    return poles.take(row);
  }
  auto const& column = roll.column(kept_column(row.property));
  if (column.kept.empty()) return {.row = &row, .buckets = {}}; // nothing says it
  Tally tally(column.values, column.kept.size());
  records.count(row.name, [&](std::uint32_t at) { tally.count(at); });
  return texts_of(tally, column, row, request);
}

} // namespace

std::span<FacetRow const> facet_rows() noexcept {
  return table;
}

/// What was picked, ready to be asked of many records.
class View::Picked {
 public:
  Picked(View& view, Roll const& roll, FacetRequest const& request)
      : roll_(roll), request_(request) {
    for (auto const& [facet, condition] : request.selections) {
      conditions_.emplace_back(facet, RollFilter(view, roll, condition));
    }
  }

  /// The facet of which the record does not fit what was picked: it counts for that one alone.
  /// Empty: it fits all. \return  nothing if there are several
  [[nodiscard]] std::optional<std::string_view> unfit(Hit const& hit) {
    std::string_view out;
    auto const note = [&out](std::string_view facet) {
      if (!out.empty() && out != facet) return false;
      out = facet;
      return true;
    };
    if (request_.group && !is_in_group(*roll_.rows()[hit.row].entry) && !note(pole_facet)) {
      return std::nullopt;
    }
    for (auto& [facet, holds] : conditions_) {
      if (!holds(hit) && !note(facet)) return std::nullopt;
    }
    return out;
  }

 private:
  [[nodiscard]] bool is_in_group(Entry const& entry) const {
    return std::ranges::any_of(request_.groups, [&](SourceGroup const& group) {
      return group.key == *request_.group && owns(group, entry);
    });
  }

  Roll const& roll_;
  FacetRequest const& request_;
  std::vector<std::pair<std::string_view, RollFilter>> conditions_;
};

std::vector<Facet> View::facets(FacetRequest const& request) {
  auto const& all = roll();
  auto const& found = rows(request.search, request.are_collections);
  Picked picked(*this, all, request);
  Fitting fitting;
  fitting.all.reserve(found.size());
  for (auto const row : found) {
    auto const unfit = picked.unfit({.row = row, .items = {}});
    if (unfit && unfit->empty()) fitting.all.push_back(row);
    if (unfit && !unfit->empty()) fitting.others.emplace_back(row, *unfit);
  }
  std::ranges::sort(fitting.all); // each column is then read from its beginning to its end
  bool const has_concepts = std::ranges::find(request.facets, concepts_name, &FacetRow::property) !=
                                request.facets.end() &&
                            concepts();
  ConceptCounts of_concepts(has_concepts ? all.concepts(concepts()) : nullptr, fitting);
  std::vector<Facet> out;
  for (auto const* const row : request.facets) {
    out.push_back(counted(*row, request, all, fitting, of_concepts));
  }
  return out;
}

std::vector<PlacedRecord> View::placed(RecordRequest const& request) {
  auto const& all = roll();
  std::vector<PlacedRecord> out;
  for (auto const found : rows(request, false)) {
    auto const& box = all.boxes()[found];
    if (!box) continue;
    auto const& row = all.rows()[found];
    out.push_back({.id = shown_as(row).value(),
                   .title = row.entry->title,
                   .source = row.entry->source,
                   .bbox = *box});
  }
  return out;
}

} // namespace terracat::catalogue
