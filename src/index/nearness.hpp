#pragma once

#include <terracat/bbox.hpp>
#include <terracat/interval.hpp>
#include <terracat/query.hpp>

#include <functional>
#include <optional>
#include <string_view>

/// How well a record lies where, and when, a question asks for it.
namespace terracat::index {

/// Where a record is.
struct RecordPlace {
  model::Bbox box;
  std::string_view guessed_from = {}; ///< "title": the catalogue guesses it; empty: it is stated

  // NOLINTNEXTLINE(google-explicit-constructor,hicpp-explicit-conversions): a box is a place
  RecordPlace(model::Bbox const& stated) : box(stated) {}

  RecordPlace(model::Bbox const& guess, std::string_view from) : box(guess), guessed_from(from) {}
};

/// \return  nothing: it does not say, and nobody guesses
using Locator = std::function<std::optional<RecordPlace>(RecordNumber)>;

/// From 0, the boxes do not meet, to 1, the record lies within the place. Between them it is the
/// share of the record that lies in the place, to the power of 0.4: a record of the whole Earth
/// says something of each place, but little.
[[nodiscard]] double nearness(model::Bbox const& place, model::Bbox const& record);

/// Likewise; where the record is guessed to be counts half.
[[nodiscard]] double nearness(model::Bbox const& place, RecordPlace const& record);

/// What a question asks for in time, ends included.
struct AskedTime {
  model::Instant first;
  model::Instant last;
};

/// Of what time a record is. \return  nothing: it does not say
using Dater = std::function<std::optional<model::Interval>(RecordNumber)>;

/// From 0, they have no moment in common, to 1, one of the two lies within the other: a data set of
/// forty years serves who asks for one of them, and one of a day within that year does, too.
/// Between them it is the share of the shorter one. What goes on is taken to go on as long as it is
/// asked for.
[[nodiscard]] double common_time(AskedTime const& asked, model::Interval const& record);

} // namespace terracat::index
