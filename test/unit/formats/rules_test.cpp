#include "formats/rules/rule_set.hpp"

#include "formats/record_json.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::formats;
using namespace terracat::formats::rules;
using Strings = std::vector<std::string>;

namespace {

constexpr auto xml_document = R"(<g:record xmlns:g="urn:g" id="r1">
  <g:name>Sea  temperature</g:name>
  <g:name xml:lang="fr">Température de la mer</g:name>
  <g:group kind="theme"><g:word>ocean</g:word><g:word>heat</g:word></g:group>
  <g:group kind="place"><g:word>Brest</g:word></g:group>
  <g:box><g:west>-5,5</g:west><g:east>-4</g:east><g:south>48</g:south><g:north>48.5</g:north></g:box>
  <g:from>31/12/2015</g:from>
  <g:to>2016</g:to>
  <g:rights>Licence Ouverte / Etalab 2.0</g:rights>
  <g:ref>see DOI</g:ref>
  <g:blank> </g:blank>
</g:record>)";

constexpr auto json_document = R"({"id": "r1", "a/b": "slash",
  "titles": [{"lang": "en", "text": "Wind"}, {"lang": "fr", "text": "Vent"}],
  "tags": ["air; wind", "speed"], "box": [1, 2, 3.5, 4], "open": true, "none": null,
  "doi": "https://doi.org/10.5072/ABC"})";

Strings texts(Finds const& finds) {
  Strings out;
  for (auto const& said : finds.said) out.push_back(said.text);
  return out;
}

Strings places(Finds const& finds) {
  Strings out;
  for (auto const& said : finds.said) out.push_back(said.where());
  return out;
}

Strings in_xml(std::string_view path) {
  static auto const document = *xml::Document::parse(xml_document);
  Budget budget;
  return texts(Place::parse(Syntax::xml, path).value().find(document.root(), budget));
}

Strings in_json(std::string_view path) {
  static auto const document = json::Document::parse(json_document).value();
  Budget budget;
  return texts(Place::parse(Syntax::json, path).value().find(document.root(), budget));
}

std::string fault_of(Syntax syntax, std::string_view path) {
  auto const place = Place::parse(syntax, path);
  return place ? "" : place.error().detail;
}

Strings faults_of(std::string_view rules) {
  Strings faults;
  static_cast<void>(RuleSet::parse(rules, faults));
  return faults;
}

/// A record as a mapping leaves it, with a title, two keywords, a contact and a period.
model::RecordParts mapped() {
  model::RecordParts out;
  out.native_id = "r1";
  out.type = "dataset";
  out.title = model::LocalText("en", "Mapped");
  out.keyword_sets = {{.kind = "",
                       .thesaurus = {},
                       .thesaurus_uri = {},
                       .keywords = {{.label = model::LocalText("sea"), .uri = {}}}}};
  out.contacts.push_back({.name = "Doe", .roles = {"pointOfContact", "author"}});
  auto const year = [](int y) {
    return model::Bound::at(model::parse_rfc3339(std::to_string(y) + "-01-01T00:00:00Z").value(),
                            model::Precision::year);
  };
  out.temporal.push_back({.interval = model::Interval::make(year(2001), year(2002)).value(),
                          .start_text = "2001",
                          .end_text = "2002"});
  return out;
}

struct Outcome {
  model::Record record;
  std::vector<Finding> findings;
  std::vector<Mark> marks;
};

/// What the rules make of `mapped()`. \param list  what stands in `rule`
Outcome applied(std::string const& list, std::string_view document = xml_document,
                std::string_view documents = "xml") {
  Strings faults;
  auto const rules = RuleSet::parse(
      R"({"documents":")" + std::string(documents) + R"(","rule":[)" + list + "]}", faults);
  REQUIRE(faults.empty());
  json::Parser parser;
  ReadContext const context{.address = "https://example.org/r1.xml",
                            .language = "en",
                            .local_assets = {},
                            .json = parser};
  Reading reading{.resource = model::Record::make(mapped()).value(), .findings = {}};
  std::vector<Mark> marks;
  rules.apply(document, context, reading, &marks);
  return {std::get<model::Record>(reading.resource), reading.findings, marks};
}

