#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/links.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace terracat::formats {
namespace erddap {
namespace {

/// Rows of a data set with many variables.
constexpr std::size_t most_rows = 200'000;
constexpr std::size_t most_variables = 2'000;
constexpr std::size_t most_contributors = 500;

/// What the attributes of the whole data set stand under.
constexpr std::string_view global = "NC_GLOBAL";

/// Variables that say where and when, whose names every ERDDAP has.
constexpr std::array<std::string_view, 5> axes{"time", "latitude", "longitude", "altitude",
                                               "depth"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> date_kinds{
    {{"date_created", "creation"}, {"date_issued", "publication"}, {"date_modified", "revision"}}};

/// The attributes of the data set or of a variable: the text and where it stands.
using Attributes = std::map<std::string, JsonNode, std::less<>>;

struct Variable {
  std::string name;
  Attributes attributes;
  bool is_dimension = false;
};

/// `info/ID` of ERDDAP, of which each row is a variable, a dimension, or an attribute of one of
/// these or of the whole.
struct Info {
  Attributes attributes;
  std::vector<Variable> variables;
  bool is_grid = false; ///< it has dimensions
  std::size_t rows_left_out = 0;
  std::set<std::string> more_variables; ///< than are taken
};

/// What the columns of a row hold, in the order in which each version has them.
struct Row {
  std::string type;
  std::string variable;
  std::string attribute;
  JsonNode value;
};

Row row_of(json::Value const& values, std::string const& pointer) {
  std::array<std::string, 3> words;
  Row row{.type = {}, .variable = {}, .attribute = {}, .value = JsonNode(std::nullopt)};
  std::size_t column = 0;
  for (auto const value : values.elements()) {
    if (column < words.size()) words.at(column) = value.string().value_or("");
    if (column == 4) row.value = JsonNode(value, pointer + "/4");
    ++column;
  }
  row.type = std::move(words[0]);
  row.variable = std::move(words[1]);
  row.attribute = std::move(words[2]);
  return row;
}

class InfoReader {
 public:
  explicit InfoReader(json::Value const& rows) {
    std::size_t number = 0;
    for (auto const values : rows.elements()) {
      if (number == most_rows) {
        info_.rows_left_out = rows.size() - most_rows;
        break;
      }
      take(row_of(values, "/table/rows/" + std::to_string(number)));
      ++number;
    }
  }

  [[nodiscard]] Info take() { return std::move(info_); }

 private:
  void take(Row row) {
    if (row.type == "variable" || row.type == "dimension") {
      auto* const variable = variable_of(row.variable);
      if (variable != nullptr && row.type == "dimension") variable->is_dimension = true;
      info_.is_grid |= row.type == "dimension";
    } else if (row.type == "attribute" && row.variable == global) {
      info_.attributes.emplace(std::move(row.attribute), std::move(row.value));
    } else if (row.type == "attribute") {
      auto* const variable = variable_of(row.variable);
      if (variable == nullptr) return;
      variable->attributes.emplace(std::move(row.attribute), std::move(row.value));
    }
  }

  /// \return  null if there are too many
  Variable* variable_of(std::string const& name) {
    auto const found = places_.find(name);
    if (found != places_.end()) return &info_.variables[found->second];
    if (info_.variables.size() == most_variables) {
      info_.more_variables.insert(name);
      return nullptr;
    }
    places_.emplace(name, info_.variables.size());
    info_.variables.push_back({.name = name, .attributes = {}, .is_dimension = false});
    return &info_.variables.back();
  }

  Info info_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

/// The id in `…/info/ID/index.json`.
std::string id_in(std::string_view address) {
  auto const steps = split(address.substr(0, address.find_first_of("?#")), "/");
  if (steps.size() < 3 || !steps.back().starts_with("index.")) return {};
  if (steps[steps.size() - 3] != "info") return {};
  return std::string(steps[steps.size() - 2]);
}

/// `…/erddap` of `…/erddap/info/ID/index.json`; empty if the address is no such one.
std::string base_in(std::string_view address) {
  auto const at = address.rfind("/info/");
  if (!is_web_address(address) || id_in(address).empty() || at == std::string_view::npos) return {};
  return std::string(address.substr(0, at));
}

/// Two numbers between a comma; of equal ones both.
std::optional<std::pair<std::string, std::string>> range_of(JsonNode const& node) {
  auto const line = node.line();
  auto const parts = split(line, ",");
  if (parts.size() != 2) return std::nullopt;
  return std::pair(std::string(parts[0]), std::string(parts[1]));
}

/// Reads a data set of ERDDAP by the attributes that ACDD and CF have names for.
class DatasetReader {
 public:
  DatasetReader(JsonNode root, Info info, ReadContext const& context)
      : root_(std::move(root)), info_(std::move(info)), draft_(context) {
    draft_.language = context.language.empty() ? "en" : context.language;
  }

  ReadResult read() {
    auto& parts = draft_.parts;
    parts.native_id = native_id();
    if (parts.native_id.empty()) {
      return refusal(FindingCode::no_identifier, root_.member("datasetID"), {});
    }
    parts.type = "dataset";
    parts.title = name_of(attribute("title"), draft_);
    if (parts.title.empty()) {
      return refusal(FindingCode::no_title, root_.member("table"), parts.native_id);
    }
    parts.description = prose_of(attribute("summary"), draft_);
    if (parts.description.empty()) {
      draft_.note(FindingCode::abstract_missing, root_.member("table"));
    }
    parts.lineage = prose_of(attribute("history"), draft_);
    read_identifiers();
    read_dates();
    read_subjects();
    read_contacts();
    read_area();
    read_heights();
    read_period_of();
    read_rights();
    read_links();
    if (info_.rows_left_out > 0) draft_.left_out("rows", most_rows, info_.rows_left_out);
    if (!info_.more_variables.empty()) {
      draft_.left_out("variables", most_variables, info_.more_variables.size());
    }
    return draft_.take();
  }

 private:
  [[nodiscard]] std::string native_id() const {
    auto const& context = draft_.context();
    if (!context.native_id.empty()) return context.native_id;
    auto id = root_.member("datasetID").line();
    return id.empty() ? id_in(context.address) : id;
  }

  [[nodiscard]] static JsonNode at(Attributes const& attributes, std::string_view name) {
    auto const found = attributes.find(name);
    return found == attributes.end() ? JsonNode(std::nullopt) : found->second;
  }

  [[nodiscard]] JsonNode attribute(std::string_view name) const {
    return at(info_.attributes, name);
  }

  /// The first of these that says anything.
  [[nodiscard]] JsonNode first(std::initializer_list<std::string_view> names) const {
    for (auto const name : names) {
      auto node = attribute(name);
      if (is_name(node.line())) return node;
    }
    return JsonNode(std::nullopt);
  }

  [[nodiscard]] Variable const* variable(std::string_view name) const {
    auto const found = std::ranges::find(info_.variables, name, &Variable::name);
    return found == info_.variables.end() ? nullptr : &*found;
  }

  // ---- What it is called, and when

  /// An id is one with who gives it.
  void read_identifiers() {
    auto const id = attribute("id");
    draft_.add_identifier(id, id.line(), attribute("naming_authority").line());
    for (auto const* const name : {"doi", "uuid"}) {
      draft_.add_identifier(attribute(name), attribute(name).line(), name);
    }
  }

  void read_dates() {
    for (auto const& [name, kind] : date_kinds) {
      auto const node = attribute(name);
      draft_.add_date(node, node.line(), kind);
    }
    auto const updated = first({"date_metadata_modified"});
    if (updated) draft_.parts.updated = draft_.date(updated, updated.line());
  }

  // ---- Subjects

  void read_subjects() {
    model::KeywordSet heading;
    heading.kind = "theme";
    auto const vocabulary = attribute("keywords_vocabulary").line();
    if (is_name(vocabulary)) heading.thesaurus = model::LocalText("en", vocabulary);
    auto const keywords = attribute("keywords").line();
    for (auto const word : split(keywords, ",")) {
      if (!is_name(word)) continue;
      draft_.keywords.add(
          heading, {.label = model::LocalText(draft_.language, std::string(word)), .uri = {}});
    }
    read_variables();
    add_labels({"platform", "platform_name", "sensor_platform"}, draft_.parts.platforms);
    add_labels({"instrument", "sensor"}, draft_.parts.instruments);
    auto const project = name_of(attribute("project"), draft_);
    model::KeywordSet projects;
    projects.kind = "project";
    if (!project.empty()) draft_.keywords.add(projects, {.label = project, .uri = {}});
  }

  void add_labels(std::initializer_list<std::string_view> names,
                  std::vector<model::LocalText>& out) {
    auto label = name_of(first(names), draft_);
    if (!label.empty()) draft_.add_new(out, std::move(label));
  }

  /// Variables but those of place and time, by their long names, and by those of CF.
  void read_variables() {
    model::KeywordSet standard;
    standard.kind = "theme";
    standard.thesaurus = model::LocalText("en", "Climate and Forecast Standard Names");
    for (auto const& one : info_.variables) {
      bool const is_axis = one.is_dimension || std::ranges::find(axes, one.name) != axes.end();
      if (is_axis) continue;
      auto label = name_of(at(one.attributes, "long_name"), draft_);
      if (label.empty()) label = model::LocalText(draft_.language, one_line(one.name));
      draft_.add_new(draft_.parts.variables, std::move(label));
      auto name = name_of(at(one.attributes, "standard_name"), draft_);
      if (!name.empty()) draft_.keywords.add(standard, {.label = std::move(name), .uri = {}});
    }
  }

  // ---- Who

  void read_contacts() {
    add_contact("creator", "author");
    add_contact("publisher", "publisher");
    model::Contact institution;
    institution.organisation = name_of(attribute("institution"), draft_);
    institution.roles = {"originator"};
    draft_.contacts.add(std::move(institution));
    auto const contributors = attribute("contributor_name").line();
    std::size_t count = 0;
    for (auto const name : split(contributors, ",;")) {
      if (!is_name(name)) continue;
      if (++count > most_contributors) {
        draft_.left_out("contributors", most_contributors);
        continue;
      }
      model::Contact contact;
      contact.name = name;
      contact.roles = {"contributor"};
      draft_.contacts.add(std::move(contact));
    }
  }

  /// `creator_name` and its like; `creator_type` says what the name is of.
  void add_contact(std::string const& who, std::string_view role) {
    model::Contact contact;
    auto const name = attribute(who + "_name");
    auto const type = lowered(attribute(who + "_type").line());
    bool const is_person = type.empty() || type == "person" || type == "position";
    if (is_person && is_name(name.line())) contact.name = name.line();
    contact.organisation = name_of(is_person ? attribute(who + "_institution") : name, draft_);
    auto const email = attribute(who + "_email");
    auto const text = email.line();
    if (text.find('@') != std::string::npos && text.find_first_of(" ,;") == std::string::npos) {
      contact.emails.push_back(text);
    } else if (is_name(text)) {
      draft_.note(FindingCode::email_unreadable, email, text);
    }
    auto const url = attribute(who + "_url");
    if (is_name(url.line())) contact.url = draft_.link(url, url.line());
    contact.roles.emplace_back(role);
    draft_.contacts.add(std::move(contact));
  }

  // ---- Where and when

  /// What the data set says of itself, else what the axes reach over.
  void read_area() {
    auto const west = attribute("geospatial_lon_min");
    auto const south = attribute("geospatial_lat_min");
    auto const east = attribute("geospatial_lon_max");
    auto const north = attribute("geospatial_lat_max");
    if (west && south && east && north) {
      add_box(west, {west.line(), south.line(), east.line(), north.line()});
    } else {
      auto const longitudes = axis("longitude");
      auto const latitudes = axis("latitude");
      auto const we = range_of(longitudes);
      auto const sn = range_of(latitudes);
      if (we && sn) add_box(longitudes, {we->first, sn->first, we->second, sn->second});
    }
    auto const step = attribute("geospatial_lat_resolution");
    auto const number = read_number(step.line()).value;
    if (number && *number > 0) draft_.parts.resolutions.push_back({*number, "degree"});
  }

  [[nodiscard]] JsonNode axis(std::string_view name) const {
    auto const* const found = variable(name);
    return found == nullptr ? JsonNode(std::nullopt) : at(found->attributes, "actual_range");
  }

  /// West, south, east, north. Data sets of models and drifters count from 0 to 360.
  void add_box(JsonNode const& node, std::array<std::string, 4> const& edges) {
    auto const outcome =
        read_box({.west = edges[0], .south = edges[1], .east = edges[2], .north = edges[3]});
    for (auto const code : outcome.findings) {
      if (code == FindingCode::bbox_wrapped) continue;
      draft_.note(code, node, edges[0] + ' ' + edges[1] + ' ' + edges[2] + ' ' + edges[3]);
    }
    if (outcome.box) draft_.add_area({model::Geometry::box(*outcome.box), {}});
  }

  /// Depths are counted downwards.
  void read_heights() {
    auto const low = read_number(attribute("geospatial_vertical_min").line()).value;
    auto const high = read_number(attribute("geospatial_vertical_max").line()).value;
    if (!low || !high) return;
    bool const is_down = lowered(attribute("geospatial_vertical_positive").line()) == "down";
    auto const sign = is_down ? -1.0 : 1.0;
    draft_.parts.vertical.push_back({.range = {.lowest = std::min(sign * *low, sign * *high),
                                               .highest = std::max(sign * *low, sign * *high)},
                                     .unit = attribute("geospatial_vertical_units").line(),
                                     .crs = {}});
  }

  void read_period_of() {
    auto const start = attribute("time_coverage_start");
    auto const end = attribute("time_coverage_end");
    if (start || end) {
      draft_.add_period(start ? start : end, read_period(start.line(), end.line()));
      return;
    }
    // ERDDAP counts its times in seconds since 1970.
    auto const times = axis("time");
    auto const range = range_of(times);
    if (!range) return;
    auto const first = moment_of(range->first);
    auto const last = moment_of(range->second);
    if (!first.empty() && !last.empty()) draft_.add_period(times, read_period(first, last));
  }

  [[nodiscard]] static std::string moment_of(std::string_view seconds) {
    constexpr double most = 1e12;
    auto const number = read_number(seconds).value;
    if (!number || !(*number > -most && *number < most)) return {};
    return model::to_iso8601(model::Instant(static_cast<std::int64_t>(*number * 1'000)));
  }

  // ---- Rights and ways to the data

  void read_rights() {
    auto licence = prose_of(attribute("license"), draft_);
    if (!licence.empty()) add_statement(draft_, std::move(licence), {}, About::use);
    auto const accessible = lowered(root_.member("accessible").line());
    if (accessible == "log in" || accessible == "no") {
      draft_.add_new(draft_.parts.access_constraints, model::LocalText("en", "login required"));
    }
  }

  void read_links() {
    auto const page = attribute("infoUrl");
    add_link(page, page.line(), "Background", "", "information");
    auto const base = base_in(draft_.context().address);
    if (base.empty()) return;
    auto const id = percent_encoded(draft_.parts.native_id);
    bool const is_grid = root_.member("griddap") || (info_.is_grid && !root_.member("tabledap"));
    auto const data = base + (is_grid ? "/griddap/" : "/tabledap/") + id;
    auto const& table = root_.member("table");
    add_link(table, data + ".html", "Form for the data",
             is_grid ? "ERDDAP:griddap" : "ERDDAP:tabledap", "download");
    add_link(table, data, {}, "OPeNDAP", "");
    if (root_.member("wms")) {
      add_link(table,
               base + "/wms/" + id + "/request?service=WMS&version=1.3.0&request=GetCapabilities",
               {}, "OGC:WMS", "");
    }
    if (root_.member("files"))
      add_link(table, base + "/files/" + id + "/", "Files", "", "download");
    if (root_.member("iso19115")) {
      add_link(table, base + "/metadata/iso19115/xml/" + id + "_iso19115.xml", {}, "",
               "completeMetadata");
    }
  }

  void add_link(JsonNode const& node, std::string_view text, std::string_view name,
                std::string_view protocol, std::string_view function) {
    if (!is_name(text)) return;
    draft_.add_online(
        {.href = draft_.link(node, text),
         .name = name.empty() ? model::LocalText() : model::LocalText("en", std::string(name)),
         .description = {},
         .protocol = std::string(protocol),
         .function = std::string(function),
         .media_type = {}});
  }

  JsonNode root_;
  Info info_;
  Draft draft_;
};

} // namespace
} // namespace erddap

bool is_erddap(std::string_view document) {
  auto const outline = outline_of(document);
  auto const table = outline.value("table");
  if (!table.starts_with('{')) return false;
  auto const columns = json::Outline(table).value("columnNames");
  return columns.find("\"Row Type\"") != std::string_view::npos &&
         columns.find("\"Variable Name\"") != std::string_view::npos;
}

ReadResult read_erddap(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  JsonNode const said(*root);
  auto const rows = said.member("table").member("rows");
  if (!rows || !rows.value()->is_array()) {
    return Finding{FindingCode::unexpected_root, "/table/rows", {}};
  }
  return erddap::DatasetReader(said, erddap::InfoReader(*rows.value()).take(), context).read();
}

} // namespace terracat::formats
