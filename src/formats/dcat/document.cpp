#include "formats/dcat/document.hpp"

#include "formats/dcat/contexts.hpp"
#include "formats/xml/xml_encoding.hpp"

#include <algorithm>
#include <stdexcept>

namespace terracat::formats::dcat {
namespace {

using terracat::rdf::Syntax;

constexpr std::string_view mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n";

std::string_view without_mark(std::string_view text) {
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text;
}

} // namespace

bool looks_like_xml(std::string_view document) {
  if (document.starts_with("\xFF\xFE") || document.starts_with("\xFE\xFF")) return true;
  auto const text = without_blanks(without_mark(document));
  if (text.starts_with("<?") || text.starts_with("<!")) return true;
  if (!text.starts_with('<')) return false;
  constexpr std::size_t longest_tag = 65'536;
  return text.substr(0, std::min(text.find('>'), longest_tag)).find("xmlns") !=
         std::string_view::npos;
}

bool looks_like_json(std::string_view document) {
  auto const text = without_blanks(without_mark(document));
  if (text.starts_with('{')) return true;
  return text.starts_with('[') && without_blanks(text.substr(1)).starts_with('{');
}

boost::system::result<terracat::rdf::Graph, Finding> graph_of(std::string_view document,
                                                              ReadContext const& context) {
  bool const has_address =
      context.address.starts_with("http://") || context.address.starts_with("https://");
  std::string_view const base = has_address ? context.address : terracat::rdf::no_base;
  if (looks_like_json(document)) {
    return graph::read_json_ld(document, base, context.json, contexts_elsewhere());
  }
  if (context.rdf == nullptr) throw std::logic_error("RDF is read without a parser for it");
  if (looks_like_xml(document)) {
    auto const text = xml::to_utf8(document);
    if (!text) return Finding{.code = FindingCode::not_utf8, .where = {}, .excerpt = {}};
    return context.rdf->parse(*text, Syntax::rdf_xml, base);
  }
  // Of Turtle, N-Triples are a part.
  return context.rdf->parse(without_mark(document), Syntax::turtle, base);
}

} // namespace terracat::formats::dcat
