#include "catalogue/record_facts.hpp"

#include "catalogue/series.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/subject_text.hpp"
#include "formats/ogc_text.hpp"
#include "formats/words/access.hpp"
#include "formats/words/resolution.hpp"
#include "query/words.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

using Texts = std::vector<std::string>;

/// Each text once, in the order of the record.
void add(Texts& texts, std::string_view text) {
  if (text.empty() || std::ranges::find(texts, text) != texts.end()) return;
  texts.emplace_back(text);
}

Texts best_of(std::vector<model::LocalText> const& texts, std::span<std::string const> languages) {
  Texts out;
  for (auto const& text : texts) add(out, text.best(languages));
  return out;
}

Texts names_of(std::vector<model::Contact> const& contacts,
               std::span<std::string const> languages) {
  Texts out;
  for (auto const& contact : contacts) {
    add(out, contact.name);
    add(out, contact.organisation.best(languages));
  }
  return out;
}

Texts organisations_of(std::vector<model::Contact> const& contacts,
                       std::span<std::string const> languages) {
  Texts out;
  for (auto const& contact : contacts) add(out, contact.organisation.best(languages));
  return out;
}

struct Concepts {
  Texts uris;
  Texts labels; ///< one for each
};

Concepts concepts_of(model::Record const& record, std::span<std::string const> languages) {
  auto sets = record->keyword_sets;
  std::ranges::move(formats::topic_set(record->topics), std::back_inserter(sets));
  Concepts out;
  for (auto const& set : sets) {
    for (auto const& keyword : set.keywords) {
      add(out.uris, keyword.uri);
      if (out.labels.size() == out.uris.size()) continue;
      out.labels.emplace_back(keyword.label.best(languages));
    }
  }
  return out;
}

/// What the answered collection sums up under that name, from its source or from its items.
void add_summary(Texts& texts, json::Value const& summaries, std::string_view name) {
  auto const values = summaries.member(name);
  if (!values || !values->is_array()) return;
  for (auto const value : values->elements()) add(texts, value.string().value_or(""));
}

/// Metres that the answered collection sums up: a list of them, or a range.
std::vector<double> ground_distances(json::Value const& summaries) {
  std::vector<double> out;
  auto const add = [&out](json::Value const& value) {
    if (auto const number = value.number()) out.push_back(*number);
  };
  auto const values = summaries.member("gsd");
  if (!values) return out;
  for (auto const value : values->elements()) add(value);
  for (auto const* const end : {"minimum", "maximum"}) {
    if (auto const value = values->member(end)) add(*value);
  }
  return out;
}

/// Classes of what the record states, and of what its items say.
Texts resolutions_of(model::Record const& record, std::optional<json::Document> const& summaries) {
  auto metres = summaries ? ground_distances(summaries->root()) : std::vector<double>();
  for (auto const& resolution : record->resolutions) {
    if (auto const one = formats::metres_of(resolution)) metres.push_back(*one);
  }
  auto const names = formats::resolution_classes(std::move(metres));
  return {names.begin(), names.end()};
}

std::optional<model::Interval> period_of(Derived const& derived) {
  auto const bound = [](std::optional<model::Instant> const& instant) {
    return instant ? model::Bound::at(*instant) : model::Bound::open();
  };
  if (!derived.first && !derived.last) return std::nullopt;
  auto made = model::Interval::make(bound(derived.first), bound(derived.last));
  return made ? std::optional(*made) : std::nullopt;
}

std::optional<json::Document> summaries_of(Derived const* derived) {
  if (derived == nullptr || derived->summaries.empty()) return std::nullopt;
  auto parsed = json::Document::parse(derived->summaries);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

/// Words are of every language: who asks in French is to find what has a French title.
std::string words_of(model::Record const& record) {
  std::string out;
  auto const add_words = [&](model::LocalText const& text) {
    for (auto const& entry : text.entries()) query::add_words(entry.text, out);
  };
  add_words(record->title);
  add_words(record->alternate_title);
  add_words(record->description);
  for (auto const& set : record->keyword_sets) {
    for (auto const& keyword : set.keywords) add_words(keyword.label);
  }
  for (auto const* const texts : {&record->variables, &record->platforms, &record->instruments}) {
    for (auto const& text : *texts) add_words(text);
  }
  return out;
}

} // namespace

std::optional<model::Geometry> footprint_of(model::Record const& record) {
  std::vector<model::Geometry const*> areas;
  for (auto const& extent : record->spatial) {
    if (extent.geometry) areas.push_back(&*extent.geometry);
  }
  if (areas.empty()) return std::nullopt;
  if (areas.size() == 1) return *areas.front();
  model::RawGeometry all;
  all.type = model::GeometryType::geometry_collection;
  for (auto const* const area : areas) all.members.push_back(model::from_wkb(area->wkb()));
  return model::Geometry::restored(model::to_wkb(all), *record.bbox(), false);
}

