// What data managers may say, what a record is with it, and that it stays through all that happens
// to the record.

#include "catalogue/corrections.hpp"
#include "catalogue/proof.hpp"
#include "formats/stac_text.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include <terracat/json.hpp>

using namespace terracat;
using Catch::Matchers::Contains;
using store::Correction;

namespace {

std::vector<std::string> const languages{"en", "fr"};
constexpr model::Instant noon{1'795'780'800'000}; // 2026-11-27T12:00:00Z

Correction correction(std::string const& field, std::string const& language,
                      std::string const& value, std::string const& native_id = "rain") {
  return {.key = {.source = "s", .native_id = native_id, .field = field, .language = language},
          .value = value,
          .author = "alice",
          .at = noon,
          .reason = ""};
}

model::Record record(model::LocalText title) {
  model::RecordParts parts;
  parts.native_id = "rain";
  parts.type = "dataset";
  parts.title = std::move(title);
  return model::Record::make(std::move(parts)).value();
}

model::LocalText rain() {
  model::LocalText text("fr", "Pluie");
  text.add("en", "Rain");
  return text;
}

std::string complaint(Result<catalogue::Wording> const& result) {
  return result ? "read as " + result->field + "=" + result->value : result.error().detail;
}

std::string value(std::string const& text) {
  auto const read = catalogue::read_wording(text, languages);
  return read ? read->value : "refused: " + read.error().detail;
}

/// Members of a collection as it is answered.
std::string answered(test::CatalogueUnderTest& site, std::string const& member,
                     std::string const& id = "rain") {
  auto view = site.view();
  auto const collection = view.collection(id);
  if (!collection) return "none";
  std::string out;
  view.append(*collection, "", out);
  json::Parser parser;
  auto const found = parser.parse(out).value().member(member);
  return found ? found->text() : "absent";
}

Revision edit(test::CatalogueUnderTest& site, std::vector<Correction> made,
              std::vector<store::CorrectionKey> dropped = {}) {
  return site.catalogue()
      .submit(catalogue::Edit{.source = "s",
                              .native_id = "rain",
                              .dropped = std::move(dropped),
                              .made = std::move(made)})
      .get();
}

std::vector<store::Fault> faults(test::CatalogueUnderTest& site) {
  auto const session = site.catalogue().session();
  return catalogue::prove(session->reader(), {.languages = languages}, [](double) {});
}

catalogue::Rules rules() {
  return {.languages = languages};
}

constexpr auto marked_title = R"([{"member":"title","at":"2026-11-27T12:00:00Z"}])";

} // namespace

#define FOR_EACH_SITE(site)                                                                        \
  auto const under_test = GENERATE(from_range(test::stores()));                                    \
  INFO("store: " << under_test.name);                                                              \
  test::CatalogueUnderTest site(under_test, rules())

// ---- What people type

TEST_CASE("a wording names a field, a language and a value") {
  auto const read = catalogue::read_wording("title.FR=Pluie = eau", languages).value();
  CHECK(read.field == "title");
  CHECK(read.language == "fr");
  CHECK(read.value == "Pluie = eau");
  CHECK(catalogue::read_wording(" title = A\n B ", languages).value().value == "A B");
  CHECK(value("description=One.\n\nTwo.") == "One.\n\nTwo.");
}

