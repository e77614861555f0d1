#pragma once

#include <terracat/query.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace terracat::catalogue {

class Roll;        // roll.hpp
class WordNumbers; // word_numbers.hpp

/// Which records say what a condition asks for that is on words alone (query::says).
/// \param numbers  of what the records of the roll say
/// \return  1 or 0 for each row: whoever says nothing does not say it, so that there is no third
///          value. Nothing if the condition asks for anything else
[[nodiscard]] std::optional<std::vector<std::uint8_t>>
rows_that_say(query::Expression const& condition, Roll const& roll, WordNumbers const& numbers);

} // namespace terracat::catalogue