std::string text(model::LocalText const& all, std::string_view language) {
  return std::string(all.in(language));
}

} // namespace

TEST_CASE("paths lead through elements by their local names") {
  CHECK(in_xml("/record/name") == Strings{"Sea  temperature", "Température de la mer"});
  CHECK(in_xml("/x:record/y:name[2]") == Strings{"Température de la mer"});
  CHECK(in_xml("/record/name[3]").empty());
  CHECK(in_xml("/name").empty());
  CHECK(in_xml("//word") == Strings{"ocean", "heat", "Brest"});
  CHECK(in_xml("//group//word[1]") == Strings{"ocean", "Brest"});
  CHECK(in_xml("//record/@id") == Strings{"r1"});
  CHECK(in_xml("/record/*/word/text()") == Strings{"ocean", "heat", "Brest"});
  CHECK(in_xml("//blank").empty());
  CHECK(in_xml("/record/box") == Strings{"-5,5 -4 48 48.5"});
}

TEST_CASE("conditions choose among elements") {
  CHECK(in_xml("//group[@kind='place']/word") == Strings{"Brest"});
  CHECK(in_xml("//group[ word = \"heat\" ]/@kind") == Strings{"theme"});
  CHECK(in_xml("//group[word][2]/word") == Strings{"Brest"});
  CHECK(in_xml("/record[group/@kind='theme']/@id") == Strings{"r1"});
  CHECK(in_xml("//name[@lang]") == Strings{"Température de la mer"});
  CHECK(in_xml("//group[@none]").empty());
}

TEST_CASE("an element that two ways lead to is found once, where it stands") {
  auto const document = *xml::Document::parse("<a><a><b>x</b></a><b>y</b></a>");
  Budget budget;
  auto const finds = Place::parse(Syntax::xml, "//a//b").value().find(document.root(), budget);
  CHECK(texts(finds).size() == 2);
  auto where = places(finds);
  std::ranges::sort(where);
  CHECK(where == Strings{"/a/a/b", "/a/b"});
}

TEST_CASE("pointers lead through JSON, a star to all") {
  CHECK(in_json("/titles/1/text") == Strings{"Vent"});
  CHECK(in_json("/titles/*/text") == Strings{"Wind", "Vent"});
  CHECK(in_json("/a~1b") == Strings{"slash"});
  CHECK(in_json("/tags") == Strings{"air; wind", "speed"});
  CHECK(in_json("/box") == Strings{"1", "2", "3.5", "4"});
  CHECK(in_json("/open") == Strings{"true"});
  CHECK(in_json("/none").empty());
  CHECK(in_json("/titles").empty());
  CHECK(in_json("/titles/01/text").empty());
  CHECK(in_json("/missing/*/x").empty());
}

TEST_CASE("what is no path is told with the place of the fault") {
  CHECK(fault_of(Syntax::xml, "record") == "expected '/' or '[' at character 1 of 'record'");
  CHECK(fault_of(Syntax::xml, "") == "expected a path such as /a/b or //b at character 1 of ''");
  CHECK(fault_of(Syntax::xml, "/a[b") == "expected ']' at character 5 of '/a[b'");
  CHECK(fault_of(Syntax::xml, "/a[0]") == "expected a position from 1 at character 4 of '/a[0]'");
  for (auto const* const path :
       {"/a/@b/c", "//@a", "/@a", "/a/..", "/a[last()]", "/a[b=c]", "/a|/b", "/ancestor::a",
        "/a/document('x')", "/$v", "/a[b='c]", "/a*", "/"}) {
    CAPTURE(path);
    CHECK_FALSE(fault_of(Syntax::xml, path).empty());
  }
  CHECK(fault_of(Syntax::json, "a/b") == "expected a JSON pointer such as /a/0/b");
  CHECK(fault_of(Syntax::json, "/a~2") == "expected ~0 or ~1 at character 3 of '/a~2'");
}

