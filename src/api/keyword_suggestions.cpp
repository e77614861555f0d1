#include "api/keyword_suggestions.hpp"

#include "api/commit.hpp"
#include "api/criteria_input.hpp"
#include "api/decision.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/row_stream.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"
#include "catalogue/keyword_queue.hpp"

#include <terracat/finding.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::api {
namespace {

using catalogue::KeywordQueue;
using catalogue::QueuedKeyword;
using pages::CandidateConcept;
using pages::KeywordSuggestion;
using pages::Standing;
using pages::Verdict;
using store::KeywordDecision;
using vocabulary::Thesaurus;
using Languages = std::vector<std::string>;

CandidateConcept described(Thesaurus const& all, vocabulary::ConceptNumber number,
                           Languages const& languages) {
  auto const found = all.at(number);
  return {.uri = std::string(found.uri()),
          .label = std::string(found.label(languages).text),
          .vocabulary = all.vocabularies()[found.vocabulary()].name,
          .matched = {},
          .method = vocabulary::name(vocabulary::Method::accepted),
          .path = std::string(path_of(all, number))};
}

/// What an operator said that it stands for, whether or not a vocabulary still has it.
CandidateConcept decided_concept(Thesaurus const& all, std::string const& uri,
                                 Languages const& languages) {
  if (auto const number = all.find_address(uri)) return described(all, *number, languages);
  return {.uri = uri,
          .label = {},
          .vocabulary = {},
          .matched = {},
          .method = vocabulary::name(vocabulary::Method::accepted),
          .path = {}};
}

class Listing {
 public:
  Listing(catalogue::View& view, Languages const& languages)
      : view_(view), uses_(*view.concepts()), languages_(languages) {}

  [[nodiscard]] KeywordSuggestion suggestion(QueuedKeyword const& queued, Standing standing) {
    KeywordSuggestion out{.keyword = queued.keyword,
                          .label = queued.label,
                          .standing = standing,
                          .records = queued.records,
                          .examples = {},
                          .candidates = {}};
    for (auto const number : queued.examples) {
      auto const row = view_.reader().record(number);
      if (row) out.examples.push_back(row->id);
    }
    for (auto const& [number, label, method, score] : queued.candidates) {
      auto candidate = described(uses_.thesaurus(), number, languages_);
      candidate.matched = label.text;
      candidate.method = vocabulary::name(method);
      candidate.score = score;
      out.candidates.push_back(std::move(candidate));
    }
    return out;
  }

  [[nodiscard]] KeywordSuggestion suggestion(KeywordDecision const& decision,
                                             KeywordQueue const& queue) const {
    bool const is_accepted = !decision.concept_uri.empty();
    auto const said = queue.decided.find(decision.keyword);
    KeywordSuggestion out{.keyword = decision.keyword,
                          .label = decision.label,
                          .standing = is_accepted ? Standing::accepted : Standing::refused,
                          .records = said == queue.decided.end() ? 0 : said->second,
                          .examples = {},
                          .candidates = {},
                          .decided = decision.at,
                          .author = decision.author};
    if (is_accepted) {
      out.candidates.push_back(
          decided_concept(uses_.thesaurus(), decision.concept_uri, languages_));
    }
    return out;
  }

 private:
  catalogue::View& view_;
  catalogue::ConceptUses const& uses_;
  Languages const& languages_;
};

void write_candidate(json::Writer& out, CandidateConcept const& candidate) {
  out.begin_object().name("uri").string(candidate.uri).member("label", candidate.label);
  out.member("scheme", candidate.vocabulary).member("matched", candidate.matched);
  out.name("method").string(candidate.method);
  if (candidate.score) out.name("score").number(*candidate.score);
  out.end_object();
}

void write_suggestion(json::Writer& out, KeywordSuggestion const& one) {
  out.begin_object().name("keyword").string(one.keyword).name("label").string(one.label);
  out.name("status").string(pages::name_of(one.standing));
  out.name("records").integer(static_cast<std::int64_t>(one.records));
  if (!one.candidates.empty()) {
    auto const& best = one.candidates.front();
    out.name("concept").string(best.uri).member("concept_label", best.label);
    out.name("method").string(best.method);
    if (best.score) out.name("score").number(*best.score);
  }
  if (one.decided) out.member("decided", model::to_iso8601(*one.decided));
  out.member("by", one.author);
  out.name("examples").begin_array();
  for (auto const& id : one.examples) out.string(id);
  out.end_array().name("candidates").begin_array();
  for (auto const& candidate : one.candidates) write_candidate(out, candidate);
  out.end_array().end_object();
}

/// What is listed, after what was told before.
struct KeywordRows {
  Standing standing;
  Languages languages;
  std::string after;

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    auto const found = keyword_suggestions(exchange, view, standing,
                                           {.after = after, .offset = 0, .limit = most}, languages);
    for (auto const& one : found.rows) {
      json::Writer row;
      write_suggestion(row, one);
      out.append(row.take());
    }
    after = found.after;
    return !after.empty();
  }
};

