// Vocabularies: any document is read or refused; one that is cut into pieces says in them what it
// says as a whole.

#include "fuzz/fuzz.hpp"

#include "helper/rdf_answer.hpp"
#include "vocabulary/formats.hpp"
#include "vocabulary/pieces.hpp"
#include "vocabulary/read.hpp"
#include "vocabulary/thesaurus.hpp"

#include <terracat/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace terracat::fuzz {
namespace {

using vocabulary::Syntax;

helper::RdfReader& reader() {
  static helper::RdfReader it;
  return it;
}

class ParserHere : public rdf::Parser {
 public:
  [[nodiscard]] boost::system::result<rdf::Graph, Finding>
  parse(std::string_view document, rdf::Syntax syntax, std::string_view base) override {
    return reader().read({.syntax = syntax, .base = base, .document = document});
  }
};

/// \return  nothing if it cannot be cut
std::optional<std::vector<std::string>> cut(std::string_view input, Syntax syntax) {
  vocabulary::Document document(input);
  constexpr std::size_t small = 16;
  auto const pieces = vocabulary::pieces_of(document, syntax, {.piece = small});
  std::vector<std::string> out;
  for (;;) {
    auto const next = pieces->next();
    if (!next) return std::nullopt;
    if (!*next) return out;
    out.push_back((*next)->text);
    require(out.size() <= input.size() + 1, "the pieces come to an end", input);
  }
}

void check_json(std::string_view input) {
  auto const pieces = cut(input, Syntax::json_ld);
  json::Parser parser;
  if (!pieces || !parser.parse(input)) return;
  for (auto const& piece : *pieces) {
    require(bool(parser.parse(piece)), "a piece of valid JSON is valid JSON", piece);
  }
}

void check_reading(std::string_view input) {
  ParserHere parser;
  auto draft = vocabulary::read(input, "test", parser);
  if (!draft) return;
  for (std::size_t i = 0; i < draft->size(); ++i) {
    auto const described = draft->at(i);
    require(described.uri.find(':') != std::string::npos, "a concept has an address", input);
    for (auto const& label : described.labels) {
      require(!label.text.empty() && json::is_utf8(label.text), "a label is a text", input);
    }
  }
  auto const concepts = draft->size();
  std::vector<vocabulary::Draft> drafts;
  drafts.push_back(std::move(*draft));
  vocabulary::Thesaurus const all(std::move(drafts));
  require(all.size() <= concepts, "what is described is a concept once", input);
}

} // namespace

void try_input(std::string_view input) {
  check_reading(input);
  // Parsers forgive malformed documents other things as a whole than in pieces, so only sound ones
  // are held against their pieces (pieces_test).
  static_cast<void>(cut(input, Syntax::turtle));
  static_cast<void>(cut(input, Syntax::rdf_xml));
  check_json(input);
}

} // namespace terracat::fuzz

/// raptor2 loses a few bytes of some malformed texts; in the program it works in a process that
/// ends.
extern "C" char const* __lsan_default_suppressions() { // NOLINT: the sanitizer calls it so
  return "leak:libraptor2";
}
