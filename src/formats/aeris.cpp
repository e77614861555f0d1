#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace terracat::formats {
namespace aeris {
namespace {

constexpr std::size_t most_values = 2'000;

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

/// Roles are written without capitals.
constexpr std::array roles{Word{"pointofcontact", "pointOfContact"},
                           Word{"metadatapointofcontact", "metadataContact"},
                           Word{"author", "author"},
                           Word{"custodian", "custodian"},
                           Word{"distributor", "distributor"},
                           Word{"originator", "originator"},
                           Word{"owner", "owner"},
                           Word{"principalinvestigator", "principalInvestigator"},
                           Word{"processor", "processor"},
                           Word{"publisher", "publisher"},
                           Word{"resourceprovider", "resourceProvider"},
                           Word{"user", "user"}};

/// What links are for, in CI_OnLineFunctionCode.
constexpr std::array functions{Word{"HTTP_DOWNLOAD_LINK", "download"},
                               Word{"FTP_DOWNLOAD_LINK", "download"}, Word{"ORDER_LINK", "order"},
                               Word{"OPENSEARCH_LINK", "search"},
                               Word{"INFORMATION_LINK", "information"}};

std::string_view word_for(std::span<Word const> words, std::string_view theirs) {
  auto const found = std::ranges::find(words, theirs, &Word::theirs);
  return found == words.end() ? std::string_view() : found->ours;
}

/// `NULL` is a code of the thesaurus, `null` what a form left.
bool is_said(std::string_view text) {
  return is_name(text) && !equal_ignoring_case(text, "null");
}

class CollectionReader {
 public:
  CollectionReader(JsonNode collection, ReadContext const& context)
      : collection_(std::move(collection)), draft_(context) {}

  ReadResult read() {
    auto& parts = draft_.parts;
    draft_.language = draft_.context().language;
    parts.native_id = native_id();
    if (!is_said(parts.native_id)) {
      return refusal(FindingCode::no_identifier, collection_.member("id"), parts.native_id);
    }
    parts.type = type_of(collection_.member("type").line());
    auto const title = collection_.member("resourceTitle");
    parts.title = texts(title, name_of);
    if (parts.title.empty()) {
      return refusal(FindingCode::no_title, title, parts.native_id);
    }
    auto const summary = collection_.member("resourceAbstract");
    parts.description = texts(summary, prose_of);
    if (parts.description.empty()) draft_.note(FindingCode::abstract_missing, summary);
    for (auto const& [language, text] : parts.title.entries()) {
      if (!language.empty()) parts.metadata_languages.push_back(language);
    }
    read_identifiers();
    read_dates();
    read_subjects();
    read_contacts();
    for (auto const& extent : collection_.member("spatialExtents").each()) read_area(extent);
    for (auto const& extent : collection_.member("temporalExtents").each()) read_period_of(extent);
    read_rights();
    read_links();
    read_publications();
    return draft_.take();
  }

 private:
  using Reader = model::LocalText (*)(JsonNode const&, Draft&);

  [[nodiscard]] std::string native_id() const {
    auto const& context = draft_.context();
    if (!context.native_id.empty()) return context.native_id;
    for (auto const* const name : {"id", "identifier"}) {
      auto text = collection_.member(name).line();
      if (is_said(text)) return text;
    }
    return {};
  }

  [[nodiscard]] static std::string type_of(std::string_view type) {
    if (type == "SERVICE") return "service";
    return type == "SOFTWARE" ? "software" : "dataset";
  }

  /// A text, or one for each language: `{"en": …, "fr": …}`, also with codes of three letters.
  model::LocalText texts(JsonNode const& node, Reader read) {
    auto const own = draft_.language;
    model::LocalText out;
    if (node && node.value()->is_object()) {
      for (auto const& [name, value] : node.value()->members()) {
        draft_.language = read_language(name);
        if (draft_.language.empty()) continue;
        auto const text = read(node.member(name), draft_);
        if (is_said(text.first())) out.add(draft_.language, std::string(text.first()));
      }
    } else {
      out = read(node, draft_);
    }
    draft_.language = own;
    return is_said(out.first()) ? out : model::LocalText();
  }

