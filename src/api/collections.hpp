#pragma once

#include "catalogue/view.hpp"

#include <terracat/problem.hpp>

#include <string_view>

namespace terracat::api {

/// The collection that is called so, here or elsewhere (native id, DOI). \throws ProblemError
[[nodiscard]] catalogue::ShownCollection existing_collection(catalogue::View& view,
                                                             std::string_view id);

/// The problem that there is none: it was removed, or never was and another id may have been meant.
[[nodiscard]] Problem no_such_collection(catalogue::View& view, std::string_view id);

/// The problem that it was removed. \param what  "collection" or "item"
[[nodiscard]] Problem gone(std::string_view what, store::Change const& removal);

} // namespace terracat::api
