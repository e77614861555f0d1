#pragma once

#include "pages/status_page.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Forms by which operators say what harvests are to do (pages/order_form.hpp).
namespace terracat::pages {

/// Letters of a reason. A browser counts some as two (UTF-16), none as less than one.
inline constexpr std::size_t longest_reason = 1'000;

/// What an operator has just said.
enum class OrderGiven : std::uint8_t { pause, resume, abort };

/// The page of operators, which says that an order was taken: "/operator?done=pause".
[[nodiscard]] std::string operator_path(OrderGiven order);

/// \param name  as the address has it
[[nodiscard]] std::optional<OrderGiven> order_of(std::string_view name) noexcept;

/// That it was taken, and what follows from it.
void write_taken(Sheet& sheet, OrderGiven order);

/// For each source that is harvested: whether it is left alone, and the way to change that; and the
/// way to stop its run in progress. \param token  of forms (not empty)
void write_orders(Sheet& sheet, StatusFacts const& facts, std::string_view token);

/// The way to stop a run in progress. \param token  of forms (not empty)
void write_abort(Sheet& sheet, Run const& run, std::string_view token);

} // namespace terracat::pages
