#pragma once

#include "catalogue/concept_uses.hpp"
#include "catalogue/directory.hpp"

#include <memory>
#include <span>
#include <unordered_map>

namespace terracat::catalogue {

/// How many records are about concepts, of each cluster the canonical one alone.
class CountedConcepts {
 public:
  /// \param alternates  of which another member stands for the cluster
  CountedConcepts(std::shared_ptr<ConceptUses const> uses,
                  std::span<std::shared_ptr<Entry const> const> alternates, Directory const& all);

  /// Never null.
  [[nodiscard]] std::shared_ptr<ConceptUses const> const& uses() const noexcept { return uses_; }

  [[nodiscard]] std::size_t records(vocabulary::ConceptNumber number) const;

  /// Those that are answered as collections.
  [[nodiscard]] std::size_t datasets(vocabulary::ConceptNumber number) const;

 private:
  struct Alternates {
    std::size_t records = 0;
    std::size_t datasets = 0;
  };

  [[nodiscard]] Alternates alternates(vocabulary::ConceptNumber number) const;

  std::shared_ptr<ConceptUses const> uses_;
  std::unordered_map<vocabulary::ConceptNumber, Alternates> alternates_; ///< by head
};

} // namespace terracat::catalogue
