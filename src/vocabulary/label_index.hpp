#pragma once

#include "vocabulary/draft.hpp"
#include "vocabulary/tables.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace terracat::vocabulary {

/// Labels in the making, and the order in which they are found.
class LabelIndex {
 public:
  explicit LabelIndex(Tables& tables) : tables_(tables) {}

  /// Those that a concept has already are passed over.
  void add(ConceptNumber owner, DraftLabel const& label);

  /// The place of a language in Tables::languages.
  /// \throws std::length_error  if there are too many
  [[nodiscard]] std::uint16_t language(std::string const& tag);

  /// Fills what Tables says of labels and keys, and tells of labels that are odd.
  void finish();

 private:
  void sort_by_owner();
  void mend_preferred();
  void make_keys();
  void report_shared();
  void count_languages();

  Tables& tables_;
  std::unordered_map<std::string, std::uint16_t> languages_;
};

} // namespace terracat::vocabulary
