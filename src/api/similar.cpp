#include "api/similar.hpp"

#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/tags.hpp"
#include "catalogue/similar.hpp"

#include <terracat/text.hpp>

/// `/api/v1/datasets/{id}/similar`: what is like a data set, and why.
namespace terracat::api {
namespace {

constexpr std::size_t standard_limit = 6;
constexpr std::size_t most = 50;

using catalogue::Likeness;
using What = pages::SharedWith::What;

What what_of(Likeness::Kind kind) noexcept {
  switch (kind) {
  case Likeness::Kind::concepts:
    return What::concepts;
  case Likeness::Kind::variables:
    return What::variables;
  case Likeness::Kind::keywords:
    return What::keywords;
  case Likeness::Kind::platform:
    return What::platform;
  case Likeness::Kind::instruments:
    return What::instruments;
  case Likeness::Kind::producers:
    return What::producers;
  case Likeness::Kind::place:
    return What::place;
  case Likeness::Kind::period:
    break;
  }
  return What::period;
}

pages::SharedWith shared_with(catalogue::View& view, Likeness const& likeness,
                              std::vector<std::string> const& languages) {
  pages::SharedWith out{.what = what_of(likeness.kind), .share = likeness.share, .names = {}};
  for (auto const head : likeness.heads) {
    auto const label = view.concepts()->thesaurus().at(head).label(languages);
    out.names.emplace_back(label.text);
  }
  out.names.insert(out.names.end(), likeness.texts.begin(), likeness.texts.end());
  return out;
}

} // namespace

std::vector<pages::SimilarResource> similar_to(Exchange const& exchange, catalogue::View& view,
                                               RecordNumber record, std::size_t limit,
                                               std::vector<std::string> const& languages) {
  std::vector<pages::SimilarResource> out;
  for (auto const& one : catalogue::similar_records(view, record, limit)) {
    auto const shown = view.record(one.id);
    if (!shown) continue;
    pages::SimilarResource similar{.resource = resource_of(exchange, view, *shown), .shared = {}};
    for (auto const& likeness : one.shared) {
      similar.shared.push_back(shared_with(view, likeness, languages));
    }
    out.push_back(std::move(similar));
  }
  return out;
}

Reply get_similar(Exchange& exchange) {
  ParameterInput const input(exchange);
  auto view = view_of_pages(exchange);
  auto const collection = existing_collection(view, exchange.captured("id"));
  auto const limit = read_limit(exchange, standard_limit, most);
  auto const wanted = input.text("lang").value_or(exchange.site().languages.front());
  auto const language = pages::spoken(wanted).value_or(pages::Language::en);
  auto tag = concept_list_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  json::Writer out;
  out.begin_object().name("items").begin_array();
  auto const number = collection.entry->number;
  auto const languages = languages_of(language);
  for (auto const& one : catalogue::similar_records(view, number, limit)) {
    out.begin_object().name("id").string(one.id);
    auto const* const entry = view.roll().rows()[*view.roll().find(one.number)].entry.get();
    out.name("title").string(entry->title).name("score").number(one.score);
    out.name("reasons").begin_array();
    for (auto const& likeness : one.shared) {
      auto const words = pages::words_of(shared_with(view, likeness, languages), language);
      if (!words.empty()) out.string(words);
    }
    out.end_array();
    out.member("href", exchange.site().public_url + "/d/" + percent_encoded(one.id));
    out.end_object();
  }
  return tagged(out.end_array().end_object().take(), json_type, std::move(tag));
}

} // namespace terracat::api
