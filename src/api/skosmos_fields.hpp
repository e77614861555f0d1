#pragma once

#include "api/vocabulary_question.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// What else a search of the Skosmos API says of each concept: its parameter `fields`.
class SkosmosFields {
 public:
  /// \param names     properties of SKOS, separated by blanks; others say nothing
  /// \param language  of texts; empty: any
  SkosmosFields(std::string_view names, std::string language);

  [[nodiscard]] bool has(std::string_view name) const noexcept;

  /// Members of the answer's context, each behind a comma.
  [[nodiscard]] std::string words() const;

  /// Members of the object that is being written.
  void write(json::Writer& out, VocabularyQuestion const& question,
             vocabulary::Concept const& described) const;

 private:
  std::vector<std::string_view> names_; ///< known ones, each once
  std::string language_;
};

} // namespace terracat::api
