#include "helper/rdf_client.hpp"

#include "helper/rdf_scan.hpp"
#include "helper/rdf_text.hpp"

namespace terracat::helper {

boost::system::result<rdf::Graph, Finding>
RdfClient::parse(std::string_view document, rdf::Syntax syntax, std::string_view base) {
  constexpr std::size_t most = RdfLimits().bytes;
  if (document.size() > most) {
    return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
  }
  auto const answer = pool_.ask(to_request({.syntax = syntax, .base = base, .document = document}));
  if (!answer) {
    return Finding{
        .code = FindingCode::parser_crash, .where = {}, .excerpt = excerpt(answer.error().how)};
  }
  auto outcome = from_answer(*answer);
  if (!outcome) {
    return Finding{
        .code = FindingCode::parser_crash, .where = {}, .excerpt = "an answer that is none"};
  }
  return std::move(*outcome);
}

} // namespace terracat::helper
