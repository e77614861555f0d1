#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/theia/pivot.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"
#include "geometry/normalise.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace terracat::formats {
namespace theia {
namespace {

constexpr std::size_t most_values = 2'000; ///< of each list of a record

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

/// Who people are, in CI_RoleCode.
constexpr std::array roles{Word{"Principal investigator", "principalInvestigator"},
                           Word{"Project leader", "principalInvestigator"},
                           Word{"Project member", "contributor"}, Word{"Data manager", "custodian"},
                           Word{"Data collector", "originator"}};

/// What the words of topicCategories are in MD_TopicCategoryCode.
constexpr std::array topics{
    Word{"Boundaries", "boundaries"},
    Word{"Biota", "biota"},
    Word{"Climatology / Meteorology / Atmosphere", "climatologyMeteorologyAtmosphere"},
    Word{"Economy", "economy"},
    Word{"Elevation", "elevation"},
    Word{"Environment", "environment"},
    Word{"Farming", "farming"},
    Word{"Geoscientific Information", "geoscientificInformation"},
    Word{"Health", "health"},
    Word{"Imagery / Base Maps / Earth Cover", "imageryBaseMapsEarthCover"},
    Word{"Inland Waters", "inlandWaters"},
    Word{"Intelligence / Military", "intelligenceMilitary"},
    Word{"Location", "location"},
    Word{"Oceans", "oceans"},
    Word{"Planning / Cadastre", "planningCadastre"},
    Word{"Society", "society"},
    Word{"Structure", "structure"},
    Word{"Transportation", "transportation"},
    Word{"Utilities / Communication", "utilitiesCommunication"}};

std::string_view word_for(std::span<Word const> words, std::string_view theirs) {
  auto const found = std::ranges::find(words, theirs, &Word::theirs);
  return found == words.end() ? std::string_view() : found->ours;
}

std::size_t positions_of(model::RawGeometry const& geometry) {
  std::size_t out = 0;
  for (auto const& part : geometry.parts) {
    for (auto const& path : part) out += path.size();
  }
  for (auto const& member : geometry.members) out += positions_of(member);
  return out;
}

class DatasetReader {
 public:
  DatasetReader(Pivot pivot, ReadContext const& context)
      : pivot_(std::move(pivot)), metadata_(pivot_.dataset.member("metadata")), draft_(context) {}

  ReadResult read() {
    auto& parts = draft_.parts;
    auto const id = pivot_.dataset.member("datasetId");
    parts.native_id = id.line();
    if (!is_name(parts.native_id)) {
      return refusal(FindingCode::no_identifier, id.first(), parts.native_id);
    }
    parts.type = "dataset";
    auto const title = metadata_.member("title");
    parts.title = title.name(draft_);
    if (parts.title.empty()) {
      return refusal(FindingCode::no_title, title.first(), parts.native_id);
    }
    auto const description = metadata_.member("description");
    parts.description = description.prose(draft_);
    if (parts.description.empty()) {
      draft_.note(FindingCode::abstract_missing, description.first());
    }
    parts.purpose = metadata_.member("objective").prose(draft_);
    lineage_.push_back(metadata_.member("datasetLineage").prose(draft_));
    for (auto const& version : pivot_.dataset.versions()) {
      if (!version.language.empty()) parts.metadata_languages.push_back(version.language);
    }
    read_subjects();
    read_contacts();
    read_area(metadata_.member("spatialExtent"), {});
    for (auto const& observation : pivot_.dataset.member("observations").each_by("observationId")) {
      read_observation(observation);
    }
    add_period();
    read_rights();
    read_links();
    std::erase_if(lineage_, [](auto const& text) { return text.empty(); });
    parts.lineage = joined(lineage_, "\n\n");
    if (pivot_.languages_left_out > 0) {
      draft_.left_out("languages", most_languages, pivot_.languages_left_out);
    }
    return draft_.take();
  }

 private:
  // ---- Subjects

  void read_subjects() {
    for (auto const& topic : metadata_.member("topicCategories").each()) {
      auto const text = topic.line();
      auto const code = word_for(topics, text);
      if (!code.empty()) {
        add_new(draft_.parts.topics, std::string(code), topics.size());
      } else if (!says_nothing(text)) {
        draft_.note(FindingCode::code_unknown, topic.first(), text);
      }
    }
    for (auto const& keyword : metadata_.member("keywords").each()) {
      add_keyword({}, keyword.member("keyword").name(draft_), keyword.member("uri").line());
    }
    model::KeywordSet theme{.kind = "theme"};
    auto const criteria = metadata_.member("portalSearchCriteria");
    for (auto const* const name : {"climates", "geologies"}) {
      for (auto const& word : criteria.member(name).each()) {
        add_keyword(theme, word.name(draft_), {});
      }
    }
    theme.thesaurus = model::LocalText("en", "GEMET - INSPIRE themes, version 1.0");
    add_keyword(theme, metadata_.member("inspireTheme").name(draft_), {});
  }

