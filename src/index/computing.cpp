#include "index/computing.hpp"

#include "geometry/deadline.hpp"
#include "index/filter.hpp"
#include "query/parts.hpp"
#include "query/term.hpp"
#include "query/words.hpp"

#include <algorithm>
#include <stdexcept>

namespace terracat::index {
namespace {

bool can_compute(query::Term const& term, Version const& version) {
  bool can = true;
  query::for_each_leaf(term, [&](query::Term const& leaf) {
    if (std::holds_alternative<query::Term::Footprint>(leaf.node)) can = false;
    auto const* const read = std::get_if<query::Term::Read>(&leaf.node);
    can = can && (read == nullptr || std::ranges::all_of(read->as, [&](auto const& property) {
                    return Filter::knows(property, version);
                  }));
  });
  return can;
}

[[noreturn]] void refuse() {
  throw std::logic_error("something is asked of rows that segments do not know");
}

} // namespace

/// What one row says.
class Computing::RowFacts : public query::Facts {
 public:
  explicit RowFacts(Properties const& properties) : properties_(properties) {}

  void go_to(Segment const& segment, std::size_t row) noexcept {
    segment_ = &segment;
    row_ = row;
  }

  [[nodiscard]] RecordNumber collection() const override { return segment_->collection_of(row_); }

  [[nodiscard]] std::optional<model::Instant> time() const override {
    auto const time = segment_->time[row_];
    return time == no_time ? std::nullopt : std::optional(model::Instant(time));
  }

  [[nodiscard]] std::optional<model::Interval> period() const override {
    auto const row = segment_->row(row_);
    if (row.first == no_time) return std::nullopt;
    return model::Interval::make(model::Bound::at(model::Instant(row.first)),
                                 model::Bound::at(model::Instant(row.last)))
        .value();
  }

  [[nodiscard]] std::optional<query::Value> own(std::string_view name,
                                                query::Type type) const override {
    auto const& column = segment_->columns[number_of(name, type)];
    if (column.is_empty()) return std::nullopt;
    auto const code = column.code(row_);
    if (code == Column::none) return std::nullopt;
    if (column.holds_texts()) return query::Scalar(std::string(column.text(code)));
    auto const value = column.value(code);
    switch (type) {
    case query::Type::boolean:
      return query::Scalar(value != 0);
    case query::Type::time:
      return query::Scalar(model::Instant(static_cast<std::int64_t>(value)));
    default:
      return query::Scalar(value);
    }
  }

  [[nodiscard]] std::string_view id() const override { refuse(); }

  [[nodiscard]] std::string_view native_id() const override { refuse(); }

  [[nodiscard]] std::optional<model::Instant> start() const override { refuse(); }

  [[nodiscard]] std::optional<model::Instant> end() const override { refuse(); }

  [[nodiscard]] model::Geometry const* footprint() const override { refuse(); }

  [[nodiscard]] std::optional<model::HeightRange> heights() const override { refuse(); }

  [[nodiscard]] std::string words() const override { refuse(); }

 private:
  struct Known {
    std::string name;
    query::Type type;
    std::size_t number;
  };

  /// Of the column. The same few are asked for again and again.
  [[nodiscard]] std::size_t number_of(std::string_view name, query::Type type) const {
    for (auto const& known : known_) {
      if (known.type == type && known.name == name) return known.number;
    }
    auto const number = properties_.find({.name = std::string(name), .type = type}).value();
    known_.push_back({std::string(name), type, number});
    return number;
  }

  Properties const& properties_;
  Segment const* segment_ = nullptr;
  std::size_t row_ = 0;
  mutable std::vector<Known> known_;
};

bool Computing::can_answer(query::Expression const& condition, Version const& version) {
  using namespace query;
  bool const is_beyond = std::visit(
      []<class Node>(Node const& node) {
        if constexpr (std::same_as<Node, Like>) return phrase_in(node).has_value();
        return std::same_as<Node, Intersects> || std::same_as<Node, HeightsMeet> ||
               std::same_as<Node, HasId>;
      },
      condition.node);
  auto const parts = parts_of(condition);
  if (is_beyond || (parts.property != nullptr && !Filter::knows(*parts.property, version)))
    return false;
  if (parts.term != nullptr && !can_compute(*parts.term, version)) return false;
  return std::ranges::all_of(parts.operands,
                             [&](auto const& operand) { return can_answer(operand, version); });
}

Computing::Computing(query::Expression const& condition, Properties const& properties)
    : evaluate_(condition), facts_(std::make_unique<RowFacts>(properties)) {}

Computing::Computing(Computing&&) noexcept = default;
Computing& Computing::operator=(Computing&&) noexcept = default;
Computing::~Computing() = default;

bool Computing::holds(Segment const& segment, std::size_t row) {
  constexpr std::size_t often = 64;
  if (asked_++ % often == 0 && geometry::is_late()) throw geometry::Late();
  facts_->go_to(segment, row);
  return evaluate_(*facts_) == query::Truth::yes;
}

} // namespace terracat::index