  model::LocalText name(JsonNode const& node) { return texts(node, name_of); }

  void read_identifiers() {
    draft_.add_identifier(collection_.member("id"), draft_.parts.native_id, {});
    for (auto const& node : collection_.member("identifiers").each()) {
      auto const code = node.member("code");
      auto const space = node.member("codeSpace").line();
      auto const text = code.line();
      if (!is_said(text)) continue;
      bool const is_doi = space.find("doi.org") != std::string::npos || read_doi(text).has_value();
      draft_.add_identifier(code, text, is_doi ? "doi" : space);
    }
  }

  // ---- Dates

  /// A date as text or in milliseconds since 1970.
  model::Bound moment_of(JsonNode const& node) {
    auto const number = node ? node.value()->integer() : std::nullopt;
    if (number) return model::Bound::at(model::Instant(*number));
    auto const text = node.line();
    return is_said(text) ? draft_.date(node, text) : model::Bound::unknown();
  }

  void read_dates() {
    auto& parts = draft_.parts;
    parts.updated = moment_of(collection_.member("lastModification"));
    for (auto const& node : collection_.member("modifications").each()) {
      auto const at = moment_of(node.member("date"));
      if (!at.earliest()) continue;
      if (!parts.created.earliest() || at.earliest() < parts.created.earliest()) parts.created = at;
      bool const is_stated = bool(collection_.member("lastModification"));
      if (!is_stated && at.latest() > parts.updated.latest()) parts.updated = at;
    }
  }

  // ---- Subjects

  /// The names from a concept down to what it is narrowed to; levels without a code are none.
  model::LocalText path_of(JsonNode node, std::span<std::string_view const> steps) {
    std::vector<model::LocalText> names;
    for (std::size_t depth = 0; node && depth <= steps.size(); ++depth) {
      auto level =
          is_said(node.member("code").line()) ? name(node.member("name")) : model::LocalText();
      if (!level.empty()) names.push_back(std::move(level));
      if (depth < steps.size()) node = node.member(steps[depth]);
    }
    return joined(names, " > ");
  }

  static std::string_view last_step(std::string_view path) {
    auto const at = path.rfind(" > ");
    return at == std::string_view::npos ? path : path.substr(at + 3);
  }

  /// The last steps of a path in all its languages.
  static model::LocalText last_steps(model::LocalText const& path) {
    model::LocalText out;
    for (auto const& [language, text] : path.entries()) {
      out.add(language, std::string(last_step(text)));
    }
    return out;
  }

  void read_subjects() {
    for (auto const& node : collection_.member("projectSet").each()) {
      auto label = name(node.member("shortName"));
      if (label.empty()) label = name(node.member("longName"));
      add_keyword("project", {}, std::move(label));
    }
    for (auto const& node : collection_.member("parameters").each()) read_parameter(node);
    for (auto const& node : collection_.member("instruments").each()) read_instrument(node);
    for (auto const* const spelling : {"platforms", "plateforms"}) {
      for (auto const& node : collection_.member(spelling).each()) read_platform(node);
    }
    for (auto const& node : collection_.member("formats").each()) {
      auto format = name(node.member("name"));
      if (!format.empty()) draft_.add_new(draft_.parts.formats, std::move(format));
    }
  }

  void add_keyword(std::string_view kind, std::string_view thesaurus, model::LocalText label) {
    if (label.empty()) return;
    model::KeywordSet heading;
    heading.kind = kind;
    if (!thesaurus.empty()) heading.thesaurus = model::LocalText("en", std::string(thesaurus));
    draft_.keywords.add(heading, {.label = std::move(label), .uri = {}});
  }

