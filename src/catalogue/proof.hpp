#pragma once

#include "catalogue/committer.hpp"

#include <terracat/store.hpp>

#include <functional>
#include <string>
#include <vector>

namespace terracat::catalogue {

using OnProgress = std::function<void(double done)>; ///< from 0 to 1; what it throws ends the work

/// Proves that what is kept to search by, and what is derived, is what the kept texts say: columns
/// of records and items, identifiers, what collections say of their items.
/// \param rules  of the languages that titles may be in
/// \return  what is wrong
[[nodiscard]] std::vector<store::Fault> prove(store::Reader& reader, Rules const& rules,
                                              OnProgress const& progress);

/// Makes anew what `prove` finds wrong, in the writer's transaction. A text that is damaged itself
/// stays as it is, and nothing else with it.
/// \return  what was done, and what could not be
[[nodiscard]] std::vector<std::string> put_right(store::Writer& writer, Rules const& rules,
                                                 OnProgress const& progress);

} // namespace terracat::catalogue
