// What raptor2 makes of documents, what it is kept from, and how both cross to another process.

#include "helper/rdf_answer.hpp"
#include "helper/rdf_client.hpp"

#include "support/catch.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>

using namespace terracat;
using helper::GraphOrFinding;
using helper::RdfReader;
using rdf::Syntax;
using Strings = std::vector<std::string>;

namespace {

std::string text_of(rdf::Term const& term) {
  switch (term.kind) {
  case rdf::TermKind::iri:
    return "<" + term.text + ">";
  case rdf::TermKind::blank:
    return "_:" + term.text;
  default:
    return '"' + term.text + '"' + (term.language.empty() ? "" : "@" + term.language) +
           (term.datatype.empty() ? "" : "^^" + term.datatype);
  }
}

/// `s p o` of each triple, or the code of the finding with its place.
Strings shown(GraphOrFinding const& outcome) {
  if (!outcome) {
    auto const& finding = outcome.error();
    return {std::string(name(finding.code)) +
            (finding.where.empty() ? "" : " at " + finding.where + ": " + finding.excerpt)};
  }
  Strings out;
  for (auto const& [subject, predicate, object] : outcome->triples) {
    out.push_back(text_of(outcome->terms.at(subject)) + " " +
                  text_of(outcome->terms.at(predicate)) + " " + text_of(outcome->terms.at(object)));
  }
  for (auto const& oddity : outcome->oddities) {
    out.push_back(std::string(name(oddity.code)) + " at " + oddity.where + ": " + oddity.excerpt);
  }
  return out;
}

Strings read(std::string_view document, Syntax syntax) {
  return shown(
      RdfReader().read({.syntax = syntax, .base = "http://example.org/d/", .document = document}));
}

std::string rdf_xml(std::string_view content, std::string_view before = {}) {
  return std::string(before) +
         R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">)" +
         std::string(content) + "</r:RDF>";
}

/// A port of this machine that somebody might be made to ask for something.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address); // NOLINT: as sockets have it
    REQUIRE(::bind(socket_.number(), any, length) == 0);
    REQUIRE(::listen(socket_.number(), 16) == 0);
    REQUIRE(::getsockname(socket_.number(), any, &length) == 0);
    port_ = ntohs(address.sin_port);
  }

  [[nodiscard]] std::string address() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/x";
  }

  /// True if somebody has connected since the last call.
  [[nodiscard]] bool was_called() const {
    pollfd one{.fd = socket_.number(), .events = POLLIN, .revents = 0};
    if (::poll(&one, 1, 0) != 1) return false;
    Descriptor const connection(::accept(socket_.number(), nullptr, nullptr));
    return true;
  }

  void call() const {
    Descriptor const socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket.number(), reinterpret_cast<sockaddr*>(&address), // NOLINT
                      sizeof address) == 0);
  }

 private:
  Descriptor socket_;
  std::uint16_t port_ = 0;
};

/// Documents that want something from elsewhere.
Strings reaching_documents(std::string const& elsewhere) {
  auto const reference = rdf_xml(R"(<r:Description r:about="a"><e:b>&x;</e:b></r:Description>)");
  auto const plain = rdf_xml(R"(<r:Description r:about="a"><e:b>c</e:b></r:Description>)");
  auto const system = " SYSTEM \"" + elsewhere + "\"";
  auto const public_id = R"( PUBLIC "-//a//b" ")" + elsewhere + "\"";
  Strings out;
  for (auto const& [subset, body] : std::vector<std::pair<std::string, std::string>>{
           {"<!ENTITY x" + system + ">", reference},
           {"<!ENTITY x" + public_id + ">", reference},
           {"<!ENTITY % p" + system + ">%p;", plain},
           {"<!ENTITY % p" + public_id + ">%p;", plain},
           {"<!ENTITY % p \"<!ENTITY x SYSTEM '" + elsewhere + "'>\">%p;", reference},
           {"<!ENTITY % a '&#37;'><!ENTITY % p \"&#60;!ENTITY &#37; q SYSTEM '" + elsewhere +
                "'>&#37;q;\">%p;",
            plain},
           {"<!NOTATION n" + system + "><!ENTITY x" + system + " NDATA n>", plain},
       }) {
    out.push_back("<!DOCTYPE r [" + subset + "]>" + body);
  }
  out.push_back("<!DOCTYPE r" + system + ">" + plain);
  out.push_back("<!DOCTYPE r" + public_id + ">" + reference);
  out.push_back("<!DOCTYPE r" + system + " [<!ENTITY a 'b'>]>" + reference);
  out.push_back("<?xml-stylesheet href=\"" + elsewhere + R"(" type="text/xsl"?>)" + plain);
  out.push_back(rdf_xml(R"(<x:include xmlns:x="http://www.w3.org/2001/XInclude" href=")" +
                        elsewhere + "\"/>"));
  out.push_back(R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" )"
                R"(xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="a )" +
                elsewhere + "\"/>");
  return out;
}

} // namespace

