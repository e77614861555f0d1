#pragma once

#include "catalogue/asked_record.hpp"
#include "catalogue/concept_condition.hpp"

#include <cstdint>
#include <vector>

namespace terracat::catalogue {

/// A condition ready to be asked of many records. What asks of one property alone is asked once
/// for each value that it has, not for each record. For one thread.
class View::RollFilter {
 public:
  /// \param where  must outlive it, as must the others
  RollFilter(View& view, Roll const& roll, query::Expression const& where);

  /// True if the record matches.
  [[nodiscard]] bool operator()(Hit const& hit);

 private:
  /// In the order in which they are asked: what costs little first.
  enum class Asks : std::uint8_t { words, column, concepts, period, place, anything };
  enum class Answer : std::uint8_t { untold, no, yes };

  /// A condition all of which have to be true.
  struct Part {
    query::Evaluator holds;
    Asks asks = Asks::anything;
    std::vector<std::uint32_t> const* values = nullptr; ///< of each row
    std::vector<Answer> answers = {};                   ///< by value; the last: of none
    std::optional<ConceptCondition> of_concepts = {};
    std::optional<std::vector<std::uint8_t>> says = {}; ///< of each row (rows_that_say)
    query::Intersects const* area = nullptr; ///< without which what states a place does not match
    std::optional<Lasting> period = {};      ///< likewise what states a time
  };

  /// What a condition asks of a record.
  struct Asked;
  static void collect(query::Expression const& expression, Asked& out);

  void add(query::Expression const& where);
  [[nodiscard]] Part part_of(query::Expression const& expression);
  [[nodiscard]] bool holds(Part& part, Hit const& hit);
  [[nodiscard]] bool is_true(Part const& part, Hit const& hit);

  /// By columns alone. \return  nothing if these do not tell
  [[nodiscard]] std::optional<bool> is_told(Part const& part, std::uint32_t row) const;

  View& view_;
  Roll const& roll_;
  std::shared_ptr<RollConcepts const> concepts_; ///< if a part asks of them
  std::vector<Part> parts_;
};

} // namespace terracat::catalogue
