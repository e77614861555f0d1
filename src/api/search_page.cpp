#include "pages/search_page.hpp"

#include "api/choices.hpp"
#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/parse.hpp"
#include "api/question.hpp"
#include "api/tags.hpp"
#include "pages/record_words.hpp"
#include "query/words.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::api {
namespace {

using pages::Kind;
using pages::Question;
using pages::Relaxation;

constexpr std::size_t per_page = 20;
constexpr std::size_t most_reasons = 4;

/// One of those on the page.
struct Found {
  std::optional<catalogue::ShownCollection> collection;
  std::optional<catalogue::ShownRecord> record; ///< if it is no collection

  [[nodiscard]] RecordNumber number() const noexcept {
    return collection ? collection->entry->number : record->row.number;
  }
};

struct FoundPage {
  std::vector<Found> list;
  std::size_t matched = 0;
  bool has_more = false; ///< more match than are looked at
};

query::Expression is_no_dataset() {
  query::Property const type{.name = "type", .type = query::Type::text};
  query::In const is_dataset{type, {std::string("dataset"), std::string("series")}};
  return {query::Not{{{is_dataset}}}};
}

/// \param pole  null: of all data centres
FoundPage find(catalogue::View& view, Kind kind, catalogue::RecordRequest request,
               Root const* pole) {
  if (pole != nullptr) request.sources = *pole->scope.sources();
  FoundPage out;
  if (kind == Kind::datasets) {
    auto answer = or_throw(view.search_collections(request));
    for (auto& one : answer.collections) {
      out.list.push_back({.collection = std::move(one), .record = {}});
    }
    out.matched = answer.counted;
    out.has_more = !answer.matched;
    return out;
  }
  request.criteria.filters.push_back(is_no_dataset());
  auto answer = or_throw(view.search_records(request));
  for (auto& one : answer.records) {
    out.list.push_back({.collection = {}, .record = std::move(one)});
  }
  out.matched = answer.counted;
  out.has_more = !answer.matched;
  return out;
}

/// How many there are.
std::size_t count(Exchange const& exchange, catalogue::View& view, Question const& question) {
  auto asked = asked_of_records(exchange.site(), question);
  auto const* const pole = root_of_pole(exchange.site(), question.pole);
  if (!asked.wrong.empty() || (!question.pole.empty() && pole == nullptr)) return 0;
  asked.request.limit = 0;
  return find(view, question.kind, asked.request, pole).matched;
}

std::vector<Relaxation> relaxations(Exchange const& exchange, catalogue::View& view,
                                    Question const& question) {
  using enum Relaxation::Without;
  std::vector<Relaxation> out;
  auto const add = [&](Relaxation::Without without, bool is_there, auto const& drop) {
    if (!is_there) return;
    auto other = question;
    drop(other);
    if (auto const number = count(exchange, view, other); number > 0) {
      out.push_back({.without = without, .count = number});
    }
  };
  add(words, !question.words.empty(), [](Question& one) { one.words.clear(); });
  bool const is_bound = !question.has_words_alone &&
                        !said_places(exchange.site(), question, language_of(exchange)).empty();
  add(place, is_bound, [](Question& one) { one.has_words_alone = true; });
  add(topic, !question.concept_uri.empty(), [](Question& one) { one.concept_uri.clear(); });
  add(choices, !question.choices.empty(), [](Question& one) { one.choices.clear(); });
  add(pole, !question.pole.empty(), [](Question& one) { one.pole.clear(); });
  add(period, !question.from.empty() || !question.to.empty(), [](Question& one) {
    one.from.clear();
    one.to.clear();
  });
  add(bbox, !question.bbox.empty() || !question.area.empty(), [](Question& one) {
    one.bbox.clear();
    one.area.clear();
  });
  return out;
}

// ---- Why something was found

/// The first of the texts in which the phrase stands.
std::string text_with(std::string const& phrase, std::vector<std::string> const& texts) {
  auto const wanted = query::words_of(phrase);
  for (auto const& text : texts) {
    if (query::words_of(text).find(wanted) != std::string::npos) return text;
  }
  return {};
}

std::vector<std::string> texts_of(std::vector<model::LocalText> const& all) {
  std::vector<std::string> out;
  for (auto const& text : all) {
    for (auto const& entry : text.entries()) out.push_back(entry.text);
  }
  return out;
}

std::vector<std::string> keywords_of(model::Record const& record) {
  std::vector<std::string> out;
  for (auto const& set : record->keyword_sets) {
    for (auto const& keyword : set.keywords) {
      for (auto const& entry : keyword.label.entries()) out.push_back(entry.text);
    }
  }
  return out;
}

struct Place {
  pages::Message what;
  std::vector<std::string> texts;
};

/// Where a word may stand, the most telling first.
std::vector<Place> places_in(model::Record const& record, pages::Language language) {
  return {{pages::reason_variable, texts_of(record->variables)},
          {pages::reason_keyword, keywords_of(record)},
          {pages::reason_place, pages::places_of(record, language)},
          {pages::reason_platform, texts_of(record->platforms)},
          {pages::reason_instrument, texts_of(record->instruments)},
          {pages::reason_maker, pages::makers_of(record, language)}};
}

pages::Message name_of(WordField field) noexcept {
  switch (field) {
  case WordField::title:
    return pages::reason_title;
  case WordField::subject:
    return pages::reason_subject;
  case WordField::keyword:
    return pages::reason_keyword;
  case WordField::text:
    break;
  }
  return pages::reason_description;
}

/// Null: it is no place.
pages::Message const* reason_of_place(index::Reason::Kind kind) noexcept {
  if (kind == index::Reason::Kind::located) return &pages::reason_area;
  return kind == index::Reason::Kind::guessed ? &pages::reason_guessed : nullptr;
}

/// Where the words stand, or what says the same: what the title does not show by itself.
std::vector<pages::Reason> reasons_for(model::Record const& record, pages::Language language,
                                       std::vector<index::Reason> const& reasons) {
  std::vector<pages::Reason> out;
  auto const places = places_in(record, language);
  for (auto const& reason : reasons) {
    bool const is_typed = reason.kind == index::Reason::Kind::typed;
    if (is_typed && reason.field == WordField::title) continue;
    if (out.size() == most_reasons) break;
    if (auto const* const what = reason_of_place(reason.kind)) {
      out.push_back({.word = reason.text, .what = *what, .text = {}});
      continue;
    }
    auto const& said = is_typed ? reason.text : reason.label;
    auto const* const end = reason.kind == index::Reason::Kind::meant ? "…" : ""; // it is a stem
    out.push_back({.word = reason.text,
                   .what = name_of(reason.field),
                   .text = is_typed ? std::string() : said + end});
    for (auto const& [what, texts] : places) {
      auto const text = reason.field == WordField::title ? std::string() : text_with(said, texts);
      if (text.empty()) continue;
      out.back().what = what;
      out.back().text = pages::shortened(text, 100);
      break;
    }
  }
  return out;
}

// ---- The answer

std::vector<pages::FoundResource> results_of(Exchange const& exchange, catalogue::View& view,
                                             std::vector<Found> const& found,
                                             catalogue::RecordRequest const& request) {
  std::vector<RecordNumber> numbers;
  numbers.reserve(found.size());
  for (auto const& one : found) numbers.push_back(one.number());
  auto const reasons = view.reasons(request, numbers);
  bool const asks_place = request.criteria.bbox || request.criteria.intersects;
  std::vector<pages::FoundResource> out;
  for (std::size_t place = 0; place < found.size(); ++place) {
    auto const& one = found[place];
    auto resource = one.record ? resource_of(exchange, view, *one.record)
                               : resource_of(exchange, view, *one.collection);
    auto why = reasons_for(resource.record, language_of(exchange), reasons[place]);
    auto const* const guess = asks_place ? view.guess_of(one.number()) : nullptr;
    if (guess != nullptr) {
      why.push_back({.word = guess->words, .what = pages::reason_guessed, .text = {}});
    }
    out.push_back({.resource = std::move(resource), .reasons = std::move(why)});
  }
  return out;
}

/// What each box would leave.
CountedChoices count_choices(Exchange const& exchange, catalogue::View& view,
                             Question const& question) {
  auto without = question;
  without.choices.clear();
  without.sort = pages::Sort::standard;
  auto request = asked_of_records(exchange.site(), without).request;
  if (question.kind == Kind::others) request.criteria.filters.push_back(is_no_dataset());
  return counted_choices(exchange, view, question, std::move(request));
}

/// Numbers between commas, as APIs want them.
std::string with_commas(std::string_view text) {
  std::string out;
  constexpr std::string_view between = " ,;";
  while (!(text = trimmed(text, between)).empty()) {
    auto const end = std::min(text.find_first_of(between), text.size());
    out += (out.empty() ? "" : ",") + std::string(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

/// Where the map asks for what the page does not list.
std::string footprints_of(Site const& site, Question const& question,
                          query::Criteria const& criteria) {
  std::string out = "/api/v1/footprints?type=dataset,series";
  auto const add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += "&" + std::string(name) + "=" + percent_encoded(value);
  };
  add("q", question.words);
  if (!question.words.empty()) {
    add("explain", "true");
    add("place", question.has_words_alone ? "words" : "bounds");
  }
  add("concepts", question.concept_uri);
  add("filter", filter_of(site, question.choices));
  add("pole", question.pole);
  if (auto const& period = criteria.datetime) {
    auto const text = [](std::optional<model::Instant> const& at) {
      return at ? model::to_iso8601(*at) : "..";
    };
    add("datetime", text(period->first()) + "/" + text(period->last()));
  }
  add("bbox", with_commas(question.bbox));
  add("area", question.area);
  return out;
}

/// Its address, if no vocabulary here has it.
std::string_view concept_label(Exchange const& exchange, Question const& question) {
  auto const& all = *exchange.site().thesaurus;
  auto const number = all.find_address(question.concept_uri);
  std::vector const languages{std::string(pages::code(language_of(exchange)))};
  return number ? all.at(*number).label(languages).text : std::string_view(question.concept_uri);
}

std::vector<pages::Term> related_terms(Exchange const& exchange, Question const& question) {
  std::vector<pages::Term> out;
  auto const& all = *exchange.site().thesaurus;
  auto const languages = languages_of(language_of(exchange));
  for (auto const number : related_concepts(exchange.site(), question.words)) {
    auto const label = all.at(number).label(languages);
    out.push_back({.text = label.text, .language = label.language});
  }
  return out;
}

Reply written(Exchange const& exchange, pages::SearchFacts const& facts, std::string tag) {
  auto const language = language_of(exchange);
  auto reply = page_reply(language, pages::search_page(facts_of(exchange.site()), language, facts),
                          std::move(tag));
  if (!facts.wrong.empty()) reply.status = 400;
  allow_pictures(reply, exchange.site());
  return reply;
}

} // namespace

Reply get_search_anywhere(Exchange& exchange) {
  auto const language = language_of(exchange);
  auto const question = read_question(exchange.site(), exchange.parameters());
  return {
      .status = 302,
      .content_type = {},
      .headers = {{"Location", exchange.site().public_url + "/" +
                                   std::string(pages::code(language)) + pages::path_of(question)},
                  {"Vary", "Accept-Language"},
                  {"Cache-Control", "no-cache"}},
      .content = Text{}};
}

Reply get_search_page(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto asked_for = read_question(exchange.site(), exchange.parameters());
  auto tag = page_tag(exchange, view, time_mark(asked_for.words, model::Instant::now()));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto poles = poles_of(exchange.site());
  pages::SearchFacts facts{.question = std::move(asked_for),
                           .per_page = per_page,
                           .results = {},
                           .poles = {},
                           .relaxations = {}};
  auto const& question = facts.question;
  auto const asked = asked_of_records(exchange.site(), question);
  auto const* const pole = root_of_pole(exchange.site(), question.pole);
  facts.wrong = !question.pole.empty() && pole == nullptr ? "pole" : asked.wrong;
  facts.poles = poles;
  facts.said_period = said_period(question);
  auto const places = said_places(exchange.site(), question, language_of(exchange));
  facts.places = places;
  facts.concept_label = concept_label(exchange, question);
  auto const related = related_terms(exchange, question);
  facts.related = related;
  if (facts.said_period) tag.clear(); // "last year" is another one soon
  if (!facts.wrong.empty()) {
    auto const ticked = ticked_choices(exchange, view, question);
    facts.facets = ticked;
    return written(exchange, facts, {});
  }

  auto request = asked.request;
  request.limit = per_page;
  request.offset = (question.page - 1) * per_page;
  auto const found = find(view, question.kind, request, pole);
  facts.has_more = found.has_more;
  facts.matched = found.matched;
  auto const results = results_of(exchange, view, found.list, asked.request);
  facts.results = results;
  if (question.kind == Kind::datasets && facts.matched > results.size()) {
    facts.footprints = footprints_of(exchange.site(), question, asked.request.criteria);
  }
  auto const counted = count_choices(exchange, view, question);
  facts.facets = counted.facets;
  facts.decades = counted.decades;
  for (auto& one : poles) {
    auto const bucket = std::ranges::find(counted.poles, one.name, &catalogue::FacetBucket::key);
    one.datasets = bucket == counted.poles.end() ? 0 : bucket->count;
  }
  std::vector<Relaxation> relaxed;
  if (facts.matched == 0) relaxed = relaxations(exchange, view, question);
  facts.relaxations = relaxed;
  return written(exchange, facts, std::move(tag));
}

} // namespace terracat::api