  void add_keyword(model::KeywordSet const& heading, model::LocalText label, std::string uri) {
    if (!is_absolute_uri(uri)) uri.clear();
    draft_.keywords.add(heading, {.label = std::move(label), .uri = std::move(uri)});
  }

  void read_property(Told const& property) {
    auto name = property.member("name").name(draft_);
    auto told = property.member("description").name(draft_);
    constexpr std::size_t longest = 120; // a name, and no explanation
    if (!told.empty() && told.first().size() <= longest && !name.empty()) {
      model::LocalText both;
      for (auto const& [language, text] : told.entries()) {
        auto const own = name.in(language);
        both.add(language, text + " (" + std::string(own.empty() ? name.first() : own) + ')');
      }
      name = std::move(both);
    }
    if (!name.empty()) draft_.add_new(draft_.parts.variables, std::move(name), most_values);
    model::KeywordSet heading{.kind = "theme", .thesaurus = {}, .thesaurus_uri = {}};
    heading.thesaurus = model::LocalText("en", "Theia/OZCAR Thesaurus");
    for (auto const& category : property.member("theiaCategories").each()) {
      add_keyword(heading, {}, category.line());
    }
    for (auto const& keyword : property.member("gcmdKeywords").each()) read_gcmd(keyword);
  }

  void read_gcmd(Told const& keyword) {
    std::string path;
    for (auto const* const step :
         {"category", "topic", "term", "variableLevel1", "variableLevel2", "variableLevel3"}) {
      auto const text = keyword.member(step).line();
      if (is_name(text)) path += (path.empty() ? "" : " > ") + text;
    }
    auto const uuid = keyword.member("uuid").line();
    model::KeywordSet heading{.kind = "theme", .thesaurus = {}, .thesaurus_uri = {}};
    heading.thesaurus = model::LocalText("en", "NASA/GCMD Earth Science Keywords");
    add_keyword(heading, path.empty() ? model::LocalText() : model::LocalText("en", path),
                is_name(uuid) ? "https://gcmd.earthdata.nasa.gov/kms/concept/" + uuid : "");
  }

  // ---- Who

  void read_contacts() {
    for (auto const& person : metadata_.member("contacts").each()) read_contact(person);
    auto const& producer = pivot_.producer;
    model::Contact contact;
    contact.organisation = producer.member("name").name(draft_);
    add_email(contact, producer.member("email"));
    auto const page = producer.member("onlineResource").member("urlInfo");
    contact.url = draft_.link(page.first(), page.line());
    contact.roles = {"pointOfContact"};
    draft_.contacts.add(std::move(contact));
    for (auto const& funding : producer.member("fundings").each()) {
      model::Contact funder;
      funder.organisation = organisation_of(funding);
      funder.roles = {"funder"};
      draft_.contacts.add(std::move(funder));
    }
  }

  void read_contact(Told const& told) {
    model::Contact contact;
    auto const first = told.member("firstName").line();
    auto const last = told.member("lastName").line();
    contact.name = first + (first.empty() || last.empty() ? "" : " ") + last;
    bool const is_person = !contact.name.empty();
    contact.organisation = organisation_of(is_person ? told.member("organisation") : told);
    add_email(contact, told.member("email"));
    if (auto orcid = read_orcid(told.member("orcId").line())) contact.orcid = std::move(*orcid);
    auto const role = told.member("role");
    auto const code = word_for(roles, role.line());
    if (!code.empty()) {
      contact.roles.emplace_back(code);
    } else {
      contact.roles.emplace_back("contributor"); // organisations say what they are instead
      if (is_person) draft_.note(FindingCode::role_unknown, role.first(), role.line());
    }
    draft_.contacts.add(std::move(contact));
  }

  model::LocalText organisation_of(Told const& told) {
    auto name = told.member("name").name(draft_);
    return name.empty() ? told.member("acronym").name(draft_) : name;
  }

