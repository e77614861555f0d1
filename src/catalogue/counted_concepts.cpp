#include "catalogue/counted_concepts.hpp"

namespace terracat::catalogue {

CountedConcepts::CountedConcepts(std::shared_ptr<ConceptUses const> uses,
                                 std::span<std::shared_ptr<Entry const> const> alternates,
                                 Directory const& all)
    : uses_(std::move(uses)) {
  for (auto const& entry : alternates) {
    bool const is_dataset = all.find(entry->number) != nullptr;
    for (auto const head : uses_->counted_of(entry->number)) {
      ++alternates_[head].records;
      if (is_dataset) ++alternates_[head].datasets;
    }
  }
}

CountedConcepts::Alternates CountedConcepts::alternates(vocabulary::ConceptNumber number) const {
  auto const found = alternates_.find(uses_->head_of(number));
  return found == alternates_.end() ? Alternates() : found->second;
}

// The uses may be of an older state than the directory: what they do not count is not taken away.

std::size_t CountedConcepts::records(vocabulary::ConceptNumber number) const {
  auto const all = uses_->count(number);
  return all - std::min(all, alternates(number).records);
}

std::size_t CountedConcepts::datasets(vocabulary::ConceptNumber number) const {
  auto const all = uses_->datasets(number);
  return all - std::min(all, alternates(number).datasets);
}

std::shared_ptr<CountedConcepts const>
DirectoryVersion::counted(std::shared_ptr<ConceptUses const> const& uses) const {
  auto const& others = alternates();
  std::scoped_lock const lock(mutex_);
  if (!counted_ || counted_->uses() != uses) {
    counted_ = std::make_shared<CountedConcepts const>(uses, others, directory_);
  }
  return counted_;
}

} // namespace terracat::catalogue
