#include "iso_support.hpp"

#include <chrono>

using namespace terracat;
using namespace terracat::test;

namespace {

formats::ReadResult read(std::string_view document) {
  json::Parser parser;
  return formats::read_iso19139(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = parser});
}

std::string record(std::string_view inside, std::string_view before = {}) {
  return std::string(before) +
         "<gmd:MD_Metadata xmlns:gmd='http://www.isotc211.org/2005/gmd' "
         "xmlns:gco='http://www.isotc211.org/2005/gco' xmlns:gml='http://www.opengis.net/gml'>"
         "<gmd:fileIdentifier><gco:CharacterString>a</gco:CharacterString></gmd:fileIdentifier>"
         "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>"
         "<gmd:title><gco:CharacterString>A</gco:CharacterString></gmd:title>"
         "</gmd:CI_Citation></gmd:citation>" +
         std::string(inside) +
         "</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>";
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

} // namespace

TEST_CASE("a record in a wrapper of a foreign namespace is read") {
  auto const wrapped = "<o:metadata xmlns:o='u:other'><o:record><o:beside/>" + record("") +
                       "</o:record></o:metadata>";
  auto const reading = read(wrapped);
  REQUIRE(reading);
  CHECK(std::get<model::Record>(reading->resource)->title == model::LocalText("A"));
}

TEST_CASE("a wrapped record of a namespace that is none of ISO's is refused") {
  auto text = "<GetRecordByIdResponse>" + record("") + "</GetRecordByIdResponse>";
  auto const year = text.find("/2005/gmd");
  auto const reading = read(text.replace(year, 5, "/1999"));
  REQUIRE_FALSE(reading);
  CHECK(reading.error().code == FindingCode::no_identifier);
}

TEST_CASE("a document cut off anywhere is refused, never worse") {
  for (auto const* const name : {"formats/iso/full_19139.xml", "formats/iso/box_swapped.xml"}) {
    auto const whole = fixture(name);
    auto const end = whole.rfind('>');
    // Each byte of the small one, every seventh of the large one.
    std::size_t const step = whole.size() > 5'000 ? 7 : 1;
    for (std::size_t length = 0; length < end; length += step) {
      if (read(std::string_view(whole).substr(0, length))) FAIL(name << " at " << length);
    }
  }
}

TEST_CASE("a document with any byte changed is read or refused") {
  auto const whole = fixture("formats/iso/periods.xml");
  std::size_t read_anyway = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (auto const byte : {'\0', '<', '&', '\xFF', '9'}) {
      auto changed = whole;
      changed[at] = byte;
      if (read(changed)) ++read_anyway;
    }
  }
  // A digit within a text does no harm.
  CHECK(read_anyway > 100);
}

TEST_CASE("entities are refused in records too") {
  CHECK(codes_of(read(
            record("<gmd:abstract><gco:CharacterString>&x;</gco:CharacterString></gmd:abstract>",
                   "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"))) ==
        Codes{FindingCode::xml_entity});
}

TEST_CASE("texts are clean, whatever was in them") {
  auto const result = read(record("<gmd:abstract><gco:CharacterString>a\x01&#2;b\x7F"
                                  "</gco:CharacterString></gmd:abstract>"));
  CHECK(parts_of(result).description == model::LocalText("ab"));
}

TEST_CASE("very many elements of one kind are bounded") {
  auto const started = std::chrono::steady_clock::now();
  auto const contact = "<gmd:pointOfContact><gmd:CI_ResponsibleParty><gmd:individualName>"
                       "<gco:CharacterString>x</gco:CharacterString></gmd:individualName>"
                       "</gmd:CI_ResponsibleParty></gmd:pointOfContact>";
  CHECK(parts_of(read(record(repeated(contact, 50'000)))).contacts.size() == 1);
  auto const date = "<gmd:extent><gmd:EX_Extent><gmd:temporalElement><gmd:EX_TemporalExtent>"
                    "<gmd:extent><gml:TimeInstant><gml:timePosition>x</gml:timePosition>"
                    "</gml:TimeInstant></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement>"
                    "</gmd:EX_Extent></gmd:extent>";
  auto const dates = read(record(repeated(date, 30'000)));
  REQUIRE(codes_of(dates).size() == 100 + 1);
  CHECK(dates->findings.back().code == FindingCode::more_than_taken);
  CHECK(dates->findings.back().excerpt == "temporal: 5000 taken, 25000 left out");
  auto const box =
      "<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox/>"
      "</gmd:geographicElement></gmd:EX_Extent></gmd:extent>";
  CHECK(parts_of(read(record(repeated(box, 60'000)))).spatial.empty());
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(60));
}

TEST_CASE("a text in very many languages is bounded") {
  std::string texts = "<gmd:abstract><gmd:PT_FreeText>";
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) {
      texts += "<gmd:textGroup><gmd:LocalisedCharacterString locale='#";
      texts += a;
      texts += b;
      texts += "'>x</gmd:LocalisedCharacterString></gmd:textGroup>";
    }
  }
  auto const result = read(record(texts + "</gmd:PT_FreeText></gmd:abstract>"));
  CHECK(parts_of(result).description.entries().size() == 64);
}