  void read_parameter(JsonNode const& node) {
    constexpr std::array<std::string_view, 3> steps{"thesaurusVariable", "thesaurusVariable",
                                                    "thesaurusVariable"};
    auto const path = path_of(node.member("thesaurusVariable"), steps);
    add_keyword("theme", "AERIS thesaurus of variables", path);
    add_keyword("theme", "CF Standard Name Table", name(node.member("cfStandardName")));
    model::LocalText variable;
    for (auto const* const member : {"longName", "shortName", "cfStandardName"}) {
      if (variable.empty()) variable = name(node.member(member));
    }
    if (variable.empty()) variable = last_steps(path);
    if (!variable.empty()) draft_.add_new(draft_.parts.variables, std::move(variable), most_values);
  }

  model::LocalText class_of(JsonNode const& node) {
    constexpr std::array<std::string_view, 2> steps{"thesaurusCode", "thesaurusName"};
    return path_of(node.member("thesaurusClass"), steps);
  }

  void read_instrument(JsonNode const& node) {
    auto const path = class_of(node);
    add_keyword("instrument", "AERIS thesaurus of instruments", path);
    auto label = name(node.member("displayName"));
    if (label.empty()) {
      std::string made;
      for (auto const* const member : {"manufacturer", "model"}) {
        auto const text = node.member(member).line();
        if (is_said(text)) made += (made.empty() ? "" : " ") + text;
      }
      label = made.empty() ? last_steps(path) : model::LocalText(std::move(made));
    }
    if (!label.empty()) draft_.add_new(draft_.parts.instruments, std::move(label), most_values);
  }

  void read_platform(JsonNode const& node) {
    auto const path = class_of(node);
    add_keyword("platform", "AERIS thesaurus of platforms", path);
    auto label = name(node.member("name"));
    if (label.empty()) label = last_steps(path);
    if (!label.empty()) draft_.add_new(draft_.parts.platforms, std::move(label), most_values);
  }

  // ---- Who

  void read_contacts() {
    for (auto const& node : collection_.member("contacts").each()) {
      model::Contact contact;
      auto const person = node.member("name").line();
      if (is_said(person)) contact.name = person;
      contact.organisation = name(node.member("organisation"));
      add_email(contact, node.member("email"));
      for (auto const& role : node.member("roles").each()) {
        auto const code = word_for(roles, lowered(role.line()));
        if (!code.empty()) {
          contact.roles.emplace_back(code);
        } else if (is_said(role.line())) {
          draft_.note(FindingCode::role_unknown, role, role.line());
        }
      }
      if (contact.roles.empty()) contact.roles.emplace_back("pointOfContact");
      draft_.contacts.add(std::move(contact));
    }
    model::Contact centre;
    centre.organisation = name(collection_.member("aerisDataCenter"));
    centre.roles = {"distributor"};
    draft_.contacts.add(std::move(centre));
  }

  void add_email(model::Contact& contact, JsonNode const& node) {
    auto text = node.line();
    if (!is_said(text)) return;
    auto const at = text.find('@');
    bool const is_one = at != std::string::npos && at > 0 && at + 1 < text.size() &&
                        text.find_first_of(" ,;<>\"") == std::string::npos;
    if (is_one) {
      contact.emails.push_back(std::move(text));
    } else {
      draft_.note(FindingCode::email_unreadable, node, text);
    }
  }

  // ---- Where and when

  void read_area(JsonNode const& extent) {
    auto const area = extent.member("area");
    auto const edge = [&](std::string_view member) { return area.member(member).line(); };
    bool const is_point = area.member("type").text() == "POINT_AREA";
    auto const west = edge(is_point ? "longitude" : "westLongitude");
    auto const south = edge(is_point ? "latitude" : "southLatitude");
    auto const east = is_point ? west : edge("eastLongitude");
    auto const north = is_point ? south : edge("northLatitude");
    auto outcome = read_box({.west = west, .south = south, .east = east, .north = north});
    for (auto const code : outcome.findings) {
      draft_.note(code, area, west + ' ' + south + ' ' + east + ' ' + north);
    }
    model::SpatialExtent out{.geometry = std::nullopt, .place = name(extent.member("name"))};
    if (outcome.box) out.geometry = model::Geometry::box(*outcome.box);
    draft_.add_area(std::move(out));
  }

