#pragma once

#include "catalogue/view.hpp"

#include <terracat/problem.hpp>

#include <string_view>

namespace terracat::api {

/// The collection that is called so, here or elsewhere (native id, DOI). \throws ProblemError
[[nodiscard]] catalogue::ShownCollection existing_collection(catalogue::View& view,
                                                             std::string_view id);

/// The problem that there is none, with the id that may have been meant.
[[nodiscard]] Problem no_such_collection(catalogue::View& view, std::string_view id);

} // namespace terracat::api
