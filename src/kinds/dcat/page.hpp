#pragma once

#include <terracat/finding.hpp>
#include <terracat/rdf.hpp>

#include <boost/system/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Pages of catalogues in RDF.
namespace terracat::kinds::dcat {

/// What a catalogue says of one data set, series or service.
struct Described {
  std::string native_id; ///< empty if it has no name
  std::string address;   ///< as catalogues name it; empty if it has none
  std::string bytes;     ///< a document of N-Triples; the same on whatever page it stands
  bool is_service = false;
};

/// What one page of a catalogue holds, with its controls (hydra:Collection, hydra:PagedCollection).
struct CataloguePage {
  std::vector<Described> resources;
  std::vector<std::string> listed; ///< addresses that its catalogues name as their data sets
  std::vector<Finding> oddities;
  std::optional<std::size_t> total; ///< of the whole catalogue
  std::string next;                 ///< address of the next page, absolute; empty: this is the last
};

/// Reads a page in RDF/XML, Turtle, N-Triples or JSON-LD.
/// \param address  of the page
/// \return         else why it cannot be read
[[nodiscard]] boost::system::result<CataloguePage, Finding>
read_page(std::string_view body, std::string const& address, rdf::Parser& parser);

} // namespace terracat::kinds::dcat
