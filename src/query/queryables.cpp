#include "query/queryables.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <numeric>

namespace terracat::query {
namespace {

/// Number of characters to insert, drop or change to make one text of the other; of texts that are
/// further from each other than `most`, some number above it.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j - 1] + 1, row[j] + 1, changed});
    }
    if (std::ranges::min(row) > most) return most + 1;
  }
  return row.back();
}

/// The part behind the extension prefix: people forget the prefix more often than the name.
std::string_view local_name(std::string_view name) noexcept {
  auto const colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// True if somebody who wrote `name` may have had the beginning or a part of `known` in mind:
/// "cloud" or "clouds" of "cloud_cover".
bool is_akin(std::string_view name, std::string_view known) noexcept {
  if (name.size() < 4) return false;
  auto const differs = std::ranges::mismatch(name, known);
  auto const begins_alike = static_cast<std::size_t>(differs.in1 - name.begin());
  bool const is_long_beginning = begins_alike >= 4 && 3 * begins_alike >= 2 * name.size();
  return is_long_beginning || known.find(name) != std::string_view::npos;
}

/// How far the two are from each other; nothing if nobody means the one by the other.
/// \param name, known  in small letters
std::optional<std::size_t> closeness(std::string_view name, std::string_view known) {
  auto const farthest = name.size() < 3 ? 1 : std::max<std::size_t>(2, name.size() / 3);
  auto const far = std::min(distance(name, known, farthest),
                            distance(local_name(name), local_name(known), farthest));
  if (far <= farthest) return far;
  if (is_akin(local_name(name), local_name(known))) return farthest + 1;
  return std::nullopt;
}

Problem no_such_property(std::string_view name, std::string_view use,
                         std::vector<std::string_view> const& names, std::string where) {
  auto detail = "'" + std::string(name.substr(0, 100)) + "' is no property that can be " +
                std::string(use) + " here";
  auto const close = nearest(without_prefix(name), names);
  for (std::size_t i = 0; i < close.size(); ++i) {
    auto const* const before = i == 0 ? "; did you mean '" : i + 1 < close.size() ? ", '" : " or '";
    detail += before + close[i] + "'";
  }
  if (!close.empty()) detail += '?';
  return {.kind = ProblemKind::unknown_property,
          .detail = std::move(detail),
          .where = std::move(where)};
}

} // namespace

std::string_view without_prefix(std::string_view name) noexcept {
  constexpr std::string_view prefix = "properties.";
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

std::vector<std::string> nearest(std::string_view name,
                                 std::vector<std::string_view> const& names) {
  struct Candidate {
    std::size_t distance;
    std::string_view name;
  };

  constexpr std::size_t longest = 40; // few names are longer, and the distance costs the product
  std::vector<Candidate> candidates;
  if (name.size() > longest) return {};
  auto const wanted = lowered(name);
  for (auto const known : names) {
    if (known.size() > longest) continue;
    if (auto const far = closeness(wanted, lowered(known))) candidates.push_back({*far, known});
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::distance);
  std::vector<std::string> out;
  for (auto const& candidate : candidates) {
    if (out.size() < 3) out.emplace_back(candidate.name);
  }
  return out;
}

Queryables::Queryables() {
  for (auto const& definition : definitions()) {
    if (definition.place != Property::Place::own) define(definition);
  }
}

Queryables Queryables::of_records() {
  Queryables out;
  out.queryables_.clear();
  for (auto const& definition : record_definitions()) out.define(definition);
  return out;
}

Queryables Queryables::of_collections() {
  auto out = of_records();
  out.define(matching_items());
  return out;
}

void Queryables::define(Definition const& definition) {
  bool const is_own = definition.place == Property::Place::own;
  queryables_[std::string(definition.name)] = {
      .name = std::string(definition.name),
      .definition = &definition,
      .as = {{.place = definition.place,
              .name = is_own ? std::string(definition.name) : std::string(),
              .type = definition.type}},
      .is_sortable = definition.is_sortable};
}

void Queryables::add(std::string_view name, Type type, std::vector<RecordNumber> collections) {
  auto& queryable = queryables_[std::string(name)];
  queryable.name = name;
  queryable.definition = definition(name);
  Property property{.place = Property::Place::own,
                    .name = std::string(name),
                    .type = type,
                    .only_in = std::move(collections)};
  if (queryable.definition != nullptr) {
    property.place = queryable.definition->place;
    queryable.is_sortable = queryable.definition->is_sortable;
  }
  if (property.place != Property::Place::own) property.name.clear();
  queryable.as.push_back(std::move(property));
}

Queryable const* Queryables::find(std::string_view name) const {
  auto const found = queryables_.find(without_prefix(name));
  return found == queryables_.end() ? nullptr : &found->second;
}

void Queryables::make_sortable(std::string_view name) {
  if (auto const found = queryables_.find(name); found != queryables_.end()) {
    found->second.is_sortable = true;
  }
}

Problem Queryables::unknown(std::string_view name, std::string where) const {
  std::vector<std::string_view> names;
  for (auto const& [known, queryable] : queryables_) names.push_back(known);
  return no_such_property(name, "searched", names, std::move(where));
}

Problem Queryables::unsortable(std::string_view name, std::string where) const {
  std::vector<std::string_view> names;
  for (auto const& [known, queryable] : queryables_) {
    if (queryable.is_sortable) names.push_back(known);
  }
  return no_such_property(name, "sorted by", names, std::move(where));
}

} // namespace terracat::query
