#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/links.hpp"
#include "api/spoken_places.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"
#include "catalogue/value_names.hpp"
#include "pages/language.hpp"
#include "vocabulary/guess.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

/// `/api/v1/suggest`: what somebody may mean who is typing.
namespace terracat::api {
namespace {

using vocabulary::ConceptNumber;
using vocabulary::Guess;
using vocabulary::LabelKind;
using vocabulary::Thesaurus;

constexpr std::size_t shortest = 2;  ///< letters; with one, too much begins so
constexpr std::size_t longest = 200; ///< bytes
constexpr std::size_t standard_suggestions = 8;
constexpr std::size_t most_suggestions = 50;
constexpr std::size_t most_guesses = 200; ///< concepts of which the most used are shown

constexpr std::array<std::string_view, 5> all_types{"concept", "place", "producer", "platform",
                                                    "dataset"};

/// What is suggested of the values of a property, and the parameter of the search page by which one
/// is asked for.
struct ValueType {
  std::string_view name;
  std::string_view property;
};

constexpr std::array value_types{ValueType{"producer", "producers"},
                                 ValueType{"platform", "platform"}};

bool is_long_enough(std::string_view text) noexcept {
  auto const begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return std::ranges::count_if(text, begins) >= static_cast<std::ptrdiff_t>(shortest);
}

/// A concept that may be meant.
struct MeantConcept {
  Guess guess;
  std::optional<std::size_t> count; ///< nothing: nobody has counted yet
};

/// A value of a property that may be meant.
struct MeantValue {
  std::string_view type;
  std::string text;
  std::string label;
  std::size_t count = 0; ///< records
};

/// What may be suggested, in its order.
struct Suggestions {
  bool is_named = false; ///< the first record has what was typed as its id
  std::vector<MeantConcept> concepts;
  std::vector<MeantValue> values;
  std::vector<gazetteer::Place const*> places;
  std::vector<catalogue::ShownRecord> records;
};

class SuggestQuestion {
 public:
  explicit SuggestQuestion(Exchange const& exchange)
      : exchange_(exchange), thesaurus_(*exchange.site().thesaurus) {
    ParameterInput const input(exchange);
    text_ = input.text("q").value_or("");
    if (text_.size() > longest) {
      input.refuse("expected up to " + std::to_string(longest) + " bytes", "q");
    }
    limit_ = read_limit(exchange, standard_suggestions, most_suggestions);
    languages_ = exchange.site().languages;
    if (auto const wanted = input.text("lang")) {
      languages_.insert(languages_.begin(), lowered(*wanted));
    }
    types_ = input.texts("types");
    for (auto const& type : types_) {
      if (std::ranges::find(all_types, type) == all_types.end()) {
        input.refuse("expected some of " + listed(all_types), "types");
      }
    }
  }

  [[nodiscard]] Suggestions answer(catalogue::View& view) const {
    Suggestions out;
    if (!is_long_enough(text_)) return out;
    if (wants("dataset")) {
      out.records = view.suggestions(text_, limit_);
      out.is_named = !out.records.empty() && out.records.front().id == text_;
    }
    if (wants("concept")) out.concepts = concepts(view);
    out.values = values(view);
    if (wants("place")) out.places = exchange_.site().places->beginning(text_, limit_);
    share(out);
    return out;
  }

  void write(json::Writer& out, MeantConcept const& meant) const {
    auto const described = thesaurus_.at(meant.guess.number);
    auto const shown = described.label(languages_);
    auto const& label = meant.guess.label;
    out.begin_object().name("type").string("concept");
    out.name("id").string(vocabulary::local_name(described.uri()));
    out.name("uri").string(described.uri()).name("label").string(shown.text);
    out.name("matched").string(label.text).name("via").string(name_of(label.kind));
    auto const& vocabulary = thesaurus_.vocabularies()[described.vocabulary()];
    out.name("scheme").string(vocabulary.name);
    if (auto const top = top_of(described.number())) {
      out.name("context").string(thesaurus_.at(*top).label(languages_).text);
    } else {
      out.member("context", vocabulary.title.best(languages_));
    }
    if (meant.count) out.name("count").integer(static_cast<std::int64_t>(*meant.count));
    out.name("href").string(page_of(exchange_.site(), described.number(), languages_.front()));
    out.end_object();
  }

  void write(json::Writer& out, MeantValue const& meant) const {
    out.begin_object().name("type").string(meant.type).name("id").string(meant.text);
    out.name("label").string(meant.label);
    out.name("count").integer(static_cast<std::int64_t>(meant.count));
    out.name("href").string(exchange_.site().public_url + "/" + page_language() + "/search?" +
                            std::string(meant.type) + "=" + percent_encoded(meant.text));
    out.end_object();
  }

  void write(json::Writer& out, gazetteer::Place const& place) const {
    out.begin_object().name("type").string("place");
    tell_place(out, place, languages_);
    out.end_object();
  }

  void write(json::Writer& out, catalogue::ShownRecord const& record) const {
    auto const& site = exchange_.site();
    auto const& root = whole_root(site, Family::records);
    out.begin_object().name("type").string("dataset").name("id").string(record.id);
    out.name("label").string(record.row.title).name("kind").string(record.row.type);
    out.name("href").string(site.public_url + root.prefix + "/collections/all/items/" +
                            encode(record.id));
    out.end_object();
  }

