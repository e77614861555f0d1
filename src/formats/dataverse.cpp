#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/links.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace terracat::formats {
namespace dataverse {
namespace {

/// The values of a field or of a part of one, by its `typeName`: the key of a part may be another.
class Fields {
 public:
  explicit Fields(std::vector<JsonNode> fields) : fields_(std::move(fields)) {}

  /// The parts of one value of a compound field.
  static Fields of(JsonNode const& compound) { return Fields(compound.members()); }

  /// The values of the first of these fields that there is.
  [[nodiscard]] std::vector<JsonNode> all(std::initializer_list<std::string_view> names) const {
    for (auto const name : names) {
      for (auto const& field : fields_) {
        if (field.member("typeName").text() == name) return field.member("value").each();
      }
    }
    return {};
  }

  /// Its first value, or a node that is not there.
  [[nodiscard]] JsonNode one(std::initializer_list<std::string_view> names) const {
    auto const values = all(names);
    return values.empty() ? JsonNode(std::nullopt) : values.front();
  }

 private:
  std::vector<JsonNode> fields_;
};

/// What a document is about, whatever is around it: the answer of an API, or nothing.
struct Parts {
  explicit Parts(json::Value const& root) : dataset(root), version(std::nullopt) {
    if (auto const data = dataset.member("data")) dataset = data;
    for (auto const* const name : {"datasetVersion", "latestVersion"}) {
      if (!version) version = dataset.member(name);
    }
    if (!version) version = dataset;
  }

  [[nodiscard]] Fields block(std::string_view name) const {
    return Fields(version.member("metadataBlocks").member(name).member("fields").each());
  }

  JsonNode dataset;
  JsonNode version;
};

/// The words of contributorType that ISO has another one for, in CI_RoleCode.
std::string role_of(std::string_view type) {
  struct Role {
    std::string_view theirs;
    std::string_view ours;
  };

  constexpr std::array roles{Role{"Data Collector", "originator"},
                             Role{"Data Curator", "processor"},
                             Role{"Data Manager", "custodian"},
                             Role{"Editor", "editor"},
                             Role{"Funder", "funder"},
                             Role{"Hosting Institution", "custodian"},
                             Role{"Project Leader", "principalInvestigator"},
                             Role{"Rights Holder", "rightsHolder"},
                             Role{"Sponsor", "sponsor"}};
  auto const* const known = std::ranges::find(roles, type, &Role::theirs);
  return std::string(known == roles.end() ? "contributor" : known->ours);
}

class DatasetReader {
 public:
  DatasetReader(Parts parts, ReadContext const& context)
      : parts_(std::move(parts)),
        citation_(parts_.block("citation")),
        places_(parts_.block("geospatial")),
        draft_(context) {}

  ReadResult read() {
    auto& record = draft_.parts;
    record.native_id = native_id();
    if (record.native_id.empty()) return refusal(FindingCode::no_identifier, parts_.dataset, {});
    read_languages();
    record.type = "dataset";
    record.title = name_of(citation_.one({"title"}), draft_);
    if (record.title.empty()) {
      return refusal(FindingCode::no_title, parts_.version, record.native_id);
    }
    record.alternate_title = name_of(citation_.one({"alternativeTitle"}), draft_);
    record.description = texts(citation_.all({"dsDescription"}), "dsDescriptionValue");
    if (record.description.empty()) draft_.note(FindingCode::abstract_missing, parts_.version);
    record.lineage = texts(citation_.all({"dataSources", "originOfSources"}), {});
    read_identifiers();
    read_dates();
    read_subjects();
    read_people();
    read_areas();
    read_periods();
    read_rights();
    read_relations();
    read_links();
    return draft_.take();
  }

 private:
  [[nodiscard]] std::string native_id() const {
    auto const& context = draft_.context();
    if (!context.native_id.empty()) return context.native_id;
    auto own = parts_.version.member("datasetPersistentId").line();
    if (!own.empty()) return own;
    auto const part = [this](std::string_view name) { return parts_.dataset.member(name).line(); };
    auto const identifier = part("identifier");
    if (identifier.empty()) return {};
    return part("protocol") + ':' + part("authority") + '/' + identifier;
  }

  void read_languages() {
    for (auto const& node : citation_.all({"language"})) {
      auto language = read_language(node.line());
      if (language.empty()) {
        draft_.note(FindingCode::language_unknown, node, node.line());
      } else {
        constexpr std::size_t most = 100;
        draft_.add_new(draft_.parts.resource_languages, std::move(language), most);
      }
    }
    draft_.language = draft_.context().language;
  }

  /// Values, or a part of each of them, as one text.
  model::LocalText texts(std::vector<JsonNode> const& values, std::string_view part) {
    std::vector<model::LocalText> out;
    for (auto const& value : values) {
      auto text = prose_of(part.empty() ? value : Fields::of(value).one({part}), draft_);
      if (!text.empty()) out.push_back(std::move(text));
    }
    return joined(out, "\n\n");
  }

