// A page of a CSW, in which each document can stand alone, or of the index of a GeoNetwork.

#include "fuzz/fuzz.hpp"

#include "kinds/geonetwork/index_page.hpp"
#include "kinds/xml_answer.hpp"
#include <terracat/json.hpp>
#include <terracat/kind.hpp>

namespace terracat::fuzz {
namespace {

/// In a page that declares nothing, the document is the same.
void check_listed(kinds::Listed const& listed) {
  require(json::is_utf8(listed.native_id) || !json::is_utf8(listed.bytes),
          "an identifier is UTF-8 where its document is", listed.bytes);
  auto const element = listed.bytes.substr(listed.bytes.find("?>") + 2); // behind the declaration
  auto const page =
      "<GetRecordsResponse><SearchResults>" + element + "</SearchResults></GetRecordsResponse>";
  auto const answer = kinds::read_answer(page);
  auto const* const again = std::get_if<kinds::Results>(&answer);
  if (again == nullptr) return; // two levels or some attributes more than are read
  require(again->records.size() == 1, "a document of a page is one document", page);
  require(again->records.front().bytes == listed.bytes &&
              again->records.front().native_id == listed.native_id,
          "a document stands alone", page);
}

void check_index_page(std::string_view input) {
  try {
    for (auto const& id : kinds::geonetwork::read_index_page(input).ids) {
      require(json::is_utf8(id), "an identifier is UTF-8", id);
    }
  } catch (kinds::ProtocolError const& error) {
    require(json::is_utf8(error.what()), "a page is refused with a sentence");
  }
}

} // namespace

void try_input(std::string_view input) {
  check_index_page(input);
  auto const answer = kinds::read_answer(input);
  if (auto const* const finding = std::get_if<Finding>(&answer)) {
    require(severity(finding->code) == Severity::refused, "a page is refused for a reason",
            name(finding->code));
  }
  auto const* const exception = std::get_if<kinds::Exception>(&answer);
  if (exception != nullptr && json::is_utf8(input)) {
    require(json::is_utf8(exception->sentence()), "an exception is told in UTF-8");
  }
  if (auto const* const results = std::get_if<kinds::Results>(&answer)) {
    for (auto const& listed : results->records) check_listed(listed);
  }
}

} // namespace terracat::fuzz
