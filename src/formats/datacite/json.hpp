#pragma once

#include <terracat/json.hpp>

#include <optional>
#include <string>
#include <string_view>

/// DataCite's JSON, which says what its XML says in other words.
namespace terracat::formats::datacite {

/// What describes a resource in a text: `attributes` of an answer of the REST API or of an entry of
/// its lists, else the text itself.
struct Attributes {
  json::Value value;
  std::string pointer; ///< to them
};

/// \return  nothing if they have neither titles nor creators
[[nodiscard]] std::optional<Attributes> attributes_in(json::Value const& root);

/// The same in XML of kernel 4, in the record of OAI-PMH that tells when it was updated.
[[nodiscard]] std::string xml_of(json::Value const& attributes);

/// Where in the JSON that stands which is at an XPath of `xml_of`.
[[nodiscard]] std::string json_pointer(std::string_view xpath, std::string_view attributes);

} // namespace terracat::formats::datacite