  void read_identifiers() {
    auto const address = parts_.dataset.member("persistentUrl");
    if (!draft_.add_identifier(address, address.line(), {})) {
      draft_.add_identifier(parts_.dataset, draft_.parts.native_id, {});
    }
    for (auto const& value : citation_.all({"otherId"})) {
      auto const fields = Fields::of(value);
      auto const text = fields.one({"otherIdValue"});
      draft_.add_identifier(text, text.line(), fields.one({"otherIdAgency"}).line());
    }
  }

  void read_dates() {
    auto const& version = parts_.version;
    auto const of_version = [&version](std::string_view name) { return version.member(name); };
    draft_.parts.created = date(of_version("createTime"));
    draft_.parts.updated = date(of_version("lastUpdateTime"));
    auto const published = parts_.dataset.member("publicationDate");
    add_date(published ? published : of_version("releaseTime"), "publication");
    add_date(citation_.one({"productionDate"}), "creation");
    add_date(citation_.one({"distributionDate"}), "released");
  }

  model::Bound date(JsonNode const& node) { return draft_.date(node, node.line()); }

  void add_date(JsonNode const& node, std::string_view kind) {
    draft_.add_date(node, node.line(), kind);
  }

  // ---- Subjects

  void read_subjects() {
    for (auto const& node : citation_.all({"subject"})) {
      model::KeywordSet heading;
      heading.kind = "theme";
      add_keyword(heading, node, {});
    }
    for (auto const& value : citation_.all({"keyword"})) {
      auto const fields = Fields::of(value);
      add_keyword(heading_of(fields, "keywordVocabulary", "keywordVocabularyURI"),
                  fields.one({"keywordValue"}), fields.one({"keywordTermURI"}).line());
    }
    for (auto const& value : citation_.all({"topicClassification"})) {
      auto const fields = Fields::of(value);
      auto heading = heading_of(fields, "topicClassVocab", "topicClassVocabURI");
      heading.kind = "theme";
      add_keyword(heading, fields.one({"topicClassValue"}), {});
    }
  }

  model::KeywordSet heading_of(Fields const& fields, std::string_view name,
                               std::string_view address) {
    model::KeywordSet heading;
    heading.thesaurus = name_of(fields.one({name}), draft_);
    heading.thesaurus_uri = fields.one({address}).line();
    return heading;
  }

  void add_keyword(model::KeywordSet const& heading, JsonNode const& node, std::string uri) {
    auto label = name_of(node, draft_);
    if (!is_absolute_uri(uri)) uri.clear();
    if (!label.empty()) draft_.keywords.add(heading, {std::move(label), std::move(uri)});
  }

  // ---- Who

  void read_people() {
    for (auto const& value : citation_.all({"datasetContact"})) {
      read_person(Fields::of(value), "datasetContact", "pointOfContact");
    }
    for (auto const& value : citation_.all({"author"})) {
      read_person(Fields::of(value), "author", "author");
    }
    for (auto const& value : citation_.all({"contributor"})) {
      auto const fields = Fields::of(value);
      read_person(fields, "contributor", role_of(fields.one({"contributorType"}).line()));
    }
    for (auto const& value : citation_.all({"producer"})) {
      read_organisation(Fields::of(value).one({"producerName"}), "originator");
    }
    for (auto const& value : citation_.all({"distributor"})) {
      read_organisation(Fields::of(value).one({"distributorName"}), "distributor");
    }
    read_organisation(parts_.dataset.member("publisher"), "publisher");
  }

  void read_person(Fields const& fields, std::string const& prefix, std::string role) {
    auto const part = [&](std::string_view name) {
      return fields.one({std::string(prefix).append(name)});
    };
    model::Contact contact;
    contact.name = name_of(part("Name"), draft_).first();
    contact.organisation = name_of(part("Affiliation"), draft_);
    auto const identifier = part("Identifier").line();
    if (auto orcid = read_orcid(identifier)) contact.orcid = std::move(*orcid);
    if (auto ror = read_ror(identifier)) contact.ror = std::move(*ror);
    auto const email = part("Email").line();
    if (email.find('@') != std::string::npos) contact.emails.push_back(email);
    contact.roles.push_back(std::move(role));
    draft_.contacts.add(std::move(contact));
  }

  void read_organisation(JsonNode const& node, std::string_view role) {
    model::Contact contact;
    contact.organisation = name_of(node, draft_);
    contact.roles.emplace_back(role);
    draft_.contacts.add(std::move(contact));
  }

  // ---- Where and when

  /// Two of the edges were called by the wrong word until version 5.14.
  void read_areas() {
    for (auto const& value : places_.all({"geographicBoundingBox"})) {
      auto const fields = Fields::of(value);
      auto const west = fields.one({"westLongitude"}).line();
      auto const south = fields.one({"southLatitude", "southLongitude"}).line();
      auto const east = fields.one({"eastLongitude"}).line();
      auto const north = fields.one({"northLatitude", "northLongitude"}).line();
      auto const reading = read_box({.west = west, .south = south, .east = east, .north = north});
      for (auto const code : reading.findings) {
        draft_.note(code, value, west + " " + south + " " + east + " " + north);
      }
      if (reading.box) draft_.add_area({model::Geometry::box(*reading.box), {}});
    }
    for (auto const& value : places_.all({"geographicCoverage"})) {
      std::string place;
      for (auto const* const name : {"city", "state", "country", "otherGeographicCoverage"}) {
        auto const part = Fields::of(value).one({name}).line();
        if (is_name(part)) place += (place.empty() ? "" : ", ") + part;
      }
      draft_.add_area({std::nullopt, model::LocalText(draft_.language, std::move(place))});
    }
  }

