#pragma once

#include "catalogue/view.hpp"

#include <cstdint>
#include <vector>

/// Records that are like another one, and why: by what they are about first, then by what made
/// them, who, where and when. Links that records state are no part of it.
namespace terracat::catalogue {

/// What two records share.
struct Likeness {
  enum class Kind : std::uint8_t {
    concepts,
    variables,
    keywords,
    platform,
    instruments,
    producers,
    place,
    period,
  };

  Kind kind = Kind::concepts;
  double share = 0;                             ///< of what the two have together, up to 1
  std::vector<vocabulary::ConceptNumber> heads; ///< of concepts: the most telling ones
  std::vector<std::string_view> texts;          ///< of others but place and period
};

/// Valid while the view is.
struct SimilarRecord {
  std::string_view id;
  RecordNumber number{};
  double score = 0; ///< up to 1
  std::vector<Likeness> shared;
};

/// The most similar records that the scope shows, the best first: of a collection other
/// collections; only those that are about something that the record is about as well. Empty if it
/// is not shown. \throws geometry::Late
[[nodiscard]] std::vector<SimilarRecord> similar_records(View& view, RecordNumber record,
                                                         std::size_t limit);

} // namespace terracat::catalogue