[[noreturn]] void refuse_wish(ProblemKind kind, std::string detail, std::string where) {
  throw ProblemError({.kind = kind, .detail = std::move(detail), .where = std::move(where)});
}

/// What the body says.
struct Wish {
  Verdict verdict = Verdict::accept;
  KeywordDecision decision;
};

/// Where in the body which part of a wish stands.
struct Places {
  std::string_view keyword;
  std::string_view concept_uri;
};

/// \param label  as a record says it
/// \param uri    of the concept; empty: none is named
/// \throws ProblemError  if that is nothing that can be decided
Wish wish_of(Site const& site, Verdict verdict, std::string label, std::string_view uri,
             Places const& places) {
  auto const refuse = [](std::string detail, std::string_view where) {
    refuse_wish(ProblemKind::invalid_body, std::move(detail), std::string(where));
  };
  Wish out{.verdict = verdict, .decision = {}};
  out.decision.keyword = catalogue::folded_keyword(label);
  out.decision.label = std::move(label);
  if (out.decision.keyword.empty()) {
    refuse("expected a keyword of up to 500 bytes with a word in it", places.keyword);
  }
  bool const is_accepted = verdict == Verdict::accept;
  if (uri.empty() == is_accepted) {
    refuse(is_accepted ? "expected the address of the concept that it stands for"
                       : "only a keyword that is accepted stands for a concept",
           places.concept_uri);
  }
  if (is_accepted) {
    auto const& thesaurus = *site.thesaurus;
    auto const number = thesaurus.find_address(uri);
    if (!number) refuse("no vocabulary has this concept", places.concept_uri);
    out.decision.concept_uri = thesaurus.at(*number).uri();
  }
  out.decision.at = model::Instant::now();
  return out;
}

Wish read_wish(Exchange const& exchange) {
  Decision const body(exchange);
  std::array<std::string_view, pages::all_verdicts.size()> verbs;
  std::ranges::transform(pages::all_verdicts, verbs.begin(),
                         [](Verdict one) { return pages::name_of(one); });
  auto const verdict = pages::verdict_of(body.verb(verbs)).value();
  auto out = wish_of(exchange.site(), verdict, body.text("keyword"), body.text("concept"),
                     {.keyword = "/keyword", .concept_uri = "/concept"});
  out.decision.author = excerpt(body.text("by"));
  return out;
}

/// Of a form: the button that sent it says which verdict.
Wish read_form_wish(Exchange const& exchange) {
  auto const& fields = exchange.fields();
  std::optional<Verdict> verdict;
  for (auto const one : pages::all_verdicts) {
    if (!fields.get(pages::name_of(one))) continue;
    if (verdict) refuse_wish(ProblemKind::invalid_body, "expected one decision", "");
    verdict = one;
  }
  if (!verdict) refuse_wish(ProblemKind::invalid_body, "expected a decision", "");
  auto const accepted = fields.get(pages::name_of(Verdict::accept));
  return wish_of(exchange.site(), *verdict, std::string(fields.get("keyword").value_or("")),
                 accepted.value_or(""), {.keyword = "keyword", .concept_uri = "accept"});
}

/// How a client names the place of a row: the number of records, the score, and the keyword.
std::string name_of_place(QueuedKeyword const& queued) {
  auto const place = catalogue::place_of(queued);
  std::array<char, 32> score{};
  auto const [end, error] = std::to_chars(score.data(), score.data() + score.size(), place.score);
  static_cast<void>(error); // a score is between 0 and 1
  return std::to_string(place.records) + ' ' + std::string(score.data(), end) + ' ' + place.keyword;
}

std::string name_of_decision(KeywordDecision const& decision) {
  return decision.keyword;
}

/// \return  nothing for an empty text: from the beginning
/// \throws ProblemError  if it is none of `name_of_place`
std::optional<catalogue::QueuePlace> read_place(std::string_view text) {
  if (text.empty()) return std::nullopt;
  catalogue::QueuePlace out;
  auto const* const end = text.data() + text.size();
  auto const records = std::from_chars(text.data(), end, out.records);
  bool const has_records = records.ec == std::errc() && records.ptr != end && *records.ptr == ' ';
  auto const* const begin = has_records ? records.ptr + 1 : end;
  auto const score = std::from_chars(begin, end, out.score);
  bool const has_score = score.ec == std::errc() && score.ptr != end && *score.ptr == ' ';
  if (!has_records || !has_score) {
    refuse_wish(ProblemKind::invalid_parameter, "expected what an answer told to go on", "after");
  }
  out.keyword = std::string(score.ptr + 1, end);
  return out;
}

Reply decided_reply(Wish const& wish) {
  json::Writer out;
  out.begin_object().name("keyword").string(wish.decision.keyword);
  out.name("label")
      .string(wish.decision.label)
      .name("decision")
      .string(pages::name_of(wish.verdict));
  out.member("concept", wish.decision.concept_uri);
  return unkept(200, json_type, out.end_object().take());
}

