#include "catalogue/similar.hpp"

#include "geometry/box_area.hpp"
#include "geometry/deadline.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace terracat::catalogue {
namespace {

using vocabulary::ConceptNumber;

// THE table: what counts how much. What a record is about has most of it, and comes first.
struct Aspect {
  Likeness::Kind kind;
  std::string_view property; ///< of `kept_properties`; empty: it is worked out otherwise
  double weight;
  bool is_subject; ///< that nothing like it is shared leaves a record out
};

using enum Likeness::Kind;

constexpr std::array aspects{
    Aspect{concepts, {}, 3, true},
    Aspect{variables, "variables", 1, true},
    Aspect{keywords, "keywords", 0.5, true},
    Aspect{platform, "platform", 0.7, false},
    Aspect{instruments, "instruments", 0.5, false},
    Aspect{producers, "producers", 0.3, false},
    Aspect{place, {}, 0.7, false},
    Aspect{period, {}, 0.3, false},
};

/// So much of a subject has to be shared at least.
constexpr double least_of_subject = 0.1;
constexpr std::size_t most_named = 3;

double all_weights() noexcept {
  double out = 0;
  for (auto const& aspect : aspects) out += aspect.weight;
  return out;
}

/// What two have in common, of what both have together.
double share_of(double common, double a, double b) noexcept {
  auto const together = a + b - common;
  return together > 0 ? common / together : 0;
}

double overlap(double a_begin, double a_end, double b_begin, double b_end) noexcept {
  return std::max(0.0, std::min(a_end, b_end) - std::max(a_begin, b_begin));
}

double share_of(model::Bbox const& a, model::Bbox const& b) {
  if (!a.intersects(b)) return 0; // most do not
  return share_of(geometry::common_area(a, b), geometry::area_of(a), geometry::area_of(b));
}

/// A period that goes on ends today; one without a beginning shares nothing.
double share_of(model::Interval const& a, model::Interval const& b, model::Instant now) {
  auto const begin = [](model::Interval const& one) { return one.first(); };
  auto const end = [now](model::Interval const& one) {
    return static_cast<double>(one.last().value_or(now).milliseconds());
  };
  if (!begin(a) || !begin(b)) return 0;
  auto const a_begin = static_cast<double>(begin(a)->milliseconds());
  auto const b_begin = static_cast<double>(begin(b)->milliseconds());
  return share_of(overlap(a_begin, end(a), b_begin, end(b)), end(a) - a_begin, end(b) - b_begin);
}

/// Compares one record with all others.
class Comparison {
 public:
  Comparison(Roll const& roll, std::uint32_t row, std::shared_ptr<RollConcepts const> concepts)
      : roll_(roll), row_(row), concepts_(std::move(concepts)), shares_(aspects.size()) {
    for (std::size_t place = 0; place < aspects.size(); ++place) {
      auto const column = kept_column(aspects.at(place).property);
      if (column < kept_properties.size()) {
        shares_[place].resize(roll.column(column).kept.size(), untold);
      }
    }
    if (!concepts_) return;
    auto const& uses = *concepts_->uses;
    auto const all = static_cast<double>(roll.rows().size());
    for (ConceptNumber head = 0; head < uses.thesaurus().size(); ++head) {
      auto const count = std::max<std::size_t>(uses.count(head), 1);
      telling_.push_back(std::log((all + 1) / static_cast<double>(count)));
    }
    is_own_.resize(telling_.size());
    for (auto const head : concepts_->of(row)) is_own_[head] = true;
    own_ = sum(concepts_->of(row));
  }

  /// \return  0 if the two are about different things
  [[nodiscard]] double score(std::uint32_t other) {
    double out = 0;
    bool is_about_the_same = false;
    for (std::size_t place = 0; place < aspects.size(); ++place) {
      bool const is_subject = aspects.at(place).is_subject; // these come first
      if (!is_subject && !is_about_the_same) return 0;
      auto const share = this->share(place, other);
      out += aspects.at(place).weight * share;
      is_about_the_same = is_about_the_same || (is_subject && share >= least_of_subject);
    }
    return out / all_weights();
  }

  [[nodiscard]] std::vector<Likeness> shared(std::uint32_t other) {
    std::vector<Likeness> out;
    for (std::size_t place = 0; place < aspects.size(); ++place) {
      Likeness one{.kind = aspects.at(place).kind, .share = share(place, other)};
      if (one.share <= 0) continue;
      auto const column = kept_column(aspects.at(place).property);
      if (column < kept_properties.size()) one.texts = common_texts(column, other);
      if (one.kind == concepts) one.heads = common_heads(other);
      out.push_back(std::move(one));
    }
    return out;
  }

 private:
  static constexpr float untold = -1;

  [[nodiscard]] double sum(std::span<ConceptNumber const> heads) const {
    double out = 0;
    for (auto const head : heads) out += telling_[head];
    return out;
  }

  [[nodiscard]] double share(std::size_t place, std::uint32_t other) {
    auto const& aspect = aspects.at(place);
    if (aspect.kind == concepts) return share_of_concepts(other);
    if (aspect.kind == Likeness::Kind::place) {
      auto const& a = roll_.boxes()[row_];
      auto const& b = roll_.boxes()[other];
      return a && b ? share_of(*a, *b) : 0;
    }
    if (aspect.kind == period) {
      auto const& a = roll_.periods()[row_];
      auto const& b = roll_.periods()[other];
      return a && b ? share_of(*a, *b, now_) : 0;
    }
    auto const column = kept_column(aspect.property);
    auto const value = roll_.column(column).values[other];
    if (value == RollColumn::none) return 0;
    auto& known = shares_[place][value]; // many records have the same value
    if (known == untold) known = static_cast<float>(share_of_texts(column, other));
    return static_cast<double>(known);
  }

