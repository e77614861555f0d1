#include "api/quality.hpp"

#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/search_input.hpp"
#include "api/tags.hpp"
#include "pages/quality.hpp"

#include <terracat/text.hpp>

#include <algorithm>

/// `/api/v1/datasets/{id}/quality`: how complete a description is, and what is missing.
namespace terracat::api {
namespace {

using enrich::Quality;

/// The record that is called so, here or elsewhere (native id, DOI). \throws ProblemError
catalogue::ShownRecord existing_record(catalogue::View& view, std::string const& id) {
  if (auto record = view.record(id)) return std::move(*record);
  auto other = view.record_by_identifier(id);
  if (!other) throw ProblemError(no_such_record(view, id));
  return std::move(*other);
}

void write_principles(json::Writer& out, Quality const& quality, pages::Language language) {
  out.name("principles").begin_array();
  for (auto const principle : enrich::all_principles) {
    auto const score = quality.score(principle);
    if (!score) continue;
    out.begin_object().name("principle").string(std::string(1, static_cast<char>(principle)));
    out.name("label").string(pages::label_of(principle, language));
    out.name("score").integer(*score).end_object();
  }
  out.end_array();
}

void write_criteria(json::Writer& out, Quality const& quality, pages::Language language) {
  out.name("criteria").begin_array();
  for (auto const& rating : quality.ratings()) {
    auto const& [aspect, name, principle, weight, is_of_data, level] = *rating.criterion;
    out.begin_object().name("name").string(name);
    out.name("label").string(pages::label_of(aspect, language));
    out.name("principle").string(std::string(1, static_cast<char>(principle)));
    out.name("weight").integer(weight).name("level").string(enrich::name_of(rating.level));
    out.member("advice", std::string(pages::advice_of(rating, language))).end_object();
  }
  out.end_array();
}

} // namespace

Quality quality_of(catalogue::View& view, RecordNumber record, pages::Resource const& resource) {
  auto const& uses = view.concepts();
  bool const names_concepts =
      uses && std::ranges::any_of(uses->terms_of(record),
                                  [](auto const* term) { return !term->meant.empty(); });
  return enrich::quality_of(resource.record,
                            {.names_concepts = names_concepts, .has_items = resource.items > 0});
}

std::string quality_path(std::string_view id) {
  return "/api/v1/datasets/" + encode(id) + "/quality";
}

Reply get_quality(Exchange& exchange) {
  ParameterInput const input(exchange);
  auto view = view_of_pages(exchange);
  auto const record = existing_record(view, exchange.captured("id"));
  auto const wanted = input.text("lang").value_or(exchange.site().languages.front());
  auto const language = pages::spoken(wanted).value_or(pages::Language::en);
  auto const changed = record.entry == nullptr
                           ? record.last_change()
                           : std::max(record.last_change(), record.entry->item_change);
  auto tag = resource_tag(exchange, view.revision(), changed, json_type,
                          std::string(pages::code(language)) + concept_mark(view));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const resource = resource_of(exchange, view, record);
  auto const quality = quality_of(view, record.row.number, resource);
  json::Writer out;
  out.begin_object().name("id").string(record.id).name("score").integer(quality.score());
  out.name("note").string(pages::what_is_rated.in(language));
  write_principles(out, quality, language);
  write_criteria(out, quality, language);
  out.member("href", exchange.site().public_url + "/d/" + percent_encoded(record.id));
  return tagged(out.end_object().take(), json_type, std::move(tag));
}

} // namespace terracat::api
