#pragma once

#include <terracat/query.hpp>

namespace terracat::query {

/// A condition that means the same as the predicate and that an index or SQL may answer.
/// \return  nothing if there is none
[[nodiscard]] std::optional<Expression> simplified(Term const& predicate);

} // namespace terracat::query
