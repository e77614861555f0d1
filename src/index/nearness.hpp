#pragma once

#include <terracat/bbox.hpp>
#include <terracat/query.hpp>

#include <functional>
#include <optional>
#include <string_view>

/// How well a record lies where a question asks for it.
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

} // namespace terracat::index
