#pragma once

#include "catalogue/record_request.hpp"
#include "catalogue/scope.hpp"

#include <cstdint>
#include <vector>

/// In which order records are found, and by what a page of them is known again.
namespace terracat::catalogue {

/// It asks where records are, and what is only guessed answers as well.
[[nodiscard]] bool may_find_guesses(RecordRequest const& request);

/// The order in which nobody asked for another one.
[[nodiscard]] std::vector<query::SortKey> own_order(RecordRequest const& request);

/// A token of records is none of items that are searched by the same criteria. Order and page are
/// no part of it.
[[nodiscard]] std::uint64_t digest_of(RecordRequest const& request, Scope const& scope);

} // namespace terracat::catalogue
