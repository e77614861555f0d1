#include "pages/quality.hpp"
#include "api/enrichment.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/tags.hpp"

#include <terracat/text.hpp>

/// `/api/v1/datasets/{id}/quality`: how complete a description is, and what is missing.
namespace terracat::api {
namespace {

using enrich::Quality;

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

Reply get_quality(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto asked = asked_record(exchange, view);
  if (auto reply = not_modified(exchange, asked.tag)) return std::move(*reply);
  auto const& [record, language, tag] = asked;
  auto const resource = resource_of(exchange, view, record);
  auto const quality =
      enrich::quality_of(resource.record, known_of(view, record.row.number, resource.items));
  json::Writer out;
  out.begin_object().name("id").string(record.id).name("score").integer(quality.score());
  out.name("note").string(pages::what_is_rated.in(language));
  write_principles(out, quality, language);
  write_criteria(out, quality, language);
  out.member("href", exchange.site().public_url + "/d/" + percent_encoded(record.id));
  return tagged(out.end_object().take(), json_type, std::move(asked.tag));
}

} // namespace terracat::api
