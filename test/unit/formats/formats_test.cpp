#include "iso_support.hpp"

#include <set>

using namespace terracat;
using namespace terracat::test;

namespace {

std::string name_of(std::string_view document) {
  auto const* const format = formats::recognise(document);
  return format == nullptr ? std::string() : std::string(format->name);
}

formats::ReadResult read_as(std::string_view name, std::string_view document) {
  json::Parser parser;
  return formats::find(name)->read(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = parser});
}

} // namespace

TEST_CASE("formats are found by name, and names are not given twice") {
  std::set<std::string_view> names;
  for (auto const& format : formats::all()) {
    CHECK(names.insert(format.name).second);
    CHECK(formats::find(format.name) == &format);
    CHECK_FALSE(format.summary.empty());
    CHECK(format.media_type.find('/') != std::string_view::npos);
  }
  CHECK(names.contains("iso19139"));
  CHECK(names.contains("iso19115-3"));
  CHECK(formats::find("iso-19139") == nullptr);
}

TEST_CASE("documents are recognised by their roots") {
  CHECK(name_of(fixture("formats/iso/full_19139.xml")) == "iso19139");
  CHECK(name_of(fixture("formats/iso/full_19115_3.xml")) == "iso19115-3");
  CHECK(name_of(fixture("formats/iso/response.xml")) == "iso19139");
  CHECK(name_of(fixture("formats/iso/latin1.xml")) == "iso19139");
  CHECK(name_of(fixture("formats/iso/profile.xml")) == "iso19139");
  CHECK(name_of(fixture("formats/iso/exception.xml")).empty());
  CHECK(name_of("<MD_Metadata/>") == "iso19139");
  CHECK(name_of("<MD_Metadata xmlns='http://www.interlis.ch/INTERLIS2.2'/>").empty());
  CHECK(name_of("<a><b/></a>").empty());
  CHECK(name_of("").empty());
}

TEST_CASE("each reader refuses what is of the other encoding or of none") {
  CHECK(codes_of(read_as("iso19115-3", fixture("formats/iso/full_19139.xml"))) ==
        Codes{FindingCode::unexpected_root});
  CHECK(codes_of(read_as("iso19139", fixture("formats/iso/full_19115_3.xml"))) ==
        Codes{FindingCode::unexpected_root});
  CHECK(codes_of(read_as("iso19139", "<html/>")) == Codes{FindingCode::unexpected_root});
  CHECK(codes_of(read_as("iso19139", "{}")) == Codes{FindingCode::xml_malformed});
}

TEST_CASE("an answer with none or with several records is no record") {
  constexpr std::string_view record = "<g:MD_Metadata xmlns:g='http://www.isotc211.org/2005/gmd'/>";
  auto const answer = [&](std::string const& content) {
    return "<c:GetRecordsResponse xmlns:c='http://www.opengis.net/cat/csw/2.0.2'><c:SearchStatus/>"
           "<c:SearchResults>" +
           content + "</c:SearchResults></c:GetRecordsResponse>";
  };
  CHECK(codes_of(read_as("iso19139", answer(""))) == Codes{FindingCode::unexpected_root});
  CHECK(codes_of(read_as("iso19139", answer(std::string(record)))) ==
        Codes{FindingCode::no_identifier});
  CHECK(codes_of(read_as("iso19139", answer(std::string(record) + std::string(record)))) ==
        Codes{FindingCode::unexpected_root});
}
