#pragma once

#include "formats/finding_list.hpp"
#include "formats/json/href.hpp"

#include <terracat/json.hpp>

#include <string>

namespace terracat::formats {

/// True for relations that say where a resource stands in the API or catalogue it came from.
/// Answers have their own.
[[nodiscard]] bool is_structural(std::string_view relation) noexcept;

/// The address that a document gives itself: the href of its link `self`; empty if there is none.
[[nodiscard]] std::string_view self_of(json::Value const& links);

/// Appends the links that stay, as elements without brackets: those that are not structural, with
/// absolute hrefs, and, as `via`, where the source has the document.
void append_links(std::string& out, json::Value const& links, HrefReader const& hrefs,
                  FindingList& findings);

} // namespace terracat::formats
