#pragma once

#include "query/cql2_syntax.hpp"
#include "query/datum.hpp"
#include "query/queryables.hpp"

namespace terracat::query {

/// \throws ProblemError  beyond `longest_pattern` bytes
void check_pattern(std::string_view pattern, std::string const& where);

/// Makes terms of what was written. What cannot be one, or never has a value that fits, ends in
/// ProblemError.
class TermBinder {
 public:
  explicit TermBinder(Queryables const& queryables) noexcept : queryables_(queryables) {}

  /// \param wanted  kinds that the term may have
  /// \param by      who wants them, for problems
  [[nodiscard]] Term term(Cql2 const& node, Kinds wanted, std::string_view by) const;

  /// What a call is that is the same for every item: a boolean, a number or a text.
  /// \return  nothing for other calls, and for what is no call
  [[nodiscard]] std::optional<Cql2> constant(Cql2 const& node) const;

  [[nodiscard]] Queryable const& property(Cql2 const& node) const;

  [[nodiscard]] static bool is_name(Cql2 const& node) noexcept {
    return std::holds_alternative<Cql2::Name>(node.node);
  }

  /// The name of the footprint.
  [[nodiscard]] static bool is_geometry(Cql2 const& node) noexcept;

  /// A box or a shape.
  [[nodiscard]] static model::Geometry geometry(Cql2 const& node);

 private:
  struct Make;

  [[nodiscard]] Term::Call call(Cql2::Call const& call) const;
  [[nodiscard]] Term interval(Cql2::Interval const& interval, std::string const& where) const;

  Queryables const& queryables_;
};

/// Kinds of the values that the term may have.
[[nodiscard]] Kinds kinds_of(Term const& term) noexcept;

} // namespace terracat::query