TEST_CASE("what a place costs is bounded") {
  std::string many = "<a>";
  for (int i = 0; i < 600; ++i) many += "<b>x</b>";
  auto const document = *xml::Document::parse(many + "</a>");
  auto const place = Place::parse(Syntax::xml, "//b").value();
  Budget enough;
  auto const finds = place.find(document.root(), enough);
  CHECK(finds.said.size() == 500);
  CHECK(finds.is_cut);
  Budget small(100);
  CHECK(place.find(document.root(), small).is_cut);
  CHECK(small.is_spent());
}

TEST_CASE("a rule fills what is missing, and leaves what is there") {
  auto const outcome = applied(R"({"field":"title","from":"/record/name"},
                                  {"field":"description","from":["/record/none","/record/name"]})");
  CHECK(text(outcome.record->title, "en") == "Mapped");
  CHECK(text(outcome.record->description, "en") == "Sea temperature");
  REQUIRE(outcome.record->inferences.size() == 1);
  CHECK(outcome.record->inferences[0].member == "mapping.description");
  CHECK(outcome.record->inferences[0].rule ==
        "rule 2 of the site's own mapping takes it from /record/name[1]");
  REQUIRE(outcome.marks.size() == 1);
  CHECK(outcome.marks[0].rule == 2);
  CHECK(outcome.marks[0].pointer == "/description/0");
  CHECK(outcome.marks[0].place == "/record/name[1]");
}

TEST_CASE("a rule with a language speaks of the text in that language alone") {
  auto const rule = [](std::string const& when) {
    return R"({"field":"title","language":"FR","from":"/record/name[@lang='fr']","when":")" + when +
           "\"}";
  };
  auto const added = applied(rule("missing")).record;
  CHECK(text(added->title, "en") == "Mapped");
  CHECK(text(added->title, "fr") == "Température de la mer");
  CHECK(applied(rule("always") + "," + rule("missing")).record->title == added->title);
}

TEST_CASE("a rule may count instead of the mapping, or beside it") {
  auto const replaced = applied(R"({"field":"title","from":"/record/name","when":"always"},
      {"field":"keyword","from":"//word","when":"always"})");
  CHECK(replaced.record->title == model::LocalText("en", "Sea temperature"));
  REQUIRE(replaced.record->keyword_sets.size() == 1);
  CHECK(replaced.record->keyword_sets[0].keywords.size() == 3);
  auto const added = applied(R"({"field":"keyword","from":"//word","when":"add"})");
  REQUIRE(added.record->keyword_sets.size() == 1);
  auto const& keywords = added.record->keyword_sets[0].keywords;
  REQUIRE(keywords.size() == 4);
  CHECK(keywords[0].label.first() == "sea");
  CHECK(keywords[3].label.first() == "Brest");
  CHECK(added.marks.back().pointer == "/keyword_sets/0/keywords/3");
  CHECK(added.marks.back().place == "/record/group[2]/word");
}

TEST_CASE("a rule that finds nothing takes nothing away") {
  auto const outcome = applied(R"({"field":"title","from":"/record/none","when":"always"},
      {"field":"keyword","from":"/record/none","when":"always"})");
  CHECK(*outcome.record == mapped());
  CHECK(outcome.findings.empty());
}

TEST_CASE("a constant, a table of values and a converter make the value") {
  auto const outcome = applied(R"({"field":"publisher","value":"Our institute"},
      {"field":"platform","from":"//group[1]/word","values":{"ocean":"Buoy","heat":"Float"}},
      {"field":"instrument","from":"//from","converter":"date"},
      {"field":"licence","from":"//rights","converter":"spdx"},
      {"field":"topic","value":"oceans;biota","converter":"split","separator":";"})");
  CHECK(outcome.findings.empty());
  REQUIRE(outcome.record->contacts.size() == 2);
  CHECK(outcome.record->contacts[1].organisation.first() == "Our institute");
  CHECK(outcome.record->contacts[1].roles == Strings{"publisher"});
  REQUIRE(outcome.record->platforms.size() == 2);
  CHECK(outcome.record->platforms[1].first() == "Float");
  CHECK(outcome.record->instruments.at(0).first() == "2015-12-31");
  CHECK(outcome.record->licences.at(0).spdx == "etalab-2.0");
  CHECK(outcome.record->topics == Strings{"oceans", "biota"});
  CHECK(outcome.record->inferences.at(0).rule == "rule 1 of the site's own mapping says so");
}

TEST_CASE("what a field cannot hold is told, and nothing changes") {
  auto const outcome = applied(R"({"field":"doi","from":"//ref"},
      {"field":"begin","from":"//ref","when":"always"},
      {"field":"topic","from":"//word"},
      {"field":"bbox","from":"//word"},
      {"field":"email","value":"nobody"},
      {"field":"theme","value":"javascript:x"},
      {"field":"licence","from":"//ref","converter":"spdx"},
      {"field":"platform","from":"//ref","values":{"x":"y"}})");
  CHECK(*outcome.record == mapped());
  REQUIRE(outcome.findings.size() == 10); // three words are no topics
  for (auto const& finding : outcome.findings) CHECK(finding.code == FindingCode::mapping_value);
  CHECK(outcome.findings[0].where == "/record/ref");
  CHECK(outcome.findings[0].excerpt == "rule 1, doi: see DOI");
}

TEST_CASE("of values of which one is right, it is put and the others are told") {
  auto const outcome = applied(R"({"field":"topic","from":["//none","//word"],"values":
      {"ocean":"oceans","heat":"no topic"}})");
  CHECK(outcome.record->topics == Strings{"oceans"});
  REQUIRE(outcome.findings.size() == 2);
  CHECK(outcome.findings[0].excerpt == "rule 1, topic: Brest");
  CHECK(outcome.findings[1].excerpt == "rule 1, topic: no topic");
}

