#include "catalogue/concept_condition.hpp"

#include "query/parts.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

using vocabulary::ConceptNumber;

/// An address has to be written as the property has it.
std::optional<ConceptNumber> head_of(query::Scalar const& value, ConceptUses const& uses) {
  auto const* const address = std::get_if<std::string>(&value);
  auto const number = address == nullptr ? std::nullopt : uses.thesaurus().find_address(*address);
  if (!number || uses.thesaurus().at(*number).uri() != *address) return std::nullopt;
  return uses.head_of(*number);
}

} // namespace

std::optional<ConceptCondition> ConceptCondition::make(query::Expression const& expression,
                                                       ConceptUses const& uses) {
  ConceptCondition out;
  if (auto const* const compare = std::get_if<query::ListCompare>(&expression.node)) {
    bool const is_any = compare->comparison == query::ListComparison::overlaps;
    if (!is_any && compare->comparison != query::ListComparison::contains) return std::nullopt;
    out.kind_ = is_any ? Kind::any : Kind::all;
    for (auto const& value : compare->values) out.heads_.push_back(head_of(value, uses));
    return out;
  }
  if (std::holds_alternative<query::Or>(expression.node)) out.kind_ = Kind::any;
  if (std::holds_alternative<query::Not>(expression.node)) out.kind_ = Kind::none;
  for (auto const& operand : query::parts_of(expression).operands) {
    auto part = make(operand, uses);
    if (!part) return std::nullopt;
    out.of_.push_back(std::move(*part));
  }
  return out.of_.empty() ? std::nullopt : std::optional(std::move(out));
}

bool ConceptCondition::holds(std::span<ConceptNumber const> heads) const {
  auto const has = [&](std::optional<ConceptNumber> const& head) {
    return head && std::ranges::binary_search(heads, *head);
  };
  auto const is_true = [&](ConceptCondition const& one) { return one.holds(heads); };
  if (kind_ == Kind::all) {
    return std::ranges::all_of(heads_, has) && std::ranges::all_of(of_, is_true);
  }
  bool const is_any = std::ranges::any_of(heads_, has) || std::ranges::any_of(of_, is_true);
  return is_any == (kind_ == Kind::any);
}

} // namespace terracat::catalogue
