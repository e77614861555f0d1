#pragma once

#include "pages/facets.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is asked on the search page, as its address says it.
namespace terracat::pages {

/// What is looked for.
enum class Kind : std::uint8_t { datasets, others };

enum class Sort : std::uint8_t {
  standard, ///< what answers the words best comes first; without words, by title
  title,
  updated,
  start,
  end,
};

/// A question as the address of the search page says it: every text as it was written. This is the
/// whole state of the page.
struct Question {
  std::string words; ///< `q`
  std::string pole;  ///< name of a data centre
  std::string from;  ///< year, month or day
  std::string to;
  std::string bbox;                 ///< west,south,east,north
  std::string area = {};            ///< corners, in the place of a box
  std::string concept_uri;          ///< `concept`: what is about it, or about what lies below
  bool has_words_alone = false;     ///< `place=words`: places that are named bound nothing
  std::vector<Choice> choices = {}; ///< in the order of the table of facets, each once
  /// More boxes than a question may have: they do not count, and are told of.
  std::vector<Choice> overlooked = {};
  std::optional<Facet> whole = {}; ///< `all`: of which every value is shown
  Kind kind = Kind::datasets;
  Sort sort = Sort::standard;
  std::size_t page = 1;

  [[nodiscard]] bool is_empty() const noexcept {
    return words.empty() && pole.empty() && from.empty() && to.empty() && bbox.empty() &&
           area.empty() && concept_uri.empty() && choices.empty();
  }
};

/// The value of the parameter `type`; empty: it is absent.
[[nodiscard]] std::string_view name_of(Kind kind) noexcept;

/// The value of the parameter `sort`; empty: it is absent.
[[nodiscard]] std::string_view name_of(Sort sort) noexcept;
[[nodiscard]] std::optional<Sort> sort_named(std::string_view name) noexcept;

/// The address of the page that answers the question, below the language.
[[nodiscard]] std::string path_of(Question const& question);

} // namespace terracat::pages