 private:
  [[nodiscard]] bool wants(std::string_view type) const {
    return types_.empty() || std::ranges::find(types_, type) != types_.end();
  }

  /// Of pages.
  [[nodiscard]] std::string page_language() const {
    auto const spoken = pages::spoken(languages_.front());
    return std::string(pages::code(spoken.value_or(pages::Language::en)));
  }

  /// Producers and platforms as records name them, the most frequent first.
  [[nodiscard]] std::vector<MeantValue> values(catalogue::View& view) const {
    std::vector<MeantValue> out;
    for (auto const& [type, property] : value_types) {
      if (!wants(type)) continue;
      auto const& names = view.roll().names(catalogue::kept_column(property));
      for (auto const& [text, label, count] : names.beginning(text_, limit_)) {
        out.push_back(
            {.type = type, .text = std::string(text), .label = std::string(label), .count = count});
      }
    }
    std::ranges::stable_sort(out, std::ranges::greater(), &MeantValue::count);
    return out;
  }

  /// Those that are what was typed come first, then those of which there are most records. Of
  /// concepts that are the same, one is enough.
  [[nodiscard]] std::vector<MeantConcept> concepts(catalogue::View& view) const {
    auto const& uses = view.concepts();
    auto const counted = view.counted_concepts();
    std::vector<MeantConcept> out;
    std::vector<ConceptNumber> heads;
    for (auto const& guess : vocabulary::guesses(thesaurus_, text_, most_guesses)) {
      auto const head = uses ? uses->head_of(guess.number) : guess.number;
      if (std::ranges::find(heads, head) != heads.end()) continue;
      heads.push_back(head);
      out.push_back(
          {.guess = guess,
           .count = counted ? std::optional(counted->records(guess.number)) : std::nullopt});
    }
    std::ranges::stable_sort(out, [](MeantConcept const& a, MeantConcept const& b) {
      auto const rank = [](MeantConcept const& one) {
        return std::pair(one.guess.nearness == vocabulary::Nearness::same, one.count);
      };
      return rank(a) > rank(b);
    });
    return out;
  }

  /// Concepts have half of the room, or what others leave; places a quarter, and values of
  /// properties likewise, unless they alone are wanted: many begin so. The record that was named
  /// has its place before all.
  void share(Suggestions& out) const {
    auto const room = [this](std::size_t taken) { return limit_ - std::min(limit_, taken); };
    auto const quarter = std::max(limit_ / 4, std::size_t{1});
    bool const are_others = !out.concepts.empty() || !out.records.empty();
    if (are_others || !out.values.empty()) shorten(out.places, quarter);
    if (are_others || !out.places.empty()) shorten(out.values, quarter);
    auto const others = out.records.size() + out.places.size() + out.values.size();
    std::size_t const named = out.is_named ? 1 : 0;
    shorten(out.concepts, std::min(std::max((limit_ + 1) / 2, room(others)), room(named)));
    shorten(out.values, room(out.concepts.size() + named));
    shorten(out.places, room(out.concepts.size() + out.values.size() + named));
    shorten(out.records, room(out.concepts.size() + out.values.size() + out.places.size()));
  }

  template<class Value>
  static void shorten(std::vector<Value>& list, std::size_t most) {
    if (list.size() > most)
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(most), list.end());
  }

  /// The compartment that it is of.
  [[nodiscard]] std::optional<ConceptNumber> top_of(ConceptNumber number) const {
    auto const above = thesaurus_.all_broader(number, {.limit = 100});
    return above.empty() ? std::nullopt : std::optional(above.back().number);
  }

  static std::string_view name_of(LabelKind kind) noexcept {
    constexpr std::array<std::string_view, 4> names{"prefLabel", "altLabel", "hiddenLabel",
                                                    "notation"};
    return names.at(static_cast<std::size_t>(kind));
  }

  Exchange const& exchange_;
  Thesaurus const& thesaurus_;
  std::string text_;
  std::size_t limit_ = standard_suggestions;
  std::vector<std::string> languages_; ///< of labels, the wanted one first
  std::vector<std::string> types_;     ///< that are wanted; empty: all
};

} // namespace

Reply get_suggestions(Exchange& exchange) {
  SuggestQuestion const question(exchange);
  auto view = exchange.view(whole_root(exchange.site(), Family::records).scope);
  auto tag = concept_list_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const answer = question.answer(view);
  json::Writer out;
  out.begin_object().name("items").begin_array();
  std::span<catalogue::ShownRecord const> records(answer.records);
  if (answer.is_named) {
    question.write(out, records.front());
    records = records.subspan(1);
  }
  for (auto const& one : answer.concepts) question.write(out, one);
  for (auto const& one : answer.values) question.write(out, one);
  for (auto const* const one : answer.places) question.write(out, *one);
  for (auto const& one : records) question.write(out, one);
  return tagged(out.end_array().end_object().take(), json_type, std::move(tag));
}

} // namespace terracat::api
