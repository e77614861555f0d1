#pragma once

#include "catalogue/concept_uses.hpp"

#include <terracat/query.hpp>

#include <optional>
#include <span>
#include <vector>

namespace terracat::catalogue {

/// A condition on the property `concepts` alone, ready to be asked of what records are counted for,
/// so that no addresses have to be written for each of them.
class ConceptCondition {
 public:
  /// \return  nothing if it asks for more than which concepts there are (how lists are equal, or
  ///          what is computed of them)
  [[nodiscard]] static std::optional<ConceptCondition> make(query::Expression const& expression,
                                                            ConceptUses const& uses);

  /// \param heads  of a record (ConceptUses::counted_of). No record is silent on them, so that
  ///               there is no third value
  [[nodiscard]] bool holds(std::span<vocabulary::ConceptNumber const> heads) const;

 private:
  enum class Kind : std::uint8_t { all, any, none };

  Kind kind_ = Kind::all;
  std::vector<std::optional<vocabulary::ConceptNumber>>
      heads_; ///< nothing: no concept is so called
  std::vector<ConceptCondition> of_;
};

} // namespace terracat::catalogue