/// Lets what is wished be committed.
Reply decided(Exchange const& exchange, Wish const& wish, std::function<Reply()> const& answer) {
  return committed(exchange,
                   {.transaction =
                        [&] {
                          catalogue::KeywordEdit edit;
                          if (wish.verdict == Verdict::withdraw) {
                            edit.dropped.push_back(wish.decision.keyword);
                          } else {
                            edit.made.push_back(wish.decision);
                          }
                          return catalogue::Transaction{.sources = {}, .change = std::move(edit)};
                        },
                    .may_retry = false,
                    .address = [&] { return exchange.url("/api/v1/suggestions?status=accepted"); },
                    .answer = answer,
                    .brief = [&](std::string const&) { return answer(); }});
}

} // namespace

Standing wanted_standing(Exchange const& exchange) {
  ParameterInput const input(exchange);
  auto const text = input.text("status");
  if (!text) return Standing::near;
  auto const name = [](Standing standing) { return pages::name_of(standing); };
  auto const* const found = std::ranges::find(pages::all_standings, *text, name);
  if (found == pages::all_standings.end()) {
    input.refuse("expected one of " + listed(pages::all_standings, name), "status");
  }
  return *found;
}

std::size_t wanted_offset(Exchange const& exchange) {
  ParameterInput const input(exchange);
  auto const offset = input.integer("offset").value_or(0);
  if (offset < 0) input.refuse("expected a number from 0 on", "offset");
  return static_cast<std::size_t>(offset);
}

KeywordSuggestions keyword_suggestions(Exchange const& exchange, catalogue::View& view,
                                       Standing standing, KeywordPart const& part,
                                       Languages const& languages) {
  auto const& uses = view.concepts();
  if (!uses) {
    refuse_wish(ProblemKind::overloaded, "what records say is still being read; try again", "");
  }
  auto const queue = exchange.site().concepts->queue(uses);
  Listing listing(view, languages);
  KeywordSuggestions out;
  auto left = part.offset;
  std::string last;
  auto const add = [&](auto const& one, std::string (*name)(decltype(one)), auto const&... how) {
    if (left > 0) {
      --left;
    } else if (out.rows.size() < part.limit) {
      out.rows.push_back(listing.suggestion(one, how...));
      last = name(one);
    } else {
      out.after = last;
    }
  };
  if (standing == Standing::near || standing == Standing::unknown) {
    bool const is_near = standing == Standing::near;
    out.matched = is_near ? queue->all_near : queue->all_unknown;
    auto const after = read_place(part.after);
    for (auto const& one : is_near ? queue->near : queue->unknown) {
      if (!after || *after < catalogue::place_of(one)) add(one, name_of_place, standing);
    }
    return out;
  }
  for (auto const& one : uses->decisions().all()) {
    if (one.concept_uri.empty() == (standing == Standing::accepted)) continue;
    ++out.matched;
    if (one.keyword > part.after) add(one, name_of_decision, *queue);
  }
  return out;
}

Reply get_keyword_suggestions(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto const standing = wanted_standing(exchange);
  ParameterInput const input(exchange);
  auto languages = exchange.site().languages;
  if (auto const wanted = input.text("lang")) {
    languages.insert(languages.begin(), lowered(*wanted));
  }
  if (exchange.form() != Form::json) {
    return stream_rows(exchange, view,
                       {.next = KeywordRows{.standing = standing,
                                            .languages = languages,
                                            .after = std::string(input.text("after").value_or(""))},
                        .piece = most_keywords,
                        .page = std::nullopt,
                        .most = limit_of_stream(exchange),
                        .table = table_of_keywords(),
                        .depends_on_language = false});
  }
  auto const limit = read_limit(exchange, standard_keywords, most_keywords);
  auto const found = keyword_suggestions(exchange, view, standing,
                                         {.after = std::string(input.text("after").value_or("")),
                                          .offset = wanted_offset(exchange),
                                          .limit = limit},
                                         languages);
  json::Writer out;
  out.begin_object().name("numberMatched").integer(static_cast<std::int64_t>(found.matched));
  out.name("suggestions").begin_array();
  for (auto const& one : found.rows) write_suggestion(out, one);
  out.end_array().member("after", found.after);
  return unkept(200, json_type, out.end_object().take());
}

Reply post_keyword_suggestion(Exchange& exchange) {
  auto const wish = read_wish(exchange);
  return decided(exchange, wish, [&] { return decided_reply(wish); });
}

Reply post_keyword_form(Exchange& exchange) {
  auto const wish = read_form_wish(exchange);
  auto const standing = wanted_standing(exchange);
  auto const after = ParameterInput(exchange).text("after").value_or("");
  return decided(exchange, wish, [&] {
    return led_back(exchange, pages::suggestions_path(standing, after, wish.verdict));
  });
}

} // namespace terracat::api