  void add_email(model::Contact& contact, Told const& told) {
    auto text = told.line();
    if (text.empty() || says_nothing(text)) return;
    auto const at = text.find('@');
    bool const is_one = at != std::string::npos && at > 0 && at + 1 < text.size() &&
                        text.find_first_of(" ,;<>\"") == std::string::npos;
    if (is_one) {
      contact.emails.push_back(std::move(text));
    } else {
      draft_.note(FindingCode::email_unreadable, told.first(), text);
    }
  }

  // ---- Where and when, and with what

  void read_area(Told const& feature, model::LocalText place) {
    auto const within = feature.member("geometry");
    auto const node = within.first();
    model::SpatialExtent extent{.geometry = std::nullopt, .place = std::move(place)};
    if (node && node.value()->is_object()) {
      auto const raw = json::read_geometry(*node.value(), positions_);
      if (raw) positions_ -= std::min(positions_, positions_of(*raw));
      auto area = raw ? geometry::normalise(*raw) : raw.error();
      if (area) {
        extent.geometry = std::move(*area);
        if (raw->heights) add_heights(*raw->heights);
      } else {
        draft_.note(FindingCode::geometry_unreadable, node, area.error().detail);
      }
    }
    draft_.add_area(std::move(extent));
  }

  void add_heights(model::HeightRange const& more) {
    auto& vertical = draft_.parts.vertical;
    if (vertical.empty()) {
      vertical.push_back({.range = more, .unit = "m", .crs = {}});
      return;
    }
    auto& range = vertical.front().range;
    range = {std::min(range.lowest, more.lowest), std::max(range.highest, more.highest)};
  }

  void read_observation(Told const& observation) {
    read_property(observation.member("observedProperty"));
    auto const feature = observation.member("featureOfInterest").member("samplingFeature");
    read_area(feature, feature.member("name").name(draft_));
    widen_period(observation.member("temporalExtent"));
    auto const procedure = observation.member("procedure");
    auto const production = procedure.member("dataProduction");
    add_lineage(production.member("method"));
    for (auto const& step : procedure.member("lineageInformations").each()) {
      add_lineage(step.member("processingDescription"));
    }
    for (auto const& sensor : production.member("sensors").each()) read_sensor(sensor);
  }

  void add_lineage(Told const& told) {
    constexpr std::size_t most = 50;
    if (!add_new(lineage_, told.prose(draft_), most)) draft_.left_out("lineage", most);
  }

  /// A sensor has a model and its maker, a computation a name.
  void read_sensor(Told const& sensor) {
    auto const is_said = [](std::string const& text) { return is_name(text); };
    auto const maker = sensor.member("manufacturer").line();
    auto const model_name = sensor.member("model").line();
    std::string text;
    for (auto const& part : {maker, model_name}) {
      if (is_said(part)) text += (text.empty() ? "" : " ") + part;
    }
    auto name = text.empty() ? sensor.member("name").name(draft_) : model::LocalText(text);
    if (name.empty()) name = sensor.member("sensorType").name(draft_);
    if (!name.empty()) draft_.add_new(draft_.parts.instruments, std::move(name), most_values);
  }

  /// The data set's period is that of all its observations; where none of them can be read, their
  /// texts remain.
  void widen_period(Told const& extent) {
    auto const begin = extent.member("dateBeg");
    auto const end = extent.member("dateEnd");
    widen(begin, first_, [](auto const& a, auto const& b) { return a.earliest() < b.earliest(); });
    widen(end, last_, [](auto const& a, auto const& b) { return a.latest() > b.latest(); });
  }

  struct End {
    Told where;
    std::string text;
    model::Bound at = model::Bound::unknown();
  };

  template<class IsFarther>
  void widen(Told const& told, End& end, IsFarther const& is_farther) {
    auto text = told.line();
    if (text.empty() || says_nothing(text)) return;
    auto const at = draft_.date(told.first(), text);
    if (!end.text.empty() &&
        (at.is_unknown() || (!end.at.is_unknown() && !is_farther(at, end.at)))) {
      return;
    }
    end = {told, std::move(text), at};
  }

  void add_period() {
    auto const& where = first_.text.empty() ? last_.where : first_.where;
    draft_.add_period(where.first(), read_period(first_.text, last_.text));
  }

  // ---- Rights and ways to the data

  void read_rights() {
    auto const constraint = metadata_.member("dataConstraint");
    auto const licence = constraint.member("licence");
    auto const address = licence.member("url");
    auto title = licence.member("title").name(draft_);
    auto href = draft_.link(address.first(), address.line());
    if (!title.empty() || !href.empty()) {
      add_statement(draft_, std::move(title), std::move(href), About::use);
    }
    draft_.add_new(draft_.parts.access_constraints,
                   constraint.member("accessUseConstraint").prose(draft_));
    // Who may have the data before is nobody's business.
    if (constraint.member("embargo")) {
      draft_.add_new(draft_.parts.access_constraints, model::LocalText("restricted"));
    }
    add_link(constraint.member("urlDataPolicy"), model::LocalText("en", "Data policy"),
             "information");
  }

