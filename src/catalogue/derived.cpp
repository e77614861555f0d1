#include "catalogue/derived.hpp"

#include "query/definitions.hpp"

#include <terracat/store_error.hpp>

#include <algorithm>

namespace terracat::catalogue {
namespace {

/// Of what is kept. Whoever changes what is answered of it raises the number: texts of others are
/// made anew.
constexpr std::int64_t rules_of_texts = 2;

constexpr std::size_t most_values = 20;       ///< more is no summary
constexpr std::size_t longest_category = 100; ///< longer is no category
constexpr std::size_t most_properties = 200;  ///< of one collection; the rest is not searchable

void widen(PropertySummary& summary, double value) {
  summary.lowest = std::min(summary.lowest.value_or(value), value);
  summary.highest = std::max(summary.highest.value_or(value), value);
}

void add_text(PropertySummary& summary, std::string const& text) {
  if (summary.has_more_values) return;
  if (text.size() <= longest_category) summary.values.insert(text);
  if (text.size() > longest_category || summary.values.size() > most_values) {
    summary.has_more_values = true;
    summary.values.clear();
  }
}

void add_scalar(PropertySummary& summary, query::Scalar const& scalar) {
  if (auto const* const number = std::get_if<double>(&scalar)) widen(summary, *number);
  if (auto const* const text = std::get_if<std::string>(&scalar)) add_text(summary, *text);
  if (auto const* const time = std::get_if<model::Instant>(&scalar)) {
    widen(summary, static_cast<double>(time->milliseconds()));
  }
}

/// Takes a value in. \return  false if it has another type than the property
bool add_value(PropertySummary& summary, json::Value const& value) {
  auto const typed = query::typed(value, summary.type);
  if (!typed) return false;
  if (value.kind() == json::Kind::number && !value.integer()) summary.is_whole = false;
  if (auto const* const list = std::get_if<std::vector<query::Scalar>>(&*typed)) {
    for (auto const& element : *list) {
      if (std::holds_alternative<std::string>(element)) add_scalar(summary, element);
    }
  } else {
    add_scalar(summary, std::get<query::Scalar>(*typed));
  }
  return true;
}

std::optional<query::Type> type_of(std::string_view name, json::Value const& value) {
  auto const* const known = query::definition(name);
  return known != nullptr ? std::optional(known->type) : query::apparent_type(value);
}

bool is_core(std::string_view name) noexcept {
  auto const* const known = query::definition(name);
  return known != nullptr && known->place != query::Property::Place::own;
}

// ---- Codec

void write_properties(json::Writer& out, Derived const& derived) {
  out.name("properties").begin_object();
  for (auto const& [name, summary] : derived.properties) {
    out.name(name).begin_object().name("type").integer(static_cast<std::int64_t>(summary.type));
    out.name("whole").boolean(summary.is_whole);
    if (summary.lowest) out.name("lowest").number(*summary.lowest);
    if (summary.highest) out.name("highest").number(*summary.highest);
    out.name("more").boolean(summary.has_more_values).name("values").begin_array();
    for (auto const& value : summary.values) out.string(value);
    out.end_array().end_object();
  }
  out.end_object();
}

std::optional<model::Instant> read_instant(json::Value const& root, std::string_view name) {
  auto const value = root.member(name);
  auto const milliseconds = value ? value->integer() : std::nullopt;
  return milliseconds ? std::optional(model::Instant(*milliseconds)) : std::nullopt;
}

std::optional<double> read_number(json::Value const& root, std::string_view name) {
  auto const value = root.member(name);
  return value ? value->number() : std::nullopt;
}

bool read_flag(json::Value const& root, std::string_view name) {
  auto const value = root.member(name);
  return value && value->boolean().value_or(false);
}

PropertySummary read_summary(json::Value const& value) {
  PropertySummary out;
  out.type = static_cast<query::Type>(read_number(value, "type").value_or(0));
  out.is_whole = read_flag(value, "whole");
  out.lowest = read_number(value, "lowest");
  out.highest = read_number(value, "highest");
  out.has_more_values = read_flag(value, "more");
  if (auto const values = value.member("values")) {
    for (auto const element : values->elements()) {
      out.values.emplace(element.string().value_or(""));
    }
  }
  return out;
}

} // namespace

std::vector<Finding> add_item(Derived& derived, std::optional<model::Bbox> const& bbox,
                              std::optional<model::Interval> const& period,
                              query::BodyProperties const& properties) {
  if (bbox) derived.bbox = derived.bbox ? derived.bbox->joined(*bbox) : *bbox;
  if (period) {
    auto const first = *period->first();
    auto const last = *period->last();
    derived.first = std::min(derived.first.value_or(first), first);
    derived.last = std::max(derived.last.value_or(last), last);
  }
  std::vector<Finding> findings;
  for (auto const [name, value] : properties.members()) {
    if (value.is_null()) continue;
    auto known = derived.properties.find(name);
    if (known == derived.properties.end()) {
      if (is_core(name)) continue;
      auto const type = type_of(name, value);
      if (!type || derived.properties.size() >= most_properties) continue;
      known = derived.properties.emplace(std::string(name), PropertySummary{.type = *type}).first;
    }
    if (!add_value(known->second, value)) {
      findings.push_back({FindingCode::value_type_differs, "/properties/" + std::string(name),
                          excerpt(value.text())});
    }
  }
  return findings;
}

void write_box(json::Writer& out, model::Bbox const& box) {
  out.begin_array().number(box.west()).number(box.south());
  out.number(box.east()).number(box.north()).end_array();
}

std::string to_text(Derived const& derived) {
  json::Writer out;
  out.begin_object().name("items").integer(derived.items).name("rules").integer(rules_of_texts);
  out.name("exact").boolean(derived.is_exact).name("shown").integer(derived.shown_change);
  if (derived.bbox) {
    out.name("bbox");
    write_box(out, *derived.bbox);
  }
  if (derived.first) out.name("first").integer(derived.first->milliseconds());
  if (derived.last) out.name("last").integer(derived.last->milliseconds());
  write_properties(out, derived);
  out.name("extent").string(derived.extent).name("summaries").string(derived.summaries);
  return out.end_object().take();
}

Derived derived_from_text(std::string_view text) {
  auto const document = json::Document::parse(text);
  auto const items = document ? document->root().member("items") : std::nullopt;
  auto const count = items ? items->integer() : std::nullopt;
  if (!count) {
    throw store::StoreError(store::StoreError::Reason::corrupt,
                            "what a collection says of its items cannot be read");
  }
  auto const root = document->root();
  Derived out;
  out.items = *count;
  out.is_exact = read_flag(root, "exact") && read_number(root, "rules") == double{rules_of_texts};
  out.shown_change = static_cast<Sequence>(read_number(root, "shown").value_or(0));
  out.first = read_instant(root, "first");
  out.last = read_instant(root, "last");
  if (auto const box = root.member("bbox")) {
    std::vector<double> numbers;
    for (auto const element : box->elements()) numbers.push_back(element.number().value_or(0));
    if (numbers.size() == 4) {
      out.bbox = model::Bbox::restored(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
  }
  if (auto const properties = root.member("properties")) {
    for (auto const [name, value] : properties->members()) {
      out.properties.emplace(std::string(name), read_summary(value));
    }
  }
  out.extent = root.string("extent").value_or("");
  out.summaries = root.string("summaries").value_or("");
  return out;
}

} // namespace terracat::catalogue
