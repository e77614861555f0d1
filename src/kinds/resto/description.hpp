#pragma once

#include "formats/xml/xml.hpp"
#include "kinds/url.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace terracat::kinds::resto {

/// In what a search answers.
enum class Form : std::uint8_t { geojson, atom };

enum class Wanted : std::uint8_t { any, geojson, atom };

/// A search as a template of a description document has it. Parameters of paging are those of the
/// address, which are called otherwise at each server; empty: the template has none.
struct Search {
  Form form = Form::geojson;
  std::string url; ///< with the operator's parameters, without those of paging
  std::string count;
  std::string start_index;
  std::string start_page;
  std::size_t index_offset = 1; ///< of the first result
  std::size_t page_offset = 1;  ///< of the first page
};

/// \param base   the address that the document came from
/// \param given  parameters that the operator wants
/// \throws ProtocolError  if the document has no such template, or one with a parameter that has to
///                        be there and is not given
[[nodiscard]] Search search_of(formats::xml::Node description, std::string_view base, Wanted wanted,
                               Parameters const& given);

} // namespace terracat::kinds::resto
