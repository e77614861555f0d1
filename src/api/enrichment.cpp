#include "api/enrichment.hpp"

#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/search_input.hpp"
#include "api/spoken_places.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <cmath>

/// `/api/v1/datasets/{id}/enrichment`: what the catalogue found out about a record by itself, and
/// how.
namespace terracat::api {
namespace {

using enrich::Enrichment;
using Languages = std::vector<std::string>;

constexpr std::size_t most_terms = 200;

catalogue::ShownRecord existing_record(catalogue::View& view, std::string const& id) {
  if (auto record = view.record(id)) return std::move(*record);
  auto other = view.record_by_identifier(id);
  if (!other) throw ProblemError(no_such_record(view, id));
  return std::move(*other);
}

double rounded(double share) noexcept {
  constexpr double hundredths = 100;
  return std::round(share * hundredths) / hundredths;
}

/// Where a value comes from. \param score  how sure it is, up to 1; nothing: it is none of that
/// \param from   what it was concluded from; may be empty
/// \param at     when a person said so; nothing: nobody did
void write_provenance(json::Writer& out, std::string_view step, std::string_view rule,
                      std::optional<double> score, std::string_view from = {},
                      std::optional<model::Instant> at = {}) {
  out.name("provenance").begin_object().name("step").string(step).name("rule").string(rule);
  if (score) out.name("score").number(rounded(*score));
  out.member("from", std::string(from));
  if (at) out.member("at", model::to_iso8601(*at));
  out.end_object();
}

void write_box(json::Writer& out, model::Bbox const& box) {
  out.name("bbox").begin_array().number(box.west()).number(box.south());
  out.number(box.east()).number(box.north()).end_array();
}

void write_area(json::Writer& out, enrich::GuessedArea const& area, Languages const& languages) {
  out.name("area").begin_object();
  write_box(out, area.box);
  out.name("places").begin_array();
  for (auto const& [place, word] : area.places) {
    out.begin_object();
    tell_place(out, *place, languages);
    write_provenance(out, "places", name_of(area.rule), score_of(area.rule), word);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_near(json::Writer& out, std::vector<enrich::NearPlace> const& near,
                Languages const& languages) {
  out.name("near").begin_array();
  for (auto const& [place, how, share] : near) {
    out.begin_object();
    tell_place(out, *place, languages);
    out.name("share").number(rounded(share));
    write_provenance(out, "places", name_of(how), std::nullopt);
    out.end_object();
  }
  out.end_array();
}

void write_language(json::Writer& out, enrich::GuessedLanguage const& guess) {
  out.name("language").begin_object().name("code").string(guess.language);
  write_provenance(out, "language", "small words", guess.score);
  out.end_object();
}

void write_identities(json::Writer& out, model::Record const& record,
                      std::vector<enrich::Identity> const& identities, Languages const& languages) {
  out.name("identities").begin_array();
  for (auto const& [place, scheme, uri, rule, from] : identities) {
    auto const& contact = record->contacts.at(place);
    auto const organisation = contact.organisation.best(languages);
    bool const is_person = scheme == "orcid" && !contact.name.empty();
    out.begin_object().name("contact").integer(static_cast<std::int64_t>(place));
    out.member("name",
               is_person || organisation.empty() ? contact.name : std::string(organisation));
    out.name("scheme").string(scheme).name("uri").string(uri).name("source");
    out.string(rule == enrich::IdentityRule::stated ? "harvested" : "resolved");
    write_provenance(out, "people", name_of(rule), score_of(rule), from);
    out.end_object();
  }
  out.end_array();
}

/// Whose word a concept is.
std::string_view source_of(bool is_concluded, bool is_accepted, bool is_ours) noexcept {
  if (is_concluded) return "rule";
  return is_accepted ? "accepted" : is_ours ? "resolved" : "harvested";
}

/// The concepts that its words stand for, as the source gave their address, or as the words were
/// resolved; then those that rules of the site conclude.
void write_concepts(json::Writer& out, Exchange const& exchange, catalogue::View& view,
                    RecordNumber record, Languages const& languages) {
  auto const& uses = view.concepts();
  out.name("concepts").begin_array();
  auto const terms = uses ? uses->terms_of(record) : std::span<catalogue::SaidTerm const* const>();
  for (auto const* const term : terms.subspan(0, std::min(terms.size(), most_terms))) {
    auto const* const decision = uses->decision_of(*term);
    bool const is_concluded = !term->rule.empty();
    for (auto const& [number, label, method, score] : term->meant) {
      bool const is_accepted = method == vocabulary::Method::accepted && decision != nullptr;
      auto const described = uses->thesaurus().at(number);
      out.begin_object().name("uri").string(described.uri());
      out.name("label").string(described.label(languages).text);
      out.name("scheme").string(uses->thesaurus().vocabularies()[described.vocabulary()].name);
      out.name("href").string(exchange.site().public_url + "/" + languages.front() +
                              path_of(uses->thesaurus(), number));
      bool const is_ours = method != vocabulary::Method::address;
      out.name("source").string(source_of(is_concluded, is_accepted, is_ours));
      if (is_concluded) {
        write_provenance(out, "compartments", term->rule, std::nullopt);
        out.end_object();
        continue;
      }
      write_provenance(out, "concepts", vocabulary::name(method), score,
                       term->labels.empty() ? term->address : term->labels.front(),
                       is_accepted ? std::optional(decision->at) : std::nullopt);
      out.end_object();
    }
  }
  out.end_array();
}

} // namespace

AboutRecord asked_record(Exchange const& exchange, catalogue::View& view) {
  ParameterInput const input(exchange);
  auto record = existing_record(view, exchange.captured("id"));
  auto const wanted = input.text("lang").value_or(exchange.site().languages.front());
  auto const language = pages::spoken(wanted).value_or(pages::Language::en);
  auto const changed = record.entry == nullptr
                           ? record.last_change()
                           : std::max(record.last_change(), record.entry->item_change);
  auto tag = resource_tag(exchange, view.revision(), changed, json_type,
                          std::string(pages::code(language)) + concept_mark(view));
  return {.record = std::move(record), .language = language, .tag = std::move(tag)};
}

enrich::Known known_of(catalogue::View& view, RecordNumber record, std::int64_t items) {
  auto const& uses = view.concepts();
  auto const is_concept = [](auto const* term) {
    return !term->meant.empty() && term->rule.empty();
  };
  return {.names_concepts = uses && std::ranges::any_of(uses->terms_of(record), is_concept),
          .has_items = items > 0};
}

Enrichment enrichment_of(Exchange const& exchange, catalogue::View& view, RecordNumber record,
                         pages::Resource const& resource) {
  auto const& site = exchange.site();
  return enrich::enrichment_of(resource.record, known_of(view, record, resource.items),
                               *site.places, label_test(site));
}

Reply get_enrichment(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto asked = asked_record(exchange, view);
  if (auto reply = not_modified(exchange, asked.tag)) return std::move(*reply);
  auto const number = asked.record.row.number;
  auto const resource = resource_of(exchange, view, asked.record);
  auto const enrichment = enrichment_of(exchange, view, number, resource);
  auto const languages = languages_of(asked.language);
  json::Writer out;
  out.begin_object().name("id").string(asked.record.id);
  if (enrichment.language) write_language(out, *enrichment.language);
  if (enrichment.area) write_area(out, *enrichment.area, languages);
  write_near(out, enrichment.near, languages);
  write_identities(out, resource.record, enrichment.identities, languages);
  write_concepts(out, exchange, view, number, languages);
  out.member("href", exchange.site().public_url + "/d/" + percent_encoded(asked.record.id));
  return tagged(out.end_object().take(), json_type, std::move(asked.tag));
}

} // namespace terracat::api