TEST_CASE("the ends of a period are filled one by one") {
  auto const only_begin = applied(R"({"field":"begin","value":"1999-05","when":"always"})").record;
  CHECK(only_begin->temporal.at(0).start_text == "1999-05");
  CHECK(only_begin->temporal.at(0).end_text == "2002");
  CHECK(model::to_iso8601(*only_begin.period()->last()) == "2002-12-31T23:59:59.999Z");
  // The former end is before the new beginning.
  auto const both = applied(R"({"field":"begin","from":"//from","when":"always"},
                               {"field":"end","from":"//to","when":"always"})");
  CHECK(both.findings.empty());
  CHECK(model::to_iso8601(*both.record.period()->first()) == "2015-12-31T00:00:00Z");
  CHECK(model::to_iso8601(*both.record.period()->last()) == "2016-12-31T23:59:59.999Z");
  CHECK(applied(R"({"field":"begin","value":"1999"})").record->temporal == mapped().temporal);
}

TEST_CASE("a box is made of the texts of several places") {
  auto const outcome =
      applied(R"({"field":"bbox","from":"/record/box/*","converter":"west-east"})");
  CHECK(outcome.findings.size() == 1); // -5,5 is two numbers where commas part them
  auto const* const document = R"(<b><w>-5.5</w><e>-4</e><s>48</s><n>48.5</n></b>)";
  auto const right = applied(R"({"field":"bbox","from":"/b/*","converter":"west-east"})", document);
  CHECK(right.findings.empty());
  auto const box = right.record.bbox();
  REQUIRE(box);
  CHECK(box->west() == -5.5);
  CHECK(box->south() == 48);
  CHECK(box->east() == -4);
  CHECK(box->north() == 48.5);
}

TEST_CASE("rules read JSON as well") {
  auto const outcome = applied(R"({"field":"title","from":"/titles/*/text","when":"always"},
      {"field":"variable","from":"/tags","converter":"split","separator":";"},
      {"field":"doi","from":"/doi"}, {"field":"bbox","from":"/box"},
      {"field":"download","value":"ftp://ftp.example.org/r1"},
      {"field":"status","value":"ONGOING"})",
                               json_document, "json");
  CHECK(outcome.findings.empty());
  CHECK(outcome.record->title.first() == "Wind");
  REQUIRE(outcome.record->variables.size() == 3);
  CHECK(outcome.record->variables[1].first() == "wind");
  CHECK(outcome.record->identifiers.at(0).value == "10.5072/abc");
  CHECK(outcome.record.bbox()->east() == 3.5);
  CHECK(outcome.record->online.at(0).href == "ftp://ftp.example.org/r1");
  CHECK(outcome.record->status == "onGoing");
  CHECK(outcome.marks.at(1).place == "/tags/0");
}