TEST_CASE("rdf: RDF/XML") {
  CHECK(read(rdf_xml("<e:C r:about=\"one\"><e:p xml:lang=\"fr\">été</e:p>"
                     "<e:q r:datatype=\"http://t\">2</e:q><e:r r:resource=\"../x#y\"/></e:C>"),
             Syntax::rdf_xml) ==
        Strings{"<http://example.org/d/one> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                "<http://e.org/C>",
                "<http://example.org/d/one> <http://e.org/p> \"été\"@fr",
                "<http://example.org/d/one> <http://e.org/q> \"2\"^^http://t",
                "<http://example.org/d/one> <http://e.org/r> <http://example.org/x#y>"});
  CHECK(read(rdf_xml("<r:Description r:about=\"&xsd;a\"><e:p>b</e:p></r:Description>",
                     "<!DOCTYPE r [<!ENTITY xsd 'http://x/'>]>"),
             Syntax::rdf_xml) == Strings{"<http://x/a> <http://e.org/p> \"b\""});
}

TEST_CASE("rdf: Turtle and N-Triples") {
  CHECK(read("@prefix e: <http://e.org/> .\n<one> e:p [ e:q \"a\"@en, 2 ] .", Syntax::turtle) ==
        Strings{"_:b1 <http://e.org/q> \"a\"@en",
                "_:b1 <http://e.org/q> \"2\"^^http://www.w3.org/2001/XMLSchema#integer",
                "<http://example.org/d/one> <http://e.org/p> _:b1"});
  CHECK(read("<a:b> <a:c> _:d .\n_:d <a:e> \"\\u00e9\\n\" .\n", Syntax::n_triples) ==
        Strings{"<a:b> <a:c> _:b1", "_:b1 <a:e> \"é\n\""});
  CHECK(read("", Syntax::turtle).empty());
}

TEST_CASE("rdf: what is malformed is refused with its line, and nothing of it is taken") {
  CHECK(read("<a> <b> <c> .\n<d> <e> .\n", Syntax::turtle) ==
        Strings{"rdf-malformed at line 2: <d> <e> ."});
  CHECK(read(rdf_xml("\n<r:Description>\n</x>"), Syntax::rdf_xml) ==
        Strings{"rdf-malformed at line 3: </x></r:RDF>"});
  CHECK(read("{}", Syntax::n_triples).at(0).starts_with("rdf-malformed at line 1"));
}

TEST_CASE("rdf: what is not allowed but clear is read and told") {
  // As Sextant writes it: an address on the property, beside its value.
  CHECK(read(rdf_xml("\n<r:Description r:about=\"a:b\">\n<e:p r:about=\"c\">d</e:p>\n"
                     "<e:q>f</e:q></r:Description>"),
             Syntax::rdf_xml) == Strings{"<a:b> <http://e.org/p> \"d\"",
                                         "<a:b> <http://e.org/q> \"f\"",
                                         "rdf-repaired at line 3: <e:p r:about=\"c\">d</e:p>"});
}

