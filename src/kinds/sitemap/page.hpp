#pragma once

#include <terracat/json.hpp>
#include <terracat/kind.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::sitemap {

/// The data sets that a page describes in JSON-LD, each a document of the format schema-org. One
/// without a name of its own is called by the page's address. A script that speaks of data sets and
/// cannot be read is a document without a name: who reads it says what is wrong. Control characters
/// in texts and references to characters, as some sites leave them, are mended.
/// \param body     the page, or JSON-LD itself
/// \param address  of the page, without a password
[[nodiscard]] std::vector<RawDocument>
datasets_in(std::string_view body, std::string const& address, json::Parser& parser);

} // namespace terracat::kinds::sitemap