  [[nodiscard]] double share_of_concepts(std::uint32_t other) const {
    if (!concepts_ || own_ <= 0) return 0;
    double common = 0;
    for (auto const head : concepts_->of(other)) common += is_own_[head] ? telling_[head] : 0;
    return common > 0 ? share_of(common, own_, sum(concepts_->of(other))) : 0;
  }

  [[nodiscard]] std::span<std::uint32_t const> texts(std::size_t column, std::uint32_t row) const {
    auto const value = roll_.column(column).values[row];
    if (value == RollColumn::none) return {};
    return roll_.column(column).texts_of(value);
  }

  [[nodiscard]] std::vector<std::uint32_t> common(std::size_t column, std::uint32_t other) const {
    auto const own = texts(column, row_);
    std::vector<std::uint32_t> out;
    for (auto const text : texts(column, other)) {
      if (std::ranges::find(own, text) != own.end()) out.push_back(text);
    }
    return out;
  }

  [[nodiscard]] double share_of_texts(std::size_t column, std::uint32_t other) const {
    return share_of(static_cast<double>(common(column, other).size()),
                    static_cast<double>(texts(column, row_).size()),
                    static_cast<double>(texts(column, other).size()));
  }

  [[nodiscard]] std::vector<std::string_view> common_texts(std::size_t column,
                                                           std::uint32_t other) const {
    std::vector<std::string_view> out;
    for (auto const text : common(column, other)) {
      if (out.size() < most_named) out.push_back(roll_.column(column).texts[text]->text);
    }
    return out;
  }

  [[nodiscard]] std::vector<ConceptNumber> common_heads(std::uint32_t other) const {
    std::vector<ConceptNumber> out;
    for (auto const head : concepts_->of(other)) {
      if (is_own_[head]) out.push_back(head);
    }
    std::ranges::stable_sort(out, std::greater(), [this](auto head) { return telling_[head]; });
    std::vector<ConceptNumber> named; // what lies above one that is named goes without saying
    for (auto const head : out) {
      if (named.size() == most_named) break;
      bool const is_said =
          std::ranges::any_of(named, [&](auto below) { return lies_above(head, below); });
      if (is_said) continue;
      std::erase_if(named, [&](auto above) { return lies_above(above, head); });
      named.push_back(head);
    }
    return named;
  }

  [[nodiscard]] bool lies_above(ConceptNumber head, ConceptNumber below) const {
    constexpr std::size_t most = 200; // concepts that are looked at
    auto const& uses = *concepts_->uses;
    std::vector<ConceptNumber> open{below};
    for (std::size_t at = 0; at < open.size() && at < most; ++at) {
      auto same = uses.thesaurus().equivalents(open[at]);
      same.push_back(open[at]);
      for (auto const one : same) {
        for (auto const above : uses.thesaurus().at(one).broader()) {
          if (uses.head_of(above) == head) return true;
          open.push_back(above);
        }
      }
    }
    return false;
  }

  Roll const& roll_;
  std::uint32_t row_;
  std::shared_ptr<RollConcepts const> concepts_; ///< null: nobody has read them yet
  std::vector<double> telling_;            ///< by head: the rarer a concept is, the more it tells
  std::vector<bool> is_own_;               ///< by head
  double own_ = 0;                         ///< of all of its heads
  std::vector<std::vector<float>> shares_; ///< of each aspect that is a column, by value
  model::Instant now_ = model::Instant::now();
};

} // namespace

std::vector<SimilarRecord> similar_records(View& view, RecordNumber record, std::size_t limit) {
  auto const& roll = view.roll();
  auto const own = roll.find(record);
  std::vector<SimilarRecord> out;
  if (!own || !view.shown_as(roll.rows()[*own])) return out;
  Comparison comparison(roll, *own, view.concepts() ? roll.concepts(view.concepts()) : nullptr);
  std::vector<std::pair<double, std::uint32_t>> found;
  for (std::uint32_t row = 0; row < roll.rows().size(); ++row) {
    if (row % 1'024 == 0 && geometry::is_late()) throw geometry::Late();
    bool const is_alike = roll.rows()[row].is_collection == roll.rows()[*own].is_collection;
    auto const& other = roll.rows()[row];
    if (row == *own || !is_alike || !view.shown_as(other)) continue;
    if (other.entry->cluster && (!view.standing().stands(*other.entry) ||
                                 other.entry->cluster == roll.rows()[*own].entry->cluster)) {
      continue;
    }
    if (auto const score = comparison.score(row); score > 0) found.emplace_back(score, row);
  }
  auto const most = std::min(limit, found.size());
  auto const end = found.begin() + static_cast<std::ptrdiff_t>(most);
  std::ranges::partial_sort(found, end, [](auto const& a, auto const& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second; // then by title
  });
  for (auto const& [score, row] : std::span(found).first(most)) {
    auto const& entry = *roll.rows()[row].entry;
    out.push_back({.id = view.shown_as(roll.rows()[row]).value(),
                   .number = entry.number,
                   .score = score,
                   .shared = comparison.shared(row)});
  }
  return out;
}

} // namespace terracat::catalogue