  void read_links() {
    auto const online = metadata_.member("onlineResource");
    read_doi_of(online.member("doi"));
    add_link(online.member("urlDownload"), {}, "download");
    add_link(online.member("urlInfo"), {}, "information");
    for (auto const& service : online.member("webservices").each()) {
      add_link(service.member("url"), service.member("description").name(draft_), {});
    }
    for (auto const& document : metadata_.member("documents").each()) {
      read_document(document);
    }
  }

  void read_doi_of(Told const& told) {
    auto const text = told.line();
    if (text.empty()) return;
    auto const doi = read_doi(text);
    auto const& shared = pivot_.shared_dois;
    if (doi && std::ranges::find(shared, *doi) != shared.end()) {
      draft_.add_new(draft_.parts.relations,
                     {.kind = "largerWorkCitation",
                      .id = *doi,
                      .href = "https://doi.org/" + *doi,
                      .title = {}},
                     most_values);
      return;
    }
    draft_.add_identifier(told.first(), text, "doi");
  }

  void read_document(Told const& document) {
    auto const address = document.member("url");
    if (document.member("type").line() != "Publication") {
      add_link(address, document.member("type").name(draft_), "information");
      return;
    }
    auto const text = address.line();
    model::Relation relation{.kind = "crossReference"};
    if (auto doi = read_doi(text)) relation.id = std::move(*doi);
    relation.href = draft_.link(address.first(), text);
    if (!relation.href.empty()) {
      draft_.add_new(draft_.parts.relations, std::move(relation), most_values);
    }
  }

  /// Pages may have an address in each language.
  void add_link(Told const& told, model::LocalText const& name, std::string_view function) {
    for (auto const& version : told.versions()) {
      draft_.add_online({.href = draft_.link(version.node, version.node.line()),
                         .name = name,
                         .description = {},
                         .protocol = {},
                         .function = std::string(function),
                         .media_type = {}});
    }
  }

  Pivot pivot_;
  Told metadata_;
  Draft draft_;
  std::vector<model::LocalText> lineage_;
  End first_;
  End last_;
  std::size_t positions_ = 1'000'000; ///< of outlines that are still accepted
};

std::vector<DatasetVersion> datasets_of(json::Value const& root) {
  std::vector<DatasetVersion> out;
  auto const list = root.member("datasets");
  if (!list || !list->is_array()) return out;
  for (auto const dataset : list->elements()) {
    out.push_back({.language = {}, .file = root, .dataset = dataset});
  }
  return out;
}

} // namespace
} // namespace theia

bool is_theia_pivot(std::string_view document) {
  auto const outline = outline_of(document);
  if (outline.has("producer") && outline.has("datasets")) return true;
  auto const pivots = outline.value("pivots");
  return !pivots.empty() && pivots.find("\"datasets\"") != std::string_view::npos;
}

ReadResult read_theia_pivot(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto pivot = theia::read_pivot(*root, context.language);
  if (!pivot) return pivot.error();
  for (auto const& version : pivot->dataset.versions()) {
    for (auto const& node : {version.node, version.node.member("metadata")}) {
      if (!node || !node.value()->is_object()) {
        return Finding{FindingCode::unexpected_root, node.pointer(), {}};
      }
      if (auto overlong = find_overlong(*node.value(), node.pointer())) {
        return std::move(*overlong);
      }
    }
  }
  return theia::DatasetReader(std::move(*pivot), context).read();
}

SplitResult split_theia_pivot(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const datasets = theia::datasets_of(*root);
  if (datasets.empty() && !root->member("pivots")) {
    return Finding{FindingCode::unexpected_root, "/datasets", "0 data sets"};
  }
  std::vector<std::string> out;
  if (datasets.size() <= 1) {
    out.emplace_back(document);
    return out;
  }
  theia::DoiCounts dois;
  for (auto const& one : datasets) dois.add(one.dataset);
  // What all of them share is written for each.
  std::size_t left = std::size_t{128} << 20;
  for (auto const& one : datasets) {
    auto part = theia::document_of({&one, 1}, dois);
    if (part.size() > left) {
      return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
    }
    left -= part.size();
    out.push_back(std::move(part));
  }
  return out;
}

} // namespace terracat::formats