  void read_periods() {
    for (auto const* const name : {"timePeriodCovered", "dateOfCollection"}) {
      if (!draft_.parts.temporal.empty()) return; // when it was collected stands for what it covers
      for (auto const& value : citation_.all({name})) {
        auto const fields = Fields::of(value);
        auto const end = [&](std::string_view which) {
          return fields.one({std::string(name).append(which)}).line();
        };
        draft_.add_period(value, read_period(end("Start"), end("End")));
      }
    }
  }

  // ---- Rights and ways to the data

  void read_rights() {
    auto const licence = parts_.version.member("license");
    auto const is_object = licence && licence.value()->is_object();
    auto const address = licence.member("uri");
    auto words = name_of(is_object ? licence.member("name") : licence, draft_);
    if (words.first() == "NONE") words = {};
    auto href = draft_.link(address, address.line());
    if (!words.empty() || !href.empty()) {
      add_statement(draft_, std::move(words), std::move(href), About::use);
    }
    if (auto terms = prose_of(parts_.version.member("termsOfUse"), draft_); !terms.empty()) {
      add_statement(draft_, std::move(terms), {}, About::use);
    }
    for (auto const* const name : {"termsOfAccess", "restrictions"}) {
      auto terms = prose_of(parts_.version.member(name), draft_);
      if (!terms.empty()) add_statement(draft_, std::move(terms), {}, About::access);
    }
  }

  void read_relations() {
    for (auto const& value : citation_.all({"publication"})) {
      auto const fields = Fields::of(value);
      model::Relation relation{.kind = "crossReference"};
      relation.id = fields.one({"publicationIDNumber"}).line();
      auto const address = fields.one({"publicationURL"});
      relation.href = draft_.link(address, address.line());
      relation.title = name_of(fields.one({"publicationCitation"}), draft_);
      constexpr std::size_t most = 1'000;
      if (!relation.id.empty() || !relation.href.empty() || !relation.title.empty()) {
        draft_.add_new(draft_.parts.relations, std::move(relation), most);
      }
    }
  }

  void read_links() {
    for (auto const& node :
         {parts_.dataset.member("persistentUrl"), citation_.one({"alternativeURL"})}) {
      draft_.add_online({.href = draft_.link(node, node.line()), .function = "information"});
    }
    for (auto const& file : parts_.version.member("files").each()) read_file(file, server());
  }

  /// Where the document came from; empty unless that was an API.
  [[nodiscard]] std::string server() const {
    auto const& address = draft_.context().address;
    auto const api = address.find("/api/");
    bool const is_known = is_web_address(address) && api != std::string::npos;
    return is_known ? address.substr(0, api) : std::string();
  }

  void read_file(JsonNode const& file, std::string const& server) {
    auto const data = file.member("dataFile");
    auto const closed = file.member("restricted");
    if (closed && closed.value()->boolean().value_or(false)) {
      draft_.add_new(draft_.parts.access_constraints, model::LocalText("restricted"));
      return;
    }
    auto const number = data.member("id").line();
    if (server.empty() || number.empty()) return;
    draft_.add_online({.href = server + "/api/access/datafile/" + percent_encoded(number),
                       .name = name_of(file.member("label"), draft_),
                       .description = prose_of(file.member("description"), draft_),
                       .protocol = {},
                       .function = "download",
                       .media_type = data.member("contentType").line()});
  }

  Parts parts_;
  Fields citation_;
  Fields places_;
  Draft draft_;
};

} // namespace
} // namespace dataverse

bool is_dataverse(std::string_view document) {
  auto const holds_one = [](json::Outline const& object) {
    for (auto const* const name : {"datasetVersion", "latestVersion"}) {
      if (json::Outline(object.value(name)).has("metadataBlocks")) return true;
    }
    return object.has("metadataBlocks") && object.has("datasetPersistentId");
  };
  auto const outline = outline_of(document);
  return holds_one(outline) || holds_one(json::Outline(outline.value("data")));
}

ReadResult read_dataverse(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  dataverse::Parts const parts(*root);
  auto const blocks = parts.version.member("metadataBlocks");
  if (!blocks || !blocks.value()->is_object()) {
    return Finding{FindingCode::unexpected_root, blocks.pointer(), {}};
  }
  if (auto overlong = find_overlong(*parts.version.value(), parts.version.pointer())) {
    return std::move(*overlong);
  }
  return dataverse::DatasetReader(parts, context).read();
}

} // namespace terracat::formats
