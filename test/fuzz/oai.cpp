// An answer of OAI-PMH: each document in a list can stand alone.

#include "fuzz/fuzz.hpp"

#include "formats/xml/xml.hpp"
#include "kinds/oai_pmh/answer.hpp"
#include <terracat/json.hpp>

namespace terracat::fuzz {
namespace {

namespace oai = kinds::oai_pmh;

void require_utf8(std::string_view text, std::string_view input) {
  if (json::is_utf8(input)) require(json::is_utf8(text), "what a repository says is UTF-8", input);
}

void check(oai::List const& list, std::string_view input) {
  for (auto const& record : list.records) {
    require_utf8(record.identifier, input);
    if (record.bytes.empty()) continue;
    auto const document =
        formats::xml::Document::parse(record.bytes, {}, formats::xml::Keep::everything);
    if (!document) continue; // some attributes more than are read
    require(formats::xml::standalone(document->root()) == record.bytes, "a document stands alone",
            record.bytes);
  }
  if (list.token) require_utf8(list.token->text, input);
}

} // namespace

void try_input(std::string_view input) {
  auto const answer = oai::read_answer(input);
  if (auto const* const finding = std::get_if<Finding>(&answer)) {
    require(severity(finding->code) == Severity::refused, "an answer is refused for a reason",
            name(finding->code));
    return;
  }
  auto const& content = std::get<oai::Answer>(answer).content;
  if (auto const* const list = std::get_if<oai::List>(&content)) check(*list, input);
  if (auto const* const error = std::get_if<oai::Error>(&content)) {
    require_utf8(error->sentence(), input);
  }
}

} // namespace terracat::fuzz
