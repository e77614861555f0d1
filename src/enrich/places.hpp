#pragma once

#include "gazetteer/spoken_place.hpp"

#include <terracat/record.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// From names of places to boxes, and from boxes to names.
namespace terracat::enrich {

/// Where in a record a place is named, and by which rule it was found there. The surer first.
enum class PlaceRule : std::uint8_t {
  extent,        ///< the name of an area that the record covers
  place_keyword, ///< a keyword of the kind "place"
  keyword,       ///< any other keyword that is nothing but the name of a place
  title,         ///< the title speaks of it
};

/// "extent", "place-keyword", "keyword", "title".
[[nodiscard]] std::string_view name_of(PlaceRule rule) noexcept;

/// How sure a place is that was found so, up to 1.
[[nodiscard]] double score_of(PlaceRule rule) noexcept;

struct GuessedPlace {
  gazetteer::Place const* place = nullptr; ///< with a box, of the gazetteer that was asked
  std::string word;                        ///< as the record writes it
};

/// Where data may be of which the record gives no coordinates.
struct GuessedArea {
  PlaceRule rule = PlaceRule::title;
  std::vector<GuessedPlace> places; ///< not empty; each once, five at most
  model::Bbox box;                  ///< that holds those of all places
};

/// Only the surest rule that finds anything is heard. Of places within each other the inner one
/// counts.
/// \param is_label  tells words of a vocabulary, which are no places; may be empty
/// \return  nothing if the record has an area, or names no place that is known
[[nodiscard]] std::optional<GuessedArea> guess_area(model::Record const& record,
                                                    gazetteer::Gazetteer const& gazetteer,
                                                    gazetteer::IsLabel const& is_label);

/// A place that a box is near to. Boxes are all that is compared, so that a box may lie within that
/// of a country and beside the country.
struct NearPlace {
  enum class How : std::uint8_t {
    like,   ///< the two boxes have at least half of what either has
    within, ///< of all places whose box holds it, the smallest
  };

  gazetteer::Place const* place = nullptr;
  How how = How::within;
  double share = 0; ///< of what the two boxes cover together, what they have in common: up to 1
};

/// "like", "within".
[[nodiscard]] std::string_view name_of(NearPlace::How how) noexcept;

/// That which is most like it, then that which it lies within; each only if there is one. None for
/// a box of more than half the Earth.
[[nodiscard]] std::vector<NearPlace> places_near(model::Bbox const& box,
                                                 gazetteer::Gazetteer const& gazetteer);

} // namespace terracat::enrich
