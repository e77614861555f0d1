#pragma once

#include "catalogue/record_request.hpp"
#include "query/token.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Records on their way into an answer.
namespace terracat::catalogue {

/// A record that a search may find: what is known of it without reading it. Valid while what it
/// was made of is.
struct Candidate {
  RecordNumber number{};
  std::string_view id; ///< as shown
  std::string_view title;
  Sequence sequence = 0;        ///< of the last change of what it says
  Entry const* entry = nullptr; ///< null: it is no collection
  double score = 0;             ///< of the question, if there is one
  std::size_t items = 0;        ///< of a collection, that match what is asked of them
};

/// The records that a search may find: what answers its question, else all.
struct Sought {
  struct One {
    Candidate candidate;
    std::string_view source;
  };

  std::vector<ShownCollection> collections; ///< of these two all are made
  std::vector<ShownRecord> records;
  std::vector<One> all;
};

/// Which of the candidates are on the page.
struct CandidatePage {
  std::vector<std::size_t> places; ///< among the candidates
  std::size_t matched = 0;
  std::optional<std::string> next;
  std::optional<std::string> previous;
};

struct Found {
  query::Anchor anchor;
  std::size_t place = 0; ///< among the candidates
};

} // namespace terracat::catalogue
