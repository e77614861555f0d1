#include "pages/asked.hpp"

#include "pages/signs.hpp"
#include "pages/zone_fields.hpp"

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message asked{"Demandé :", "Asked:"};
constexpr Message without{"Retirer : {0}", "Remove: {0}"};
constexpr Message limit_to{"Limiter à la période « {0} »", "Limit to the period “{0}”"};
constexpr Message limit_to_place{"Limiter au lieu « {0} »", "Limit to the place “{0}”"};
constexpr Message all_there{"Tout ce qui touche la zone « {0} »", "All that meets the area “{0}”"};
constexpr Message see_also{"Voir aussi :", "See also:"};
constexpr Message place_label{"lieu", "place"};
constexpr Message words_label{"mots", "words"};
constexpr Message topic_label{"notion", "concept"};

Question without_choice(Question question, Choice const& choice) {
  question.page = 1;
  std::erase(question.choices, choice);
  return question;
}

std::string period_words(Sheet const& sheet, Question const& question) {
  std::string out;
  if (!question.from.empty()) out = std::string(sheet.in(from_label)) + " " + question.from;
  if (!question.to.empty()) {
    out += (out.empty() ? "" : " ") + std::string(sheet.in(to_label)) + " " + question.to;
  }
  return out;
}

std::string pole_words(SearchFacts const& facts) {
  auto const found = std::ranges::find(facts.poles, facts.question.pole, &PoleFacts::name);
  return found == facts.poles.end() ? facts.question.pole : std::string(found->title);
}

class Chips {
 public:
  Chips(Sheet& sheet, SearchFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts), question_(facts.question) {}

  void write() {
    if (question_.is_empty()) return;
    html_.element("div", {{"class", "asked"}}, [&] {
      html_.element("span", {{"id", "asked"}}, sheet_.in(asked));
      html_.element("ul", {{"class", "chips"}, {"aria-labelledby", "asked"}}, [&] {
        write_chip(words_label, question_.words, Relaxation::Without::words);
        if (!question_.has_words_alone)
          write_chip(place_label, places(), Relaxation::Without::place);
        write_chip(topic_label, std::string(facts_.concept_label), Relaxation::Without::topic);
        write_chip(centre, question_.pole.empty() ? "" : pole_words(facts_),
                   Relaxation::Without::pole);
        for (auto const& choice : question_.choices) {
          write_chip(row_of(choice.facet).label, label_of(choice),
                     without_choice(question_, choice));
        }
        write_chip(period_label, period_words(sheet_, question_), Relaxation::Without::period);
        write_chip(zone, zone_words(sheet_, question_.bbox, question_.area),
                   Relaxation::Without::bbox);
      });
      write_places();
      if (auto const& said = facts_.said_period) {
        html_.element("a", {{"class", "small"}, {"href", sheet_.page(path_of(said->question))}},
                      sheet_.filled(limit_to, {said->text}));
      }
      write_related();
    });
  }

 private:
  void write_chip(Message label, std::string const& text, Question const& rest) {
    html_.element("li", {{"class", "chip"}}, [&] {
      html_.element("span", {{"class", "k"}}, sheet_.in(label)).text(" " + text);
      html_.element(
          "a",
          {{"href", sheet_.page(path_of(rest))}, {"aria-label", sheet_.filled(without, {text})}},
          [&] { html_.markup(sign::cross); });
    });
  }

  void write_chip(Message label, std::string const& text, Relaxation::Without part) {
    if (!text.empty()) write_chip(label, text, without_part(question_, part));
  }

  /// What its box is called; the value itself if it has none.
  [[nodiscard]] std::string const& label_of(Choice const& choice) const {
    for (auto const& facet : facts_.facets) {
      if (facet.facet != choice.facet) continue;
      auto const option = std::ranges::find(facet.options, choice.value, &FacetOption::value);
      if (option != facet.options.end()) return option->label;
    }
    return choice.value;
  }

  [[nodiscard]] std::string places() const {
    std::string out;
    for (auto const& place : facts_.places) out += (out.empty() ? "" : ", ") + place.label;
    return out;
  }

  /// Whoever took the place out may want it again, or all that is there.
  void write_places() {
    if (facts_.places.empty()) return;
    auto const write = [this](Message words, std::string const& label, Question there) {
      there.page = 1;
      html_.element("a", {{"class", "small"}, {"href", sheet_.page(path_of(there))}},
                    sheet_.filled(words, {label}));
    };
    auto there = question_;
    if (question_.has_words_alone) {
      there.has_words_alone = false;
      write(limit_to_place, places(), there);
    }
    auto const& first = facts_.places.front();
    if (first.bbox.empty() || !question_.bbox.empty() || !question_.area.empty()) return;
    there.words.clear();
    there.has_words_alone = false;
    there.bbox = first.bbox;
    write(all_there, first.label, there);
  }

  /// Nothing of it was looked for.
  void write_related() {
    if (facts_.related.empty()) return;
    html_.element("p", {{"class", "small"}}, [&] {
      html_.text(sheet_.in(see_also));
      for (auto const& term : facts_.related) {
        Question other = question_;
        other.page = 1;
        other.words = term.text;
        other.has_words_alone = false;
        html_.text(" ").element("a",
                                {{"href", sheet_.page(path_of(other))},
                                 {"lang", sheet_.lang({term.text, term.language})}},
                                term.text);
      }
    });
  }

  Sheet& sheet_;
  Html& html_;
  SearchFacts const& facts_;
  Question const& question_;
};

} // namespace

Question without_part(Question question, Relaxation::Without part) {
  question.page = 1;
  switch (part) {
  case Relaxation::Without::words:
    question.words.clear();
    question.has_words_alone = false;
    break;
  case Relaxation::Without::place:
    question.has_words_alone = true;
    break;
  case Relaxation::Without::topic:
    question.concept_uri.clear();
    break;
  case Relaxation::Without::choices:
    question.choices.clear();
    break;
  case Relaxation::Without::pole:
    question.pole.clear();
    break;
  case Relaxation::Without::period:
    question.from.clear();
    question.to.clear();
    break;
  case Relaxation::Without::bbox:
    question.bbox.clear();
    question.area.clear();
    break;
  }
  return question;
}

void write_asked(Sheet& sheet, SearchFacts const& facts) {
  Chips(sheet, facts).write();
}

} // namespace terracat::pages
