#include "formats/words/contact_book.hpp"
#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::Contact;
using model::LocalText;

namespace {

LinkReading href_of(std::string_view text, std::string address = {},
                    std::string local_assets = {}) {
  json::Parser parser;
  ReadContext const context{.address = std::move(address),
                            .language = {},
                            .local_assets = std::move(local_assets),
                            .json = parser};
  return read_link(text, context);
}

Contact contact(std::string name, LocalText organisation, std::vector<std::string> emails,
                std::vector<std::string> roles) {
  Contact made;
  made.name = std::move(name);
  made.organisation = std::move(organisation);
  made.emails = std::move(emails);
  made.roles = std::move(roles);
  return made;
}

} // namespace

TEST_CASE("links of safe schemes are kept, others refused") {
  CHECK(href_of("https://e.org/a b").href == "https://e.org/a%20b");
  CHECK(href_of("s3://bucket/key").href == "s3://bucket/key");
  CHECK_FALSE(href_of("ftp://e.org/x").finding);
  for (auto const* const text : {"javascript:alert(1)", "JavaScript:alert(1)", "file:///etc/passwd",
                                 "data:text/html,x", "C:\\data\\x.nc", "\\\\server\\share",
                                 "Server=a; Service=b", "see the web site", "local://srv/api"}) {
    INFO(text);
    CHECK(href_of(text).href.empty());
    CHECK(href_of(text).finding == FindingCode::href_refused);
  }
  CHECK(href_of("-- lien --").finding == FindingCode::text_placeholder);
  CHECK_FALSE(href_of("").finding);
}

TEST_CASE("a password in a link is remarked") {
  CHECK(href_of("https://user:secret@e.org/x").href == "https://user:secret@e.org/x");
  CHECK(href_of("https://user:secret@e.org/x").finding == FindingCode::href_credentials);
  CHECK_FALSE(href_of("https://e.org/a:b@c").finding);
}

TEST_CASE("a relative link is resolved against the address of a file only") {
  CHECK(href_of("b.png", "https://e.org/waf/a.xml").href == "https://e.org/waf/b.png");
  CHECK(href_of("../b.png", "https://e.org/waf/a.xml").href == "https://e.org/b.png");
  for (auto const* const address :
       {"", "https://e.org/csw", "https://e.org/csw?request=GetRecords&x=a.xml", "https://e.org"}) {
    INFO(address);
    CHECK(href_of("b.png", address).finding == FindingCode::href_relative);
  }
  CHECK(href_of("#part", "https://e.org/waf/a.xml").finding == FindingCode::href_relative);
}

TEST_CASE("a web address without scheme is completed") {
  CHECK(href_of("www.e.org/x").href == "http://www.e.org/x");
  CHECK(href_of("www.e.org/x").finding == FindingCode::href_completed);
  CHECK(href_of("//e.org/x").href == "https://e.org/x");
}

TEST_CASE("relative links name files of the site, and none outside of its folder") {
  CHECK(href_of("data/x.nc", {}, "loire/2020/").href == "terracat-asset:loire/2020/data/x.nc");
  CHECK(href_of("./a/../x.nc", {}, "loire").href == "terracat-asset:loire/x.nc");
  CHECK(href_of("../x.nc", {}, "loire/").finding == FindingCode::href_refused);
  CHECK(href_of("a/../../x.nc", {}, "loire/").finding == FindingCode::href_refused);
  CHECK(href_of("/etc/passwd", {}, "loire/").finding == FindingCode::href_refused);
  CHECK(href_of("https://e.org/x", {}, "loire/").href == "https://e.org/x");
}

TEST_CASE("media types are found in protocols and in names of files") {
  CHECK(media_type_in("text/csv") == "text/csv");
  CHECK(media_type_in("WWW:DOWNLOAD:Text/CSV") == "text/csv");
  CHECK(media_type_in("http://inspire.ec.europa.eu/media-types/application/x-shapefile") ==
        "application/x-shapefile");
  CHECK(media_type_in("application/json; charset=utf-8") == "application/json");
  CHECK(media_type_in("OGC:WMS").empty());
  CHECK(media_type_in("either/or").empty());
  CHECK(media_type_in("context/csv").empty());
  CHECK(media_type_of_name("https://e.org/a/b.TIFF?x=1#y") == "image/tiff");
  CHECK(media_type_of_name("https://e.zip").empty());
  CHECK(media_type_of_name("https://e.org/a.d/b").empty());
  CHECK(media_type_of_name("b.unknown").empty());
}

TEST_CASE("one agent with several roles is one contact") {
  ContactBook book;
  book.add(contact("Ada Li", LocalText("Lab"), {"ada@e.org"}, {"author"}));
  book.add(contact("ADA LI", LocalText("lab"), {"Ada@E.org"}, {"pointOfContact"}));
  book.add(contact("Ada Li", LocalText("Lab"), {}, {"author", "owner"}));
  auto const contacts = book.take();
  REQUIRE(contacts.size() == 1);
  CHECK(contacts[0].roles == std::vector<std::string>{"author", "pointOfContact", "owner"});
  CHECK(contacts[0].emails == std::vector<std::string>{"ada@e.org"});
}

TEST_CASE("an organisation is one contact in whichever of its languages it is named") {
  LocalText three("en", "Institute");
  three.add("fr", "Institut");
  three.add("de", "Anstalt");
  ContactBook book;
  book.add(contact("", LocalText("fr", "Institut"), {}, {"owner"}));
  book.add(contact("", three, {"info@e.org"}, {"publisher"}));
  book.add(contact("", LocalText("de", "Anstalt"), {}, {"distributor"}));
  auto const contacts = book.take();
  REQUIRE(contacts.size() == 1);
  CHECK(contacts[0].organisation.entries().size() == 3);
  CHECK(contacts[0].roles.size() == 3);
}

TEST_CASE("different agents stay apart") {
  ContactBook book;
  book.add(contact("", LocalText("Lab"), {"a@e.org"}, {}));
  book.add(contact("", LocalText("Lab"), {"b@e.org"}, {}));
  book.add(contact("Ada Li", LocalText("Lab"), {"a@e.org"}, {}));
  book.add(contact("", LocalText("Other lab"), {"a@e.org"}, {}));
  book.add(contact("", {}, {"a@e.org"}, {}));
  book.add(contact("", {}, {"c@e.org"}, {}));
  CHECK(book.take().size() == 6);
}

TEST_CASE("an ORCID joins what names would keep apart") {
  auto first = contact("A. Li", LocalText("Lab"), {}, {"author"});
  first.orcid = "0000-0002-1825-0097";
  auto second = contact("Ada Li", LocalText("Institute"), {}, {"owner"});
  second.orcid = first.orcid;
  ContactBook book;
  book.add(first);
  book.add(second);
  CHECK(book.take().size() == 1);
}

TEST_CASE("a contact without anybody is left out") {
  ContactBook book;
  auto nobody = contact("", {}, {}, {"owner"});
  nobody.url = "https://e.org";
  nobody.phones = {"1"};
  book.add(nobody);
  CHECK(book.take().empty());
}
