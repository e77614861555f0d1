#include "enrich/places.hpp"

#include "geometry/box_area.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace terracat::enrich {
namespace {

using gazetteer::Gazetteer;
using gazetteer::IsLabel;
using gazetteer::Place;
using model::Bbox;

constexpr std::size_t most_places = 5;
constexpr std::size_t most_names = 200; ///< that are looked up, of a record
constexpr std::size_t longest_name = 200;
constexpr double least_likeness = 0.5;
constexpr double half_the_earth = 180.0 * 180.0; ///< square degrees
constexpr double same_size = 0.02;               ///< of a box: less apart is rounding

struct RuleRow {
  PlaceRule rule;
  std::string_view name;
  double score;
};

constexpr std::array rules{
    RuleRow{PlaceRule::extent, "extent", 0.95},
    RuleRow{PlaceRule::place_keyword, "place-keyword", 0.9},
    RuleRow{PlaceRule::keyword, "keyword", 0.8},
    RuleRow{PlaceRule::title, "title", 0.7},
};

RuleRow const& row_of(PlaceRule rule) noexcept {
  return *std::ranges::find(rules, rule, &RuleRow::rule);
}

/// Of "EUROPE > FRANCE > ALPS", "Alps, France" and the like each name, the whole first: a comma may
/// be a part of it.
std::vector<std::string_view> names_in(std::string_view text) {
  std::vector<std::string_view> out;
  out.push_back(trimmed(text));
  constexpr std::string_view marks = ">/,;|()";
  if (text.find_first_of(marks) == std::string_view::npos) return out;
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find_first_of(marks, at), text.size());
    if (auto const name = trimmed(text.substr(at, end - at)); !name.empty()) out.push_back(name);
    at = end + 1;
  }
  return out;
}

/// Collects what names lead to.
class Guess {
 public:
  Guess(Gazetteer const& gazetteer, IsLabel const& is_label)
      : gazetteer_(gazetteer), is_label_(is_label) {}

  /// A text that is, or lists, names of places.
  void add_names(model::LocalText const& text) {
    for (auto const& entry : text.entries()) {
      if (entry.text.size() > longest_name) continue;
      for (auto const name : names_in(entry.text)) {
        if (!may_look()) return;
        auto const* const place = gazetteer_.find(name);
        if (place != nullptr) add(*place, name);
      }
    }
  }

  /// A text that may be the name of a place, and of something else as well.
  void add_word(model::LocalText const& text) {
    constexpr std::size_t short_name = 4;
    for (auto const& [language, word] : text.entries()) {
      if (word.size() > longest_name || word.size() <= short_name || !may_look()) continue;
      auto const* const place = gazetteer_.find(word);
      bool const is_sure = place != nullptr && !place->is_everyday &&
                           place->kind != gazetteer::Kind::river && !is_label(word);
      if (is_sure) add(*place, word);
    }
  }

  /// A text that may speak of places.
  void add_text(model::LocalText const& text) {
    for (auto const& [language, words] : text.entries()) {
      for (auto const& [begin, end, place] : gazetteer::find_places(words, gazetteer_, is_label_)) {
        add(*place, std::string_view(words).substr(begin, end - begin));
      }
    }
  }

  /// \return  nothing if there is no place
  std::optional<GuessedArea> take(PlaceRule rule) {
    std::erase_if(places_, [this](GuessedPlace const& one) { return holds_another(one); });
    if (places_.empty()) return std::nullopt;
    if (places_.size() > most_places) places_.resize(most_places);
    auto box = *places_.front().place->bbox;
    for (auto const& one : std::span(places_).subspan(1)) box = box.joined(*one.place->bbox);
    return GuessedArea{.rule = rule, .places = std::move(places_), .box = box};
  }

 private:
  bool may_look() noexcept { return looked_++ < most_names; }

  [[nodiscard]] bool is_label(std::string_view word) const { return is_label_ && is_label_(word); }

  void add(Place const& place, std::string_view word) {
    auto const is_same = [&](GuessedPlace const& one) { return one.place == &place; };
    if (place.bbox && std::ranges::none_of(places_, is_same)) {
      places_.push_back({.place = &place, .word = std::string(word)});
    }
  }

  [[nodiscard]] bool holds_another(GuessedPlace const& outer) const {
    return std::ranges::any_of(places_, [&](GuessedPlace const& one) {
      return one.place != outer.place && outer.place->bbox->contains(*one.place->bbox) &&
             *one.place->bbox != *outer.place->bbox;
    });
  }

  Gazetteer const& gazetteer_;
  IsLabel const& is_label_;
  std::vector<GuessedPlace> places_;
  std::size_t looked_ = 0;
};

template<class Visit>
void each_keyword(model::Record const& record, bool are_places, Visit const& visit) {
  for (auto const& set : record->keyword_sets) {
    if ((set.kind == "place") != are_places) continue;
    for (auto const& keyword : set.keywords) visit(keyword.label);
  }
}

void look(model::Record const& record, PlaceRule rule, Guess& guess) {
  switch (rule) {
  case PlaceRule::extent:
    for (auto const& extent : record->spatial) guess.add_names(extent.place);
    return;
  case PlaceRule::place_keyword:
    return each_keyword(record, true, [&](auto const& label) { guess.add_names(label); });
  case PlaceRule::keyword:
    return each_keyword(record, false, [&](auto const& label) { guess.add_word(label); });
  case PlaceRule::title:
    return guess.add_text(record->title);
  }
}

/// A little tolerance, for boxes of the gazetteer are rounded.
bool holds(Bbox const& outer, Bbox const& inner) {
  if (outer.contains(inner)) return true;
  auto const area = geometry::area_of(inner);
  return geometry::common_area(outer, inner) >= area * (1 - same_size);
}

} // namespace

std::string_view name_of(PlaceRule rule) noexcept {
  return row_of(rule).name;
}

double score_of(PlaceRule rule) noexcept {
  return row_of(rule).score;
}

std::string_view name_of(NearPlace::How how) noexcept {
  return how == NearPlace::How::like ? "like" : "within";
}

std::optional<GuessedArea> guess_area(model::Record const& record, Gazetteer const& gazetteer,
                                      IsLabel const& is_label) {
  if (record.bbox()) return std::nullopt;
  for (auto const& row : rules) {
    Guess guess(gazetteer, is_label);
    look(record, row.rule, guess);
    if (auto area = guess.take(row.rule)) return area;
  }
  return std::nullopt;
}

std::vector<NearPlace> places_near(Bbox const& box, Gazetteer const& gazetteer) {
  auto const area = geometry::area_of(box);
  NearPlace best{.place = nullptr, .how = NearPlace::How::like, .share = least_likeness};
  NearPlace around{.place = nullptr, .how = NearPlace::How::within, .share = 0};
  if (area > half_the_earth) return {};
  for (auto const& place : gazetteer.places()) {
    if (!place.bbox || !place.bbox->intersects(box)) continue;
    auto const common = geometry::common_area(*place.bbox, box);
    auto const share = common / (area + geometry::area_of(*place.bbox) - common);
    if (share > best.share || (best.place == nullptr && share >= least_likeness)) {
      best.place = &place;
      best.share = share;
    }
    if (share > around.share && holds(*place.bbox, box)) {
      around.place = &place;
      around.share = share;
    }
  }
  std::vector<NearPlace> out{best, around};
  if (around.place == best.place) out.pop_back();
  std::erase_if(out, [](NearPlace const& one) { return one.place == nullptr; });
  return out;
}

} // namespace terracat::enrich