model::Record with_items(model::Record const& record, Derived const& derived) {
  auto const stated = record.bbox();
  auto const box = stated && derived.bbox ? widened(*stated, *derived.bbox) : derived.bbox;
  auto const period = record.period() ? widened(*record.period(), derived) : period_of(derived);
  bool const takes_box = box && box != stated;
  if (!period && !takes_box) return record;
  auto parts = *record;
  if (takes_box) {
    for (auto& extent : parts.spatial) extent.geometry.reset(); // places stay
    parts.spatial.push_back({model::Geometry::box(*box), {}});
    parts.inferences.push_back(
        {"geometry", stated ? "items lie beyond the area that the source names"
                            : "the source names no area; it is the one of the items"});
  }
  if (period) {
    parts.inferences.push_back(
        {"time", record.period() ? "items are of other times than the source names"
                                 : "the source names no period; it is the one of the items"});
    parts.temporal = {{.interval = period, .start_text = {}, .end_text = {}}};
  }
  return model::Record::make(std::move(parts)).value();
}

Lasting::Lasting(model::Interval const& period) noexcept {
  if (auto const at = period.first()) first = at->milliseconds();
  if (auto const at = period.last()) last = at->milliseconds();
}

RecordFacts::RecordFacts(model::Record const& record, Derived const* derived,
                         std::span<std::string const> languages, ValuePool& pool)
    : title_(record->title),
      title_print_(print_of_title(record->title)),
      said_(pool.words(), words_of(record)),
      footprint_(footprint_of(record)),
      period_(record.period()),
      lasting_(period_ ? Lasting(*period_) : Lasting()) {
  keep_text("type", record->type, pool);
  keep_text("license", formats::licence_code(*record), pool);
  if (auto const access = formats::access_of(record)) {
    keep_text("access", std::string(formats::name_of(*access)), pool);
  }
  keep_text("language", formats::language_of(record, languages), pool);
  put_time("created", record->created);
  put_time("updated", record->updated);
  keep_list("keywords", formats::keyword_labels(record->keyword_sets, languages, {}), pool);
  if (auto const concepts = concepts_of(record, languages); !concepts.uris.empty()) {
    constexpr auto column = kept_column("themes");
    kept_[column] = pool.list(column, concepts.uris, concepts.labels);
  }
  keep_list("contacts", names_of(record->contacts, languages), pool);
  keep_list("producers", organisations_of(record->contacts, languages), pool);
  keep_list("formats", best_of(record->formats, languages), pool);
  keep_list("resourceLanguages", record->resource_languages, pool);
  keep_list("variables", best_of(record->variables, languages), pool);
  auto platforms = best_of(record->platforms, languages);
  auto instruments = best_of(record->instruments, languages);
  auto const summaries = summaries_of(derived);
  if (summaries) {
    add_summary(platforms, summaries->root(), "platform");
    add_summary(instruments, summaries->root(), "instruments");
  }
  keep_list("resolution", resolutions_of(record, summaries), pool);
  keep_list("platform", platforms, pool);
  keep_list("instruments", instruments, pool);
  put_identifiers(record->identifiers);
}

std::optional<query::Value> RecordFacts::own(std::string_view name, query::Type type) const {
  query::Value const* found = nullptr;
  if (auto const column = kept_column(name); column < kept_.size()) {
    found = kept_[column] ? &kept_[column]->value : nullptr;
  } else {
    auto const row =
        std::ranges::find(values_, name, [](auto const& entry) { return entry.first; });
    found = row == values_.end() ? nullptr : &row->second;
  }
  if (found == nullptr) return std::nullopt;
  bool const is_list = std::holds_alternative<std::vector<query::Scalar>>(*found);
  return is_list == (type == query::Type::list) ? std::optional(*found) : std::nullopt;
}

void RecordFacts::keep_text(std::string_view name, std::string const& text, ValuePool& pool) {
  auto const column = kept_column(name);
  if (!text.empty()) kept_.at(column) = pool.text(column, text);
}

void RecordFacts::keep_list(std::string_view name, Texts const& texts, ValuePool& pool) {
  auto const column = kept_column(name);
  if (!texts.empty()) kept_.at(column) = pool.list(column, texts);
}

void RecordFacts::put_time(std::string_view name, model::Bound const& bound) {
  if (auto const moment = bound.earliest()) values_.emplace_back(name, query::Scalar(*moment));
}

void RecordFacts::put_list(std::string_view name, Texts const& texts) {
  if (texts.empty()) return;
  values_.emplace_back(name, std::vector<query::Scalar>(texts.begin(), texts.end()));
}

void RecordFacts::put_identifiers(std::vector<model::Identifier> const& identifiers) {
  Texts values;
  Texts asked;
  for (auto const& [scheme, value] : identifiers) {
    add(values, value);
    add(asked, value);
    if (scheme.empty()) continue;
    for (auto const& text : {scheme + ":" + value, scheme, scheme + ":"}) add(asked, text);
  }
  put_list("externalIds", values);
  put_list(asked_identifiers, asked);
}

// ---- Long texts

RecordTexts::RecordTexts(model::Record const& record, std::span<std::string const> languages)
    : description_(record->description.best(languages)) {}

std::optional<query::Value> RecordTexts::description() const {
  if (description_.empty()) return std::nullopt;
  return query::Scalar(description_);
}

} // namespace terracat::catalogue