TEST_CASE("always takes contacts away that have the role and the member") {
  auto const outcome = applied(R"({"field":"contact","value":"Martin","when":"always"},
      {"field":"email","value":"data@example.org"})");
  REQUIRE(outcome.record->contacts.size() == 3);
  CHECK(outcome.record->contacts[0].name == "Doe");
  CHECK(outcome.record->contacts[0].roles == Strings{"author"});
  CHECK(outcome.record->contacts[1].name == "Martin");
  CHECK(outcome.record->contacts[2].emails == Strings{"data@example.org"});
}

TEST_CASE("a document of another syntax is told, and constants count all the same") {
  auto const outcome = applied(R"({"field":"title","from":"/record/name","when":"always"},
      {"field":"lineage","value":"By hand"})",
                               json_document);
  CHECK(outcome.record->title.first() == "Mapped");
  CHECK(outcome.record->lineage.first() == "By hand");
  REQUIRE(outcome.findings.size() == 1);
  CHECK(outcome.findings[0].excerpt == "the places of the rules are of XML");
}

TEST_CASE("every field puts a value where its mark says") {
  struct Sample {
    std::string_view field;
    std::string value;
  };

  std::vector<Sample> const samples{{"language", "French"},
                                    {"metadata_language", "en"},
                                    {"identifier", "urn:x:y"},
                                    {"doi", "10.5072/x"},
                                    {"licence", "CC-BY-4.0"},
                                    {"period", "2001/2002"},
                                    {"begin", "2001"},
                                    {"end", "2002"},
                                    {"bbox", "1 2 3 4"},
                                    {"created", "2001-02-03"},
                                    {"updated", "2001-02-03"},
                                    {"publication", "2001-02-03"},
                                    {"revision", "2001-02-03"},
                                    {"link", "https://example.org/a"},
                                    {"download", "https://example.org/a"},
                                    {"type", "series"},
                                    {"status", "completed"},
                                    {"frequency", "daily"},
                                    {"topic", "oceans"},
                                    {"email", "a@example.org"},
                                    {"theme", "https://example.org/c"}};
  json::Parser parser;
  ReadContext const context{.address = {}, .language = {}, .local_assets = {}, .json = parser};
  for (auto const& field : fields()) {
    CAPTURE(field.name);
    auto const sample = std::ranges::find(samples, field.name, &Sample::field);
    auto const value = sample == samples.end() ? std::string("Some words") : sample->value;
    model::RecordParts record;
    record.native_id = "r1";
    CHECK_FALSE(field.is_said(record, {}));
    auto const pointer = field.put(record, {.text = value, .language = {}, .context = context});
    CHECK_FALSE(pointer.empty());
    CHECK(field.is_said(record, {}));
    if (record.title.empty()) record.title = model::LocalText("Title");
    auto const stored = to_record_json(model::Record::make(record).value());
    auto const document = json::Document::parse(stored).value();
    auto const last = pointer.substr(0, pointer.find('/', 1));
    CHECK(document.root().member(last.substr(1)));
    Strings faults;
    static_cast<void>(RuleSet::parse(R"({"rule":[{"field":")" + std::string(field.name) +
                                         R"(","value":")" + value + R"("}]})",
                                     faults));
    CHECK(faults.empty());
  }
}

