#pragma once

#include "catalogue/view.hpp"
#include "query/definitions.hpp"
#include "query/evaluate.hpp"

namespace terracat::catalogue {

/// The own property by which records are sorted that answer a question. It is no queryable.
inline constexpr std::string_view relevance_name = "terracat:relevance";

/// A candidate as conditions and orders ask of it. Only what they ask beyond what is known of it is
/// read.
class View::AskedRecord : public query::Facts {
 public:
  AskedRecord(View& view, Candidate const& candidate) noexcept
      : view_(view), candidate_(candidate) {}

  [[nodiscard]] RecordNumber collection() const override { return candidate_.number; }

  [[nodiscard]] std::string_view id() const override { return candidate_.id; }

  [[nodiscard]] std::string_view native_id() const override { return candidate_.id; }

  [[nodiscard]] std::optional<model::Instant> time() const override { return start(); }

  [[nodiscard]] std::optional<model::Instant> start() const override {
    return facts().period() ? facts().period()->first() : std::nullopt;
  }

  [[nodiscard]] std::optional<model::Instant> end() const override {
    return facts().period() ? facts().period()->last() : std::nullopt;
  }

  [[nodiscard]] std::optional<model::Interval> period() const override { return facts().period(); }

  [[nodiscard]] model::Geometry const* footprint() const override {
    auto const& footprint = facts().footprint();
    return footprint ? &*footprint : nullptr;
  }

  /// Records tell heights in units and directions of their own.
  [[nodiscard]] std::optional<model::HeightRange> heights() const override { return std::nullopt; }

  [[nodiscard]] std::string words() const override { return texts().words(); }

  [[nodiscard]] std::optional<query::Value> own(std::string_view name,
                                                query::Type type) const override {
    if (name == relevance_name) return query::Scalar(candidate_.score);
    if (name == query::matching_items().name) {
      return query::Scalar(static_cast<double>(candidate_.items));
    }
    if (name == concepts_name) return query::Value(view_.concept_addresses(candidate_.number));
    if (name == "title") return query::Scalar(std::string(candidate_.title));
    if (name == "description") return texts().description();
    return facts().own(name, type);
  }

  /// Valid as long as this is.
  [[nodiscard]] RecordFacts const& facts() const {
    if (!facts_) facts_ = view_.facts_of(candidate_);
    return *facts_;
  }

 private:
  [[nodiscard]] RecordTexts const& texts() const {
    if (!texts_) texts_ = view_.texts_of(candidate_);
    return *texts_;
  }

  View& view_;
  Candidate const& candidate_;
  mutable std::shared_ptr<RecordFacts const> facts_;
  mutable std::shared_ptr<RecordTexts const> texts_;
};

} // namespace terracat::catalogue