TEST_CASE("rdf: a reader is as good after a malformed document as before it") {
  RdfReader reader;
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(reader.read({.syntax = Syntax::turtle, .base = "a:b", .document = "<a> <b> ["}));
    CHECK(
        shown(reader.read({.syntax = Syntax::turtle, .base = "a:b", .document = "<a:a> a <a:c>."}))
            .size() == 1);
  }
}

TEST_CASE("rdf: a graph is bounded") {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "<a:s> <a:p> " + std::to_string(i) + " .\n";
  RdfReader few({.triples = 19'999});
  auto const request =
      helper::RdfRequest{.syntax = Syntax::turtle, .base = "a:b", .document = many};
  CHECK(shown(few.read(request)) == Strings{"too-large"});
  RdfReader enough({.triples = 20'000});
  CHECK(shown(enough.read(request)).size() == 20'000);
  RdfReader short_texts({.bytes = 1'000});
  auto const text = "<a:s> <a:p> \"" + std::string(2'000, 'x') + "\" .";
  CHECK(shown(short_texts.read({.syntax = Syntax::turtle, .base = "a:b", .document = text})) ==
        Strings{"too-large"});
}

TEST_CASE("rdf: an encoding that a declaration claims is not believed") {
  CHECK(read("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" +
                 rdf_xml("<r:Description r:about=\"a:b\" e:p=\"é +ADw-\"/>"),
             Syntax::rdf_xml) == Strings{"<a:b> <http://e.org/p> \"é +ADw-\""});
}

TEST_CASE("rdf: nothing is fetched for a document, whoever looks at it") {
  Listener const listener;
  listener.call();
  REQUIRE(listener.was_called()); // it would notice
  RdfReader reader;
  auto const base = listener.address();
  for (auto const& document : reaching_documents(base)) {
    INFO(document);
    helper::RdfRequest const request{.syntax = Syntax::rdf_xml, .base = base, .document = document};
    static_cast<void>(reader.read(request));
    static_cast<void>(reader.parse(request)); // as if nobody had looked at it before
    CHECK_FALSE(listener.was_called());
  }
}

TEST_CASE("rdf: no file is read for a document") {
  RdfReader reader;
  for (auto const& document : reaching_documents("file:///etc/passwd")) {
    INFO(document);
    auto const outcome =
        reader.parse({.syntax = Syntax::rdf_xml, .base = "file:///etc/", .document = document});
    for (auto const& line : shown(outcome)) CHECK(line.find("root:") == std::string::npos);
  }
}

TEST_CASE("rdf: entities do not grow") {
  std::string subset = "<!ENTITY a0 'ha'>";
  for (int i = 1; i < 30; ++i) {
    auto const before = "&a" + std::to_string(i - 1) + ";";
    subset += "<!ENTITY a" + std::to_string(i) + " '" + before + before + "'>";
  }
  auto const document = rdf_xml("<r:Description r:about=\"a\"><e:b>&a29;</e:b></r:Description>",
                                "<!DOCTYPE r [" + subset + "]>");
  CHECK(read(document, Syntax::rdf_xml).at(0).starts_with("xml-entity"));
  CHECK_FALSE(RdfReader().parse({.syntax = Syntax::rdf_xml, .base = "a:b", .document = document}));
}

TEST_CASE("rdf: requests and answers cross as they are") {
  auto const text =
      helper::to_request({.syntax = Syntax::n_triples, .base = "http://b/", .document = "a\nb\n"});
  auto const request = helper::from_request(text);
  REQUIRE(request);
  CHECK(request->syntax == Syntax::n_triples);
  CHECK(request->base == "http://b/");
  CHECK(request->document == "a\nb\n");
  for (auto const* const bad : {"", "0", "0\n", "3\na\nb", "00\na\nb"}) {
    CHECK_FALSE(helper::from_request(bad));
  }
  rdf::Graph const graph{
      .terms =
          {{.text = "a:b"},
           {.kind = rdf::TermKind::blank, .text = "x"},
           {.kind = rdf::TermKind::literal, .text = "\"\n", .language = "fr", .datatype = "a:t"}},
      .triples = {{.subject = 1, .predicate = 0, .object = 2}},
      .oddities = {{.code = FindingCode::rdf_repaired, .where = "line 1", .excerpt = "<a>"}}};
  auto const back = helper::from_answer(helper::to_answer(graph));
  REQUIRE(back);
  REQUIRE(*back);
  CHECK((*back)->terms == graph.terms);
  CHECK((*back)->triples == graph.triples);
  CHECK((*back)->oddities == graph.oddities);
  auto const refused = helper::from_answer(helper::to_answer(
      Finding{.code = FindingCode::too_deep, .where = "line 2", .excerpt = "<a>"}));
  REQUIRE(refused);
  CHECK(shown(*refused) == Strings{"too-deep at line 2: <a>"});
}

TEST_CASE("rdf: an answer that a helper cannot have given is none") {
  for (auto const* const bad :
       {"", "[]", "{}", R"({"terms":[]})", R"({"terms":[],"triples":[0,0,0]})",
        R"({"terms":[["i","a"]],"triples":[0,0]})", R"({"terms":[["i","a"]],"triples":[0,0,1]})",
        R"({"terms":[["i","a"]],"triples":[0,0,-1]})",
        R"({"terms":[["i","a"]],"triples":[0,0,"0"]})", R"({"terms":[["x","a"]],"triples":[]})",
        R"({"terms":[["i"]],"triples":[]})", R"({"terms":[["i","a","",""]],"triples":[]})",
        R"({"terms":[["l","a"]],"triples":[]})",
        R"({"terms":[["i","a"],["l","a","",""]],"triples":[1,0,0]})",
        R"({"terms":[["i","a"],["b","a"]],"triples":[0,1,0]})",
        R"({"terms":[],"triples":[],"oddities":[["rdf-malformed","",""]]})", R"({"finding":[]})",
        R"({"finding":["date-repaired","",""]})", R"({"finding":["rdf-malformed","a"]})"}) {
    INFO(bad);
    CHECK_FALSE(helper::from_answer(bad));
  }
}

TEST_CASE("rdf: documents are read by another process") {
  std::size_t deaths = 0;
  helper::RdfClient client({.program = {.path = TERRACAT_HELPER_CHILD,
                                        .arguments = {"rdf", std::to_string(::getpid())},
                                        .environment = {},
                                        .folder = "/"},
                            .on_death = [&](std::string const&) { ++deaths; }});
  CHECK(shown(client.parse("<a> <b> \"c\" .", Syntax::turtle, rdf::no_base)) ==
        Strings{"<relative://document/a> <relative://document/b> \"c\""});
  CHECK(shown(client.parse(rdf_xml("<e:C r:about=\"a:b\"/>"), Syntax::rdf_xml, "http://b/")) ==
        Strings{"<a:b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e.org/C>"});
  CHECK(shown(client.parse("<a> <b> .", Syntax::turtle, "http://b/")) ==
        Strings{"rdf-malformed at line 1: <a> <b> ."});
  Listener const listener;
  for (auto const& document : reaching_documents(listener.address())) {
    static_cast<void>(client.parse(document, Syntax::rdf_xml, "http://b/"));
  }
  CHECK_FALSE(listener.was_called());
  CHECK(shown(client.parse(std::string((std::size_t{16} << 20) + 1, ' '), Syntax::turtle, "a:b")) ==
        Strings{"too-large"});
  CHECK(deaths == 0);
}

TEST_CASE("rdf: a helper that ends is a finding of the document") {
  helper::RdfClient client({.program = {.path = TERRACAT_HELPER_CHILD,
                                        .arguments = {"obey", std::to_string(::getpid())},
                                        .environment = {},
                                        .folder = "/"}});
  // It says the request again, which is no answer.
  CHECK(shown(client.parse("<a> <b> <c> .", Syntax::turtle, "a:b")) == Strings{"parser-crash"});
}