TEST_CASE("everything that is wrong with rules is told with their number") {
  CHECK(faults_of("").empty());
  CHECK(faults_of("{}") == Strings{"expected 1 to 300 tables [[rule]]"});
  CHECK(faults_of(R"({"documents":"yaml","rule":[{"field":"title","value":"x"}]})") ==
        Strings{R"(documents: expected "xml" (places are XPaths) or "json" (pointers))"});
  CHECK(faults_of(R"({"rule":[{"field":"title","from":"//a"}]})").size() == 1);
  CHECK(faults_of(R"({"rules":1,"rule":[{"field":"title","value":"x"}]})") ==
        Strings{"there is no such key as 'rules'; there are documents, rule"});
  auto const of_rule = [](std::string const& rule) {
    return faults_of(R"({"documents":"xml","rule":[{"field":"title","value":"x"},)" + rule + "]}");
  };
  CHECK(of_rule("1") == Strings{"rule 2: expected a table, as in [[rule]]"});
  CHECK(of_rule(R"({"field":"title"})") == Strings{"rule 2: expected from, or value"});
  CHECK(of_rule(R"({"field":"title","from":"//a","value":"x"})") ==
        Strings{"rule 2: expected either from or value"});
  CHECK(of_rule(R"({"field":"title","from":"a"})") ==
        Strings{"rule 2: from: expected '/' or '[' at character 1 of 'a'"});
  CHECK(of_rule(R"({"field":"title","from":[]})") ==
        Strings{"rule 2: from: expected 1 to 20 places"});
  CHECK(of_rule(R"({"field":"title","value":"x","when":"add"})") ==
        Strings{R"(rule 2: when: title holds one value; expected "missing" or "always")"});
  CHECK(of_rule(R"({"field":"title","value":"x","when":"often"})") ==
        Strings{R"(rule 2: when: expected "missing", "always" or "add")"});
  CHECK(of_rule(R"({"field":"doi","value":"x","language":"fr"})") ==
        Strings{"rule 2: language: doi is the same in every language"});
  CHECK(of_rule(R"({"field":"title","value":"x","converter":"split"})") ==
        Strings{"rule 2: separator: expected a text"});
  CHECK(of_rule(R"({"field":"title","value":"x","separator":";"})") ==
        Strings{"rule 2: separator: expected with a converter that has one"});
  CHECK(of_rule(R"({"field":"titel","value":"x","ifs":1})").size() == 2);
  CHECK(of_rule(R"({"field":"title","value":" "})").size() == 1);
  CHECK(of_rule(R"({"field":"title","value":"x","values":{"a":1}})") ==
        Strings{"rule 2: values: expected a text for 'a'"});
}

TEST_CASE("converters make of a text what they say") {
  auto const made = [](std::string_view name, std::string_view text,
                       std::string_view separator = "") {
    return find_converter(name)->convert(text, separator).value_or(Strings{"(refused)"});
  };
  CHECK(made("date", "décembre 2015") == Strings{"2015-12"});
  CHECK(made("date", "2015") == Strings{"2015"});
  CHECK(made("date", "2015-12-31T10:00:00Z") == Strings{"2015-12-31T10:00:00Z"});
  CHECK(made("date", "soon") == Strings{"(refused)"});
  CHECK(made("number", "2,5") == Strings{"2.5"});
  CHECK(made("number", "many") == Strings{"(refused)"});
  CHECK(made("split", "a | b||c ", "|") == Strings{"a", "b", "c"});
  CHECK(made("last", "Earth > Sea > Ice", ">") == Strings{"Ice"});
  CHECK(made("doi", "https://doi.org/10.5072/AB") == Strings{"10.5072/ab"});
  CHECK(made("doi", "none") == Strings{"(refused)"});
  CHECK(made("spdx", "cc-by-4.0") == Strings{"CC-BY-4.0"});
  CHECK(made("language", "fre") == Strings{"fr"});
  CHECK(made("plain", "<p>a</p>") == Strings{"a"});
  CHECK(made("latitude-first", "48 -5 49 -4") == Strings{"-5 48 -4 49"});
  CHECK(made("west-east", "-5 -4 48 49") == Strings{"-5 48 -4 49"});
  CHECK(find_converter("none") == nullptr);
}
