#pragma once

#include "catalogue/view.hpp"
#include "query/definitions.hpp"
#include "query/evaluate.hpp"

#include <stdexcept>

namespace terracat::catalogue {

/// The own property by which records are sorted that answer a question. It is no queryable.
inline constexpr std::string_view relevance_name = "terracat:relevance";

/// Likewise, by which what states no place comes last.
inline constexpr std::string_view guessed_name = "terracat:guessed";

/// A record as conditions and orders ask of it. Only what they ask beyond what the roll knows is
/// read.
class View::AskedRecord : public query::Facts {
 public:
  AskedRecord(View& view, Roll const& roll, Hit const& hit) noexcept
      : view_(view), roll_(roll), hit_(hit) {}

  [[nodiscard]] RecordNumber collection() const override { return entry().number; }

  [[nodiscard]] std::string_view id() const override {
    return view_.shown_as(row()).value_or(std::string_view());
  }

  [[nodiscard]] std::string_view native_id() const override { return id(); }

  [[nodiscard]] std::optional<model::Instant> time() const override { return start(); }

  [[nodiscard]] std::optional<model::Instant> start() const override {
    auto const& period = roll_.periods()[hit_.row];
    return period ? period->first() : std::nullopt;
  }

  [[nodiscard]] std::optional<model::Instant> end() const override {
    auto const& period = roll_.periods()[hit_.row];
    return period ? period->last() : std::nullopt;
  }

  [[nodiscard]] std::optional<model::Interval> period() const override {
    return roll_.periods()[hit_.row];
  }

  [[nodiscard]] model::Geometry const* footprint() const override {
    if (roll_.boxes()[hit_.row]) return &*row().facts->footprint();
    if (!guessed_ && view_.uses_guesses_) {
      if (auto const* const guess = view_.guess_of(hit_.row)) {
        guessed_ = model::Geometry::box(guess->box);
      }
    }
    return guessed_ ? &*guessed_ : nullptr;
  }

  /// Records tell heights in units and directions of their own.
  [[nodiscard]] std::optional<model::HeightRange> heights() const override { return std::nullopt; }

  /// Numbers are asked, not texts (rows_that_say).
  [[nodiscard]] std::string words() const override {
    throw std::logic_error("a condition on words stands with others in one");
  }

  [[nodiscard]] std::optional<query::Value> own(std::string_view name,
                                                query::Type type) const override {
    if (name == relevance_name) return query::Scalar(hit_.score);
    if (name == guessed_name) return query::Scalar(roll_.boxes()[hit_.row] ? 0.0 : 1.0);
    if (name == query::matching_items().name) {
      return query::Scalar(static_cast<double>(view_.items_of(row(), hit_)));
    }
    if (name == concepts_name) return query::Value(view_.concept_addresses(entry().number));
    if (name == "title") return query::Scalar(entry().title);
    if (name == "description") return texts().description();
    return row().facts->own(name, type);
  }

 private:
  [[nodiscard]] Roll::Row const& row() const noexcept { return roll_.rows()[hit_.row]; }

  [[nodiscard]] Entry const& entry() const noexcept { return *row().entry; }

  [[nodiscard]] RecordTexts const& texts() const {
    if (!texts_) texts_ = view_.texts_of(row());
    return *texts_;
  }

  View& view_;
  Roll const& roll_;
  Hit const& hit_;
  mutable std::shared_ptr<RecordTexts const> texts_;
  mutable std::optional<model::Geometry> guessed_;
};

} // namespace terracat::catalogue
