#include "store/sqlite/filter_term.hpp"

#include "store/sqlite/spatialite_blob.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace terracat::store {
namespace {

std::string_view text(sqlite3_value* value) {
  auto const* const bytes = static_cast<char const*>(sqlite3_value_blob(value));
  return bytes == nullptr
             ? std::string_view()
             : std::string_view(bytes, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

std::optional<model::Instant> instant(sqlite3_value* value) {
  if (sqlite3_value_type(value) == SQLITE_NULL) return std::nullopt;
  return model::Instant(sqlite3_value_int64(value));
}

/// An item as its row has it, as far as terms ask.
class RowFacts : public query::Facts {
 public:
  RowFacts(std::span<sqlite3_value*> row, Functions& functions)
      : row_(row), functions_(functions) {}

  RecordNumber collection() const override {
    return RecordNumber{sqlite3_value_int64(row_[RowTerm::collection])};
  }

  std::string_view id() const override { return text(row_[RowTerm::id]); }

  std::optional<model::Instant> time() const override { return instant(row_[RowTerm::time]); }

  std::optional<model::Instant> start() const override { return instant(row_[RowTerm::begins]); }

  std::optional<model::Instant> end() const override { return instant(row_[RowTerm::ends]); }

  model::Geometry const* footprint() const override {
    auto* const geometry = row_[RowTerm::geometry];
    if (!footprint_ && sqlite3_value_type(geometry) != SQLITE_NULL) {
      auto const number = [&](RowTerm::Column column) {
        return sqlite3_value_double(row_[column]);
      };
      footprint_ = model::Geometry::restored(
          from_spatialite(text(geometry)),
          model::Bbox::restored(number(RowTerm::west), number(RowTerm::south),
                                number(RowTerm::east), number(RowTerm::north)),
          sqlite3_value_int(row_[RowTerm::is_box]) != 0);
    }
    return footprint_ ? &*footprint_ : nullptr;
  }

  std::optional<query::Value> own(std::string_view name, query::Type type) const override {
    auto const number = sqlite3_value_int64(row_[RowTerm::number]);
    return functions_.parsed(number, text(row_[RowTerm::body])).value(name, type);
  }

  // Of other conditions than terms, which SQL answers.

  std::string_view native_id() const override { refuse(); }

  std::optional<model::Interval> period() const override { refuse(); }

  std::optional<model::HeightRange> heights() const override { refuse(); }

  std::string words() const override { refuse(); }

 private:
  [[noreturn]] static void refuse() { throw std::logic_error("no term asks for that"); }

  std::span<sqlite3_value*> row_;
  Functions& functions_;
  mutable std::optional<model::Geometry> footprint_; ///< when it is asked for
};

} // namespace

std::optional<bool> RowTerm::holds(std::span<sqlite3_value*> row, Functions& functions) const {
  RowFacts const facts(row, functions);
  auto const value = query::value_of(term_, facts, prepared_);
  auto const* const answer = std::get_if<bool>(&value.value);
  return answer == nullptr ? std::nullopt : std::optional(*answer);
}

} // namespace terracat::store
