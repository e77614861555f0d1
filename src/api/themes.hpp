#pragma once

#include "api/exchange.hpp"
#include "pages/theme_page.hpp"
#include "vocabulary/thesaurus.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::api {

/// The compartments of a site's vocabularies, with the data sets about each. Valid as long as the
/// site's vocabularies are.
class Themes {
 public:
  using Number = vocabulary::ConceptNumber;

  /// \param languages  of labels, the wanted one first
  Themes(Site const& site, catalogue::View& view, std::vector<std::string> languages);

  /// Those of a page in this language.
  Themes(Site const& site, catalogue::View& view, pages::Language language);

  [[nodiscard]] vocabulary::Thesaurus const& all() const noexcept { return all_; }

  /// In the order in which they are drawn, then those without a drawing.
  [[nodiscard]] std::vector<Number> numbers() const;

  /// By its name in addresses. \return  nothing if there is no such compartment
  [[nodiscard]] std::optional<Number> find(std::string_view name) const;

  [[nodiscard]] std::string_view name(Number number) const;
  [[nodiscard]] pages::Theme theme(Number number) const;
  [[nodiscard]] std::vector<pages::Theme> themes() const;

  /// Parts of a compartment by name, some hundreds at most, without deprecated ones. If nothing
  /// below it is said to be one, nor to be a variable, all is.
  [[nodiscard]] std::vector<Number> parts(Number number) const;

  /// What is measured below, without what nothing is about: the most used first.
  [[nodiscard]] std::vector<Number> variables(Number number, std::size_t limit) const;

  /// Those of it that lie below none of its parts.
  [[nodiscard]] std::vector<Number> other_variables(Number number, std::vector<Number> const& parts,
                                                    std::size_t limit) const;

  /// Data sets about it. \return  nothing: nobody has counted yet
  [[nodiscard]] std::optional<std::size_t> count(Number number) const;

  [[nodiscard]] pages::Term label(Number number) const;
  [[nodiscard]] pages::Term definition(Number number) const;

 private:
  /// The most used first, by name among equals; without what nothing is about.
  [[nodiscard]] std::vector<Number> ranked(std::vector<Number> numbers, std::size_t limit) const;
  [[nodiscard]] std::vector<Number> by_name(std::vector<Number> numbers) const;

  vocabulary::Thesaurus const& all_;
  std::shared_ptr<catalogue::CountedConcepts const> counted_; ///< null: nobody has counted yet
  std::vector<std::string> languages_;
};

/// How the compartments of a record are drawn.
[[nodiscard]] std::vector<pages::Stratum const*> strata_of(catalogue::View& view,
                                                           RecordNumber record);

} // namespace terracat::api
