#pragma once

#include "api/exchange.hpp"
#include "vocabulary/thesaurus.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace terracat::api {

/// What requests about vocabularies have in common: `{vocabulary}` of the path and the parameters
/// `lang` and `uri`.
class VocabularyQuestion {
 public:
  /// \throws ProblemError  if there is no such vocabulary
  explicit VocabularyQuestion(Exchange const& exchange);

  [[nodiscard]] vocabulary::Thesaurus const& all() const noexcept { return all_; }

  /// Those of the question, the wanted one first, then those of the site.
  [[nodiscard]] std::vector<std::string> const& languages() const noexcept { return languages_; }

  /// The wanted one.
  [[nodiscard]] std::string const& language() const noexcept { return languages_.front(); }

  /// Its place; nothing if all are meant.
  [[nodiscard]] std::optional<std::uint16_t> place() const noexcept { return place_; }

  /// \pre place()
  [[nodiscard]] vocabulary::Vocabulary const& vocabulary() const {
    return all_.vocabularies()[*place_];
  }

  /// The concept of the parameter `uri`. \throws ProblemError  if there is none
  [[nodiscard]] vocabulary::Concept subject() const;

  /// The label to show.
  [[nodiscard]] std::string_view label(vocabulary::ConceptNumber number) const {
    return all_.at(number).label(languages_).text;
  }

  [[nodiscard]] std::string title(vocabulary::Vocabulary const& vocabulary) const;

 private:
  Exchange const& exchange_;
  vocabulary::Thesaurus const& all_;
  std::vector<std::string> languages_;
  std::optional<std::uint16_t> place_;
};

/// The place of the vocabulary of a name. \throws ProblemError  if there is none
[[nodiscard]] std::uint16_t place_of_vocabulary(vocabulary::Thesaurus const& all,
                                                std::string_view name, std::string_view where);

/// Of the page of a concept, below the language; below the site, of the concept itself.
[[nodiscard]] std::string path_of(vocabulary::Thesaurus const& all,
                                  vocabulary::ConceptNumber number);

/// The address of that page for who reads this language (BCP 47), or of the concept itself.
[[nodiscard]] std::string page_of(Site const& site, vocabulary::ConceptNumber number,
                                  std::string_view language);

/// The address of a concept as its vocabulary writes it; of what nobody knows, as it was asked for.
[[nodiscard]] std::string known_address(vocabulary::Thesaurus const& all, std::string_view address);

/// A parameter that has to be there. \throws ProblemError  if it is not
[[nodiscard]] std::string_view required(Exchange const& exchange, std::string_view name);

/// A whole number in a parameter. \throws ProblemError  if it is none, or out of its range
[[nodiscard]] std::size_t number_in(Exchange const& exchange, std::string_view name,
                                    std::size_t standard, std::size_t least, std::size_t most);

/// The statements about a concept in the form that a client wants most. \param wanted  a media
/// type; empty: by the request's `Accept` \throws ProblemError  if it is none of those there are
[[nodiscard]] Reply rdf_reply(Exchange const& exchange, vocabulary::Thesaurus const& all,
                              vocabulary::ConceptNumber number, std::string_view wanted);

} // namespace terracat::api
