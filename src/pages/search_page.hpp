#pragma once

#include "pages/lists.hpp"
#include "pages/text_pages.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  std::string bbox;        ///< west,south,east,north
  std::string concept_uri; ///< `concept`: what is about it, or about what lies below
  Kind kind = Kind::datasets;
  Sort sort = Sort::standard;
  std::size_t page = 1;

  [[nodiscard]] bool is_empty() const noexcept {
    return words.empty() && pole.empty() && from.empty() && to.empty() && bbox.empty() &&
           concept_uri.empty();
  }
};

/// The value of the parameter `sort`; empty: it is absent.
[[nodiscard]] std::string_view name_of(Sort sort) noexcept;
[[nodiscard]] std::optional<Sort> sort_named(std::string_view name) noexcept;

/// The address of the page that answers the question, below the language.
[[nodiscard]] std::string path_of(Question const& question);

/// A part of the question without which more is found.
struct Relaxation {
  enum class Without : std::uint8_t { words, topic, pole, period, bbox } without;
  std::size_t count = 0;
};

/// A time that the words speak of, and the question that has it as its period instead.
struct SaidPeriod {
  std::string text; ///< as it was written
  Question question;
};

struct Result {
  Resource resource;
  std::vector<Reason> reasons;
};

struct SearchFacts {
  Question question;
  std::string_view wrong = {};         ///< the parameter that cannot be read; empty: none
  std::string_view concept_label = {}; ///< of the concept of the question
  std::size_t matched = 0;
  bool has_more = false; ///< more match than are counted
  std::optional<SaidPeriod> said_period = {};
  std::size_t per_page = 20;
  std::span<Result const> results;         ///< of this page
  std::string footprints = {};             ///< path below the site of where all are; may be empty
  std::span<PoleFacts const> poles;        ///< with the counts that choosing each would give
  std::span<Relaxation const> relaxations; ///< if nothing matched
};

[[nodiscard]] std::string search_page(SiteFacts const& site, Language language,
                                      SearchFacts const& facts);

} // namespace terracat::pages