TEST_CASE("what cannot be corrected is refused with what can") {
  auto const wrong = [](std::string const& text) {
    return complaint(catalogue::read_wording(text, languages));
  };
  CHECK_THAT(wrong("titel=x"), Contains("there is no field 'titel'") &&
                                   Contains("did you mean title?") &&
                                   Contains("description, description.LANGUAGE, license, themes"));
  CHECK_THAT(wrong("title"), Contains("expected FIELD=VALUE instead of 'title'"));
  CHECK_THAT(wrong("title.de=Regen"), Contains("no language 'de'; site.languages are en, fr"));
  CHECK_THAT(wrong("license.fr=MIT"), Contains("license is the same in every language"));
  CHECK_THAT(wrong("title= "), Contains("is empty") && Contains("--remove"));
  CHECK_THAT(wrong("license="), Contains("is no licence that is known here"));
  CHECK_THAT(wrong("license=CC-BI-4.0"),
             Contains("'CC-BI-4.0' is no licence") && Contains("expected an SPDX identifier"));
  CHECK_THAT(wrong("license=https://me:secret@a.example/l"), Contains("is no licence"));
  CHECK_THAT(wrong("themes=https://a.example/x rain"), Contains("'rain' is no address"));
  CHECK_THAT(wrong("title=" + std::string(100'001, 'x')), Contains("longer than 100000 bytes"));
}

TEST_CASE("licences are kept as SPDX or STAC spells them, or by their address") {
  CHECK(value("license=cc-by-nc-sa-4.0") == "CC-BY-NC-SA-4.0");
  CHECK(value("license=ETALAB-2.0") == "etalab-2.0");
  CHECK(value("license=CC BY 4.0") == "CC-BY-4.0");
  CHECK(value("license=Other") == "other");
  CHECK(value("license= https://a.example/licence ") == "https://a.example/licence");
}

// ---- What a record is with it

TEST_CASE("a text is corrected in one language, or where it is shown") {
  auto const title = [](model::LocalText const& said, std::vector<Correction> const& corrections) {
    return catalogue::corrected(record(said), corrections, languages)->title;
  };
  auto expected = model::LocalText("fr", "Averse");
  expected.add("en", "Rain");
  CHECK(title(rain(), {correction("title", "fr", "Averse")}) == expected);
  expected = model::LocalText("fr", "Pluie");
  expected.add("en", "Shower");
  CHECK(title(rain(), {correction("title", "", "Shower")}) == expected);
  CHECK(title(rain(), {correction("title", "", "Shower"), correction("title", "en", "Drizzle")})
            .in("en") == "Drizzle");
  expected = model::LocalText("de", "Regen");
  CHECK(title(expected, {correction("title", "", "Regenfall")}) ==
        model::LocalText("de", "Regenfall"));
  expected.add("fr", "Pluie");
  CHECK(title(model::LocalText("de", "Regen"), {correction("title", "fr", "Pluie")}) == expected);
}

TEST_CASE("what says something else than the source is marked, and is no conclusion of ours") {
  auto parts = *record(rain());
  parts.inferences = {{"title", "its identifier stands for it"}, {"license", "kept"}};
  auto const said = model::Record::make(parts).value();
  auto const answered =
      catalogue::corrected(said,
                           {correction("description", "fr", "Ce que c'est"),
                            correction("future", "", "of a later program"),
                            correction("title", "en", "Rain"), correction("title", "fr", "Averse")},
                           languages);
  CHECK(answered->corrected ==
        std::vector<model::Corrected>{{"description", "fr", noon}, {"title", "fr", noon}});
  CHECK(answered->inferences == std::vector<model::Inference>{{"license", "kept"}});
  CHECK(catalogue::corrected(said, {}, languages) == said);
}

TEST_CASE("another licence takes the place of all that the source says of one") {
  auto parts = *record(rain());
  parts.licences = {{.spdx = "CC-BY-4.0", .text = {}, .url = "https://a.example/old"}};
  parts.stac_members = {{"links", R"([{"rel":"license","href":"https://a.example/old"},)"
                                  R"({"rel":"about","href":"https://a.example/about"}])"}};
  auto const said = model::Record::make(parts).value();
  CHECK(catalogue::corrected(said, {correction("license", "", "CC-BY-4.0")}, languages) == said);

  auto const open =
      catalogue::corrected(said, {correction("license", "", "etalab-2.0")}, languages);
  CHECK(open->licences ==
        std::vector<model::Licence>{{.spdx = "etalab-2.0", .text = {}, .url = {}}});
  CHECK(open->stac_members[0].second == R"([{"rel":"about","href":"https://a.example/about"}])");

  auto const text = formats::collection_text(
      catalogue::corrected(said, {correction("license", "", "https://a.example/new")}, languages),
      languages);
  CHECK_THAT(text.body, Contains(R"("license":"other")") &&
                            Contains(R"({"rel":"license","href":"https://a.example/new")"));
}

TEST_CASE("concepts are added to those of the source, each once") {
  auto parts = *record(rain());
  parts.keyword_sets = {
      {.kind = "theme",
       .thesaurus = {},
       .thesaurus_uri = "https://v.example/a",
       .keywords = {{.label = model::LocalText("Rain"), .uri = "https://v.example/a/rain"}}}};
  auto const said = model::Record::make(parts).value();
  auto const answered = catalogue::corrected(
      said, {correction("themes", "", "https://v.example/a/rain https://v.example/b/snow")},
      languages);
  CHECK_THAT(formats::collection_text(answered, languages).body,
             Contains(R"({"concepts":[{"id":"snow","url":"https://v.example/b/snow"}],)"
                      R"("scheme":"https://v.example/b/"})"));
  CHECK(catalogue::corrected(said, {correction("themes", "", "https://v.example/a/rain")},
                             languages) == said);
}

// ---- That it stays

TEST_CASE("an edit is answered at once, with a change and another tag") {
  FOR_EACH_SITE(site);
  site.submit("s", test::record("s", "rain", "Rain"));
  auto const before = site.view().revision();
  auto const tag = site.view().collection("rain")->entry->last_change();
  auto const after = edit(site, {correction("title", "", "Shower")});
  CHECK(after.sequence == before.sequence + 1);
  CHECK(after.epoch == before.epoch);
  CHECK(answered(site, "title") == R"("Shower")");
  CHECK(answered(site, "terracat:corrected") == marked_title);
  CHECK(site.view().collection("rain")->entry->title == "Shower");
  CHECK(site.view().collection("rain")->entry->last_change() > tag);
  auto const changes = site.view().reader().changes(before.sequence, 10).value();
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].id == "rain");
  CHECK(changes[0].operation == store::Operation::put);
  CHECK(faults(site).empty());

  CHECK(edit(site, {correction("title", "", "Shower")}) == after); // it says the same
}

TEST_CASE("corrections are put on whatever the source says next, and taken off without it") {
  FOR_EACH_SITE(site);
  site.submit("s", test::record("s", "rain", "Rain"));
  edit(site, {correction("title", "", "Shower")});

  CHECK(site.submit("s", test::record("s", "rain", "Rain")).counts.unchanged == 1);
  CHECK(answered(site, "title") == R"("Shower")");
  auto changed = test::record("s", "rain", "Precipitation");
  auto parts = *changed.record;
  parts.description = model::LocalText("en", "Another text");
  changed.record = model::Record::make(std::move(parts)).value();
  CHECK(site.submit("s", std::move(changed)).counts.updated == 1);
  CHECK(answered(site, "title") == R"("Shower")");
  CHECK(answered(site, "description") == R"("Another text")");

  CHECK(site.submit("s", test::record("s", "rain", "Shower")).counts.updated == 1);
  CHECK(answered(site, "terracat:corrected") == "absent"); // the source says it now
  site.submit("s", test::record("s", "rain", "Drops"));
  CHECK(answered(site, "terracat:corrected") == marked_title);
  CHECK(faults(site).empty());

  edit(site, {}, {correction("title", "", "").key});
  CHECK(answered(site, "title") == R"("Drops")");
  CHECK(answered(site, "terracat:corrected") == "absent");
  CHECK(faults(site).empty());
}

TEST_CASE(
    "what was made ready of a record counts unless it is corrected, or languages are others") {
  FOR_EACH_SITE(site);
  std::vector<std::string> const french{"fr", "en"};
  auto const ready = [&](std::vector<std::string> const& made_with) {
    auto put = test::record("s", "rain", "Rain");
    put.record = record(rain());
    auto write = catalogue::record_write("s", put.record, {}, made_with);
    write.title += " (made ready)";
    put.prepared = {.write = std::move(write), .languages = made_with};
    return put;
  };
  auto const title = [&] {
    auto& reader = site.view().reader();
    return reader.record(reader.record_by_id("rain").value())->title;
  };
  SECTION("it counts") {
    site.submit("s", ready(languages));
    CHECK(title() == "Rain (made ready)");
    CHECK(site.submit("s", ready(languages)).counts.unchanged == 1);
  }
  SECTION("languages are others") {
    site.submit("s", ready(french));
    CHECK(title() == "Rain");
    CHECK(answered(site, "title") == R"("Rain")");
  }
  SECTION("it is corrected") {
    edit(site, {correction("title", "en", "Shower")});
    site.submit("s", ready(languages));
    CHECK(title() == "Shower");
    CHECK(answered(site, "title") == R"("Shower")");
    CHECK(faults(site).empty());
  }
}

TEST_CASE("a correction outlives its record, and stands there when it comes back") {
  FOR_EACH_SITE(site);
  site.submit("s", test::record("s", "rain", "Rain"));
  edit(site, {correction("title", "", "Shower")});
  auto const number = site.view().reader().record_by_id("rain").value();
  catalogue::Batch removal{.source = "s", .run = {.source = "s", .mode = "test"}};
  removal.removed = {number};
  site.submit(std::move(removal));
  CHECK(answered(site, "title") == "none");
  CHECK(site.view().reader().removed_record("rain")->title == "Shower");
  CHECK(site.view().reader().corrections().size() == 1);

  site.submit("s", test::record("s", "rain", "Rain"));
  CHECK(answered(site, "title") == R"("Shower")");
}

TEST_CASE("a record may be corrected that is no collection, or not there yet") {
  FOR_EACH_SITE(site);
  site.submit("s", test::record("s", "rain", "Rain", "service"));
  auto const before = site.view().last_record_change();
  edit(site, {correction("title", "", "Shower")});
  CHECK(site.view().last_record_change() > before);
  CHECK(site.view().reader().record(site.view().reader().record_by_id("rain").value())->title ==
        "Shower");

  auto early = correction("title", "", "Deep snow", "snow");
  auto const revision = site.view().revision();
  auto const after = site.catalogue()
                         .submit(catalogue::Edit{
                             .source = "s", .native_id = "snow", .dropped = {}, .made = {early}})
                         .get();
  CHECK(after == revision);
  site.submit("s", test::record("s", "snow", "Snow"));
  CHECK(answered(site, "title", "snow") == R"("Deep snow")");
}

TEST_CASE("a record that has to give way keeps its corrections") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO("store: " << under_test.name);
  test::CatalogueUnderTest site(
      under_test, {.sources = {{.name = "first", .order = 0}, {.name = "s", .order = 1}},
                   .languages = languages});
  site.submit("s", test::record("s", "rain", "Rain"));
  edit(site, {correction("title", "", "Shower")});
  site.submit("first", test::record("first", "rain", "Of another"));
  CHECK(answered(site, "title") == R"("Of another")");
  CHECK(answered(site, "title", "rain.s") == R"("Shower")");
}
