#pragma once

#include <terracat/finding.hpp>
#include <terracat/json.hpp>
#include <terracat/rdf.hpp>

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>

/// How a document goes to the helper and its graph comes back.
namespace terracat::helper {

struct RdfRequest {
  rdf::Syntax syntax;
  std::string_view base;
  std::string_view document;
};

[[nodiscard]] std::string to_request(RdfRequest const& request);

/// \return  nothing if the text is none of to_request
[[nodiscard]] std::optional<RdfRequest> from_request(std::string_view text);

using GraphOrFinding = boost::system::result<rdf::Graph, Finding>;

/// JSON: `{"terms":[["i",iri],["b",name],["l",text,language,datatype]],"triples":[0,1,2],
/// "oddities":[[code,where,excerpt]]}`, or `{"finding":[code,where,excerpt]}`.
[[nodiscard]] std::string to_answer(GraphOrFinding const& outcome);

/// Believes nothing: the answer is that of a process that may be somebody else's by now.
/// \return  nothing if the text is none of to_answer
[[nodiscard]] std::optional<GraphOrFinding> from_answer(std::string_view text);

} // namespace terracat::helper