  void read_period_of(JsonNode const& extent) {
    auto const end = [&](std::string_view member) {
      auto text = extent.member(member).line();
      return is_said(text) ? text : std::string();
    };
    draft_.add_period(extent, read_period(end("beginDate"), end("endDate")));
  }

  // ---- Rights and ways to the data

  void read_rights() {
    auto const about = collection_.member("distributionInformation");
    auto const address = about.member("licenceUrl");
    auto licence = name(about.member("licenceName"));
    if (licence.empty()) licence = name(about.member("licenceVersion"));
    auto href = is_said(address.line()) ? draft_.link(address, address.line()) : std::string();
    if (!licence.empty() || !href.empty()) {
      add_statement(draft_, std::move(licence), std::move(href), About::use);
    }
    for (auto const* const member : {"description", "dataPolicyDescription"}) {
      draft_.add_new(draft_.parts.access_constraints, texts(about.member(member), prose_of));
    }
    add_link(about.member("dataPolicyUrl"), model::LocalText("en", "Data policy"), {},
             "information");
    for (auto const* const member : {"registrationNeeded", "authenticationNeeded"}) {
      auto const needed = about.member(member);
      if (needed && needed.value()->boolean().value_or(false)) {
        draft_.add_new(draft_.parts.access_constraints,
                       model::LocalText("en", "registration required"));
      }
    }
  }

  void read_links() {
    for (auto const& node : collection_.member("links").each()) {
      auto const type = node.member("type").line();
      auto const function = word_for(functions, type);
      if (function.empty() && is_said(type)) {
        draft_.note(FindingCode::code_unknown, node.member("type"), type);
      }
      add_link(node.member("url"), name(node.member("name")),
               texts(node.member("description"), prose_of), function,
               type == "OPENSEARCH_LINK" ? "OpenSearch" : "");
    }
    for (auto const& node : collection_.member("quicklooks").each()) {
      auto const url = node.member("url");
      add_link(url ? url : node, {}, {}, "browseGraphic");
    }
  }

  void add_link(JsonNode const& address, model::LocalText label, model::LocalText description,
                std::string_view function, std::string_view protocol = {}) {
    auto const text = address.line();
    if (!is_said(text)) return;
    draft_.add_online({.href = draft_.link(address, text),
                       .name = std::move(label),
                       .description = std::move(description),
                       .protocol = std::string(protocol),
                       .function = std::string(function),
                       .media_type = {}});
  }

  void read_publications() {
    for (auto const& node : collection_.member("publications").each()) {
      model::Relation relation{.kind = "crossReference"};
      auto const doi = node.member("doi");
      if (auto found = read_doi(doi.line())) {
        relation.href = "https://doi.org/" + *found;
        relation.id = std::move(*found);
      } else if (is_said(doi.line())) {
        relation.href = draft_.link(doi, doi.line());
      }
      relation.title = name(node.member("title"));
      if (relation.id.empty() && relation.href.empty() && relation.title.empty()) continue;
      draft_.add_new(draft_.parts.relations, std::move(relation), most_values);
    }
  }

  JsonNode collection_;
  Draft draft_;
};

} // namespace
} // namespace aeris

bool is_aeris(std::string_view document) {
  auto const outline = outline_of(document);
  if (!outline.has("resourceTitle")) return false;
  return outline.has("resourceAbstract") || outline.has("spatialExtents") ||
         outline.has("distributionInformation");
}

ReadResult read_aeris(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  JsonNode const collection(*root);
  if (!collection.member("resourceTitle")) {
    return Finding{FindingCode::unexpected_root, "/resourceTitle", {}};
  }
  if (auto overlong = find_overlong(*root, {})) return std::move(*overlong);
  return aeris::CollectionReader(collection, context).read();
}

} // namespace terracat::formats
