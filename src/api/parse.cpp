#include "api/parse.hpp"

#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/spoken_places.hpp"
#include "api/vocabulary_question.hpp"
#include "index/language.hpp"
#include "index/record_words.hpp"
#include "query/folding.hpp"
#include "query/spoken_time.hpp"
#include "vocabulary/guess.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

/// `/api/v1/parse`: what a question says besides words to be found, so that it can be shown, and
/// taken out again.
namespace terracat::api {
namespace {

constexpr std::size_t longest = 1'000; ///< bytes

// Sorted, small, without accents. Words of questions, and what everything in a catalogue is: they
// tell nothing of what is looked for.
constexpr std::array<std::string_view, 36> noise{
    "available", "avoir",   "besoin",  "catalogue", "cherche",    "chercher",
    "csv",       "data",    "dataset", "datasets",  "disponible", "disponibles",
    "donne",     "donnee",  "donnees", "existe",    "fichier",    "fichiers",
    "file",      "files",   "find",    "give",      "how",        "i",
    "je",        "jeu",     "jeux",    "looking",   "me",         "need",
    "quelle",    "quelles", "quels",   "show",      "voudrais",   "want"};

static_assert(std::ranges::is_sorted(noise));

constexpr std::size_t most_related = 6;    ///< of all that a question names
constexpr std::size_t longest_run = 6;     ///< words of one label
constexpr std::size_t most_looked_at = 60; ///< words; of more than that no label is sought

/// A part of the question that is a label.
struct Named {
  std::string text; ///< its words as typed, a blank between two
  vocabulary::ConceptNumber number;
};

struct NamedPlace {
  std::string text; ///< as typed
  gazetteer::Place const* place;
};

struct Understood {
  std::optional<query::SpokenTime> time;
  std::vector<Named> named;
  std::vector<NamedPlace> places;
  std::vector<std::string> words; ///< that are left to be found, as typed
  std::string language;           ///< "fr", "en"; empty if nothing tells
};

std::string language_of(std::vector<index::Word> const& words) {
  auto const guessed = index::guessed_language(words);
  if (!guessed) return {};
  return *guessed == WordTable::french ? "fr" : "en";
}

bool is_noise(index::Word const& word) {
  return std::ranges::binary_search(noise, query::without_accents(word.small)) ||
         (word.exact.empty() && index::is_empty_word(word));
}

/// The first concept that has the text as a label.
std::optional<Named> named(Site const& site, std::string const& text) {
  auto const& all = *site.thesaurus;
  for (auto const& typed : {text, vocabulary::without_plurals(text)}) {
    for (auto const& match : all.find(typed)) {
      auto const today = all.current(match.number);
      if (match.label.kind == vocabulary::LabelKind::notation || today.empty()) continue;
      return Named{.text = text, .number = today.front()};
    }
  }
  return std::nullopt;
}

/// The longest run of words from there on that is a name. \param words  how many it has
std::optional<Named> longest_name(Site const& site, std::span<index::Word const> rest,
                                  std::size_t& words) {
  for (words = std::min(rest.size(), longest_run); words > 0; --words) {
    if (is_noise(rest.front()) || is_noise(rest[words - 1])) continue;
    std::string text;
    for (auto const& word : rest.first(words)) text += (text.empty() ? "" : " ") + word.written;
    if (auto out = named(site, text)) return out;
  }
  return std::nullopt;
}

/// Labels in a piece of the question, and what is left of it.
void read_words(Site const& site, std::string_view text, Understood& out) {
  auto const words = index::words_of(text, true).words;
  std::span<index::Word const> rest(words);
  while (!rest.empty()) {
    std::size_t length = 0;
    auto found = words.size() <= most_looked_at ? longest_name(site, rest, length) : std::nullopt;
    if (found) {
      out.named.push_back(std::move(*found));
    } else {
      length = 1;
      if (!is_noise(rest.front())) out.words.push_back(rest.front().written);
    }
    rest = rest.subspan(length);
  }
}

Understood understand(Site const& site, std::string_view text) {
  Understood out{.time = query::find_time(text, model::Instant::now()),
                 .named = {},
                 .places = {},
                 .words = {},
                 .language = language_of(index::words_of(text, true).words)};
  std::string left(text);
  if (out.time) left.replace(out.time->begin, out.time->end - out.time->begin, " ");
  std::size_t read = 0;
  for (auto const& [begin, end, place] : spoken_places(site, left)) {
    read_words(site, std::string_view(left).substr(read, begin - read), out);
    out.places.push_back({left.substr(begin, end - begin), place});
    read = end;
  }
  read_words(site, std::string_view(left).substr(read), out);
  return out;
}

/// In the order in which they are named, each once; what is the same counts as one.
std::vector<vocabulary::ConceptNumber> related_of(Site const& site,
                                                  std::vector<Named> const& named) {
  using Numbers = std::vector<vocabulary::ConceptNumber>;
  auto const& all = *site.thesaurus;
  Numbers known;
  auto const know = [&](vocabulary::ConceptNumber number) {
    known.push_back(number);
    auto const same = all.equivalents(number);
    known.insert(known.end(), same.begin(), same.end());
  };
  for (auto const& one : named) know(one.number);
  Numbers out;
  auto const named_ones = known; // which grows
  for (auto const one : named_ones) {
    for (auto const number : all.at(one).related()) {
      if (out.size() == most_related) return out;
      bool const is_known = std::ranges::find(known, number) != known.end();
      if (is_known || all.at(number).is_deprecated()) continue;
      out.push_back(number);
      know(number);
    }
  }
  return out;
}

void write_concept(json::Writer& out, Exchange const& exchange, vocabulary::ConceptNumber number,
                   std::span<std::string const> languages) {
  auto const& all = *exchange.site().thesaurus;
  auto const described = all.at(number);
  out.name("uri").string(described.uri());
  out.name("label").string(described.label(languages).text).name("scheme");
  out.string(all.vocabularies()[described.vocabulary()].name);
  out.name("href").string(page_of(exchange.site(), number, languages.front()));
}

void write_time(json::Writer& out, std::string_view text, query::SpokenTime const& time) {
  out.name("time").begin_object();
  out.name("start");
  if (time.first) {
    out.string(model::to_iso8601(*time.first));
  } else {
    out.null();
  }
  out.name("end");
  if (time.last) {
    out.string(model::to_iso8601(*time.last));
  } else {
    out.null();
  }
  out.member("text", text.substr(time.begin, time.end - time.begin)).end_object();
}

void write_concepts(json::Writer& out, Exchange const& exchange, Understood const& understood,
                    std::span<std::string const> languages) {
  out.name("concepts").begin_array();
  for (auto const& [text, number] : understood.named) {
    out.begin_object().name("text").string(text);
    write_concept(out, exchange, number, languages);
    out.end_object();
  }
  out.end_array().name("related").begin_array();
  for (auto const number : related_of(exchange.site(), understood.named)) {
    out.begin_object();
    write_concept(out, exchange, number, languages);
    out.end_object();
  }
  out.end_array();
}

void write_places(json::Writer& out, Understood const& understood,
                  std::span<std::string const> languages) {
  out.name("places").begin_array();
  for (auto const& [text, place] : understood.places) {
    out.begin_object().name("text").string(text);
    tell_place(out, *place, languages);
    out.end_object();
  }
  out.end_array();
}

} // namespace

std::vector<vocabulary::ConceptNumber> related_concepts(Site const& site,
                                                        std::string_view question) {
  if (question.empty() || question.size() > longest) return {};
  return related_of(site, understand(site, question).named);
}

Reply get_parse(Exchange& exchange) {
  ParameterInput const input(exchange);
  auto const text = input.text("q").value_or("");
  if (text.empty() || text.size() > longest) {
    input.refuse("expected a question of up to " + std::to_string(longest) + " bytes", "q");
  }
  auto const understood = understand(exchange.site(), text);
  auto languages = exchange.site().languages;
  if (auto const wanted = input.text("lang")) languages.insert(languages.begin(), lowered(*wanted));
  json::Writer out;
  out.begin_object().member("lang", understood.language);
  write_concepts(out, exchange, understood, languages);
  write_places(out, understood, languages);
  if (understood.time) write_time(out, text, *understood.time);
  out.name("words").begin_array();
  std::string unparsed;
  for (auto const& word : understood.words) {
    out.string(word);
    unparsed += (unparsed.empty() ? "" : " ") + word;
  }
  out.end_array().name("unparsed").string(unparsed).end_object();
  // "Last year" is another one soon.
  return {.status = 200,
          .content_type = std::string(json_type),
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{out.take()}};
}

} // namespace terracat::api
