#pragma once

#include <terracat/bbox.hpp>
#include <terracat/query.hpp>

#include <functional>
#include <optional>

/// How well a record lies where a question asks for it.
namespace terracat::index {

/// Where a record is. \return  nothing: it does not say
using Locator = std::function<std::optional<model::Bbox>(RecordNumber)>;

/// From 0, the boxes do not meet, to 1, the record lies within the place. Between them it is the
/// share of the record that lies in the place, to the power of 0.4: a record of the whole Earth
/// says something of each place, but little.
[[nodiscard]] double nearness(model::Bbox const& place, model::Bbox const& record);

} // namespace terracat::index
