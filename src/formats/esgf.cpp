#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::formats {
namespace esgf {
namespace {

/// A facet becomes keywords of the list that the project has for it.
struct FacetRow {
  std::string_view name;
  std::string_view kind;   ///< MD_KeywordTypeCode
  std::string_view unless; ///< another facet is there, which says the same
};

constexpr std::array facets{
    FacetRow{"mip_era", "project", "project"},
    FacetRow{"project", "project", {}},
    FacetRow{"activity_id", "project", {}},
    FacetRow{"activity_drs", "project", "activity_id"},
    FacetRow{"experiment_id", "theme", {}},
    FacetRow{"experiment", "theme", "experiment_id"},
    FacetRow{"driving_model", "platform", {}},
    FacetRow{"source_id", "platform", {}},
    FacetRow{"model", "platform", "source_id"},
    FacetRow{"source_type", "theme", {}},
    FacetRow{"realm", "theme", {}},
    FacetRow{"frequency", "temporal", {}},
    FacetRow{"time_frequency", "temporal", "frequency"},
    FacetRow{"table_id", "theme", {}},
    FacetRow{"cmor_table", "theme", "table_id"},
    FacetRow{"product", "product", {}},
    FacetRow{"domain", "place", {}},
    FacetRow{"variable_id", "theme", {}},
    FacetRow{"variable", "theme", "variable_id"},
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> topics{
    {{"atmos", "climatologyMeteorologyAtmosphere"},
     {"atmosChem", "climatologyMeteorologyAtmosphere"},
     {"aerosol", "climatologyMeteorologyAtmosphere"},
     {"ocean", "oceans"},
     {"ocnBgchem", "oceans"},
     {"ocnBgChem", "oceans"},
     {"seaIce", "oceans"}}};

/// What the description says, in this order: a word, the members that have its names, and those
/// that have its codes. The first that is there counts.
struct SentenceRow {
  std::string_view word;
  std::array<std::string_view, 2> names;
  std::array<std::string_view, 2> codes;
};

constexpr std::array sentences{
    SentenceRow{"Variable", {"variable_long_name", {}}, {"variable_id", "variable"}},
    SentenceRow{"Unit", {"variable_units", {}}, {}},
    SentenceRow{"Experiment", {"experiment_title", {}}, {"experiment_id", "experiment"}},
    SentenceRow{"Model", {"source_id", "model"}, {}},
    SentenceRow{"Driving model", {"driving_model", {}}, {}},
    SentenceRow{"Institution", {"institution_id", "institute"}, {}},
    SentenceRow{"Member", {"member_id", "ensemble"}, {}},
    SentenceRow{"Domain", {"domain", {}}, {}},
    SentenceRow{"Realm", {"realm", {}}, {}},
    SentenceRow{"Frequency", {"frequency", "time_frequency"}, {}},
    SentenceRow{"Grid", {"grid", {}}, {"grid_label", {}}},
    SentenceRow{"Nominal resolution", {"nominal_resolution", {}}, {}},
    SentenceRow{"Project", {"project", {}}, {}},
};

/// An address with what it is, as `href|media type|service` or `href|title|kind`.
struct Tuple {
  std::string_view href;
  std::string_view second;
  std::string_view third;
};

Tuple tuple_of(std::string_view text) {
  auto const take = [&text] {
    auto const part = text.substr(0, text.find('|'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return trimmed(part);
  };
  Tuple out;
  out.href = take();
  out.second = take();
  out.third = take();
  return out;
}

/// The four numbers of `ENVELOPE(west, east, north, south)`.
std::optional<std::array<std::string_view, 4>> envelope_of(std::string_view text) {
  constexpr std::string_view begin = "ENVELOPE(";
  if (!text.starts_with(begin) || !text.ends_with(')')) return std::nullopt;
  auto const numbers = split(text.substr(begin.size(), text.size() - begin.size() - 1), ",");
  if (numbers.size() != 4) return std::nullopt;
  return std::array<std::string_view, 4>{numbers[0], numbers[1], numbers[2], numbers[3]};
}

/// "100 km", "0.5 degree", "1x1 degree".
std::optional<model::Resolution> resolution_of(std::string_view text) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !(value > 0)) return std::nullopt;
  auto unit = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  if (unit.starts_with('x')) unit = trimmed(unit.substr(std::min(unit.find(' '), unit.size())));
  if (unit == "km") return model::Resolution{value * 1'000, "m"};
  if (unit == "m") return model::Resolution{value, "m"};
  if (unit.starts_with("degree")) return model::Resolution{value, "degree"};
  return std::nullopt;
}

/// Reads one data set as Solr has it: facets are lists, mostly of one value.
class DatasetReader {
 public:
  DatasetReader(json::Value const& root, ReadContext const& context)
      : root_(root), draft_(context) {
    draft_.language = "en";
  }

  ReadResult read() {
    auto& parts = draft_.parts;
    parts.native_id = root_.member("id").line();
    if (!is_name(parts.native_id)) {
      return refusal(FindingCode::no_identifier, root_.member("id"), parts.native_id);
    }
    if (auto overlong = find_overlong(*root_.value(), "")) return std::move(*overlong);
    parts.type = "dataset";
    parts.metadata_languages = {"en"};
    read_title();
    read_description();
    read_names();
    read_subjects();
    read_contacts();
    read_area();
    draft_.add_period(root_.member("datetime_start"), read_period(first({"datetime_start"}).line(),
                                                                  first({"datetime_stop"}).line()));
    if (auto found = resolution_of(first({"nominal_resolution"}).line())) {
      parts.resolutions.push_back(std::move(*found));
    }
    read_rights();
    read_links();
    read_status();
    return draft_.take();
  }

 private:
  /// The first value of the first member that is there.
  template<class Names = std::initializer_list<std::string_view>>
  [[nodiscard]] JsonNode first(Names const& names) const {
    for (auto const name : names) {
      if (name.empty()) continue;
      auto const values = root_.member(name).each();
      if (!values.empty() && is_name(values.front().line())) return values.front();
    }
    return JsonNode(std::nullopt);
  }

  [[nodiscard]] bool says(std::string_view name, bool value) const {
    auto const node = root_.member(name);
    return node && node.value()->boolean() == value;
  }

  // ---- What it is called

  void read_title() {
    auto& parts = draft_.parts;
    parts.title = name_of(first({"title"}), draft_);
    if (!parts.title.empty()) return;
    parts.title = model::LocalText(parts.native_id);
    parts.inferences.push_back(
        {"title", "the source gives no title; its identifier stands for it"});
  }

  void read_description() {
    auto& parts = draft_.parts;
    parts.description = prose_of(first({"description", "short_description"}), draft_);
    if (!parts.description.empty()) return;
    std::string text;
    for (auto const& row : sentences) append(row, text);
    if (text.empty()) return;
    parts.description = model::LocalText("en", std::move(text));
    parts.inferences.push_back({"description", "it is put together from the data set's facets"});
  }

  void append(SentenceRow const& row, std::string& out) const {
    auto const words = listed_values(row.names);
    auto const codes = listed_values(row.codes);
    if (words.empty() && codes.empty()) return;
    if (!out.empty()) out += '\n';
    out.append(row.word).append(": ").append(words.empty() ? codes : words);
    if (!words.empty() && !codes.empty() && codes != words) out += " (" + codes + ')';
  }

  /// Some data sets have a hundred variables.
  [[nodiscard]] std::string listed_values(std::array<std::string_view, 2> const& names) const {
    constexpr std::size_t most = 20;
    for (auto const name : names) {
      if (name.empty()) continue;
      std::string out;
      std::size_t count = 0;
      for (auto const& node : root_.member(name).each()) {
        auto const text = node.line();
        if (!is_name(text)) continue;
        if (++count > most) return out + ", …";
        out += (out.empty() ? "" : ", ") + text;
      }
      if (!out.empty()) return out;
    }
    return {};
  }

  void read_names() {
    for (auto const* const name : {"pid", "instance_id", "master_id", "doi"}) {
      for (auto const& node : root_.member(name).each()) {
        draft_.add_identifier(node, node.line(), name == std::string_view("pid") ? "hdl" : name);
      }
    }
    auto const updated = root_.member("_timestamp");
    draft_.parts.updated = draft_.date(updated, updated.line());
    auto const version = first({"version"});
    auto text = version.line();
    if (text.starts_with('v')) text.erase(0, 1);
    bool const is_date = text.size() == 8 && std::ranges::all_of(text, is_digit);
    if (is_date) draft_.add_date(version, std::move(text), "publication");
  }

  // ---- Subjects

  void read_subjects() {
    auto const project = first({"project", "mip_era"}).line();
    for (auto const& row : facets) {
      if (!row.unless.empty() && root_.member(row.unless)) continue;
      model::KeywordSet heading;
      heading.kind = row.kind;
      auto list = project.empty() ? std::string(row.name) : project + ' ' + std::string(row.name);
      heading.thesaurus = model::LocalText("en", std::move(list));
      add_keywords(row.name, heading);
    }
    model::KeywordSet standard;
    standard.kind = "theme";
    standard.thesaurus = model::LocalText("en", "Climate and Forecast Standard Names");
    add_keywords("cf_standard_name", standard);
    add_labels({"variable_long_name", "variable_id", "variable"}, draft_.parts.variables);
    add_labels({"source_id", "model"}, draft_.parts.platforms);
    for (auto const& node : root_.member("realm").each()) {
      auto const* const found =
          std::ranges::find(topics, node.text(), &decltype(topics)::value_type::first);
      if (found != topics.end()) add_new(draft_.parts.topics, std::string(found->second), 20);
    }
  }

  void add_keywords(std::string_view name, model::KeywordSet const& heading) {
    for (auto const& node : root_.member(name).each()) {
      model::Keyword keyword{.label = name_of(node, draft_), .uri = {}};
      if (!keyword.label.empty()) draft_.keywords.add(heading, std::move(keyword));
    }
  }

  /// Of the first member that has any.
  void add_labels(std::initializer_list<std::string_view> names,
                  std::vector<model::LocalText>& out) {
    for (auto const name : names) {
      for (auto const& node : root_.member(name).each()) {
        draft_.add_new(out, name_of(node, draft_));
      }
      if (!out.empty()) return;
    }
  }

  // ---- Who

  void read_contacts() {
    for (auto const* const name : {"institution_id", "institute"}) {
      for (auto const& node : root_.member(name).each()) add_organisation(node, "originator");
    }
    add_organisation(first({"data_node"}), "distributor");
  }

  void add_organisation(JsonNode const& node, std::string_view role) {
    model::Contact contact;
    contact.organisation = name_of(node, draft_);
    contact.roles.emplace_back(role);
    draft_.contacts.add(std::move(contact));
  }

  // ---- Where

  /// The edges, else the envelopes that Solr has in their place.
  void read_area() {
    auto const west = first({"west_degrees"});
    auto const south = first({"south_degrees"});
    auto const east = first({"east_degrees"});
    auto const north = first({"north_degrees"});
    if (west && south && east && north) {
      return add_box(west, west.line(), south.line(), east.line(), north.line());
    }
    for (auto const& node : root_.member("geo").each()) {
      auto const text = node.line();
      auto const edges = envelope_of(text);
      if (edges) {
        add_box(node, (*edges)[0], (*edges)[3], (*edges)[1], (*edges)[2]);
      } else if (!says_nothing(text)) {
        draft_.note(FindingCode::bbox_unreadable, node, text);
      }
    }
  }

  void add_box(JsonNode const& node, std::string_view west, std::string_view south,
               std::string_view east, std::string_view north) {
    auto const reading = read_box({.west = west, .south = south, .east = east, .north = north});
    for (auto const code : reading.findings) {
      if (code == FindingCode::bbox_wrapped) continue; // models count from 0 to 360
      draft_.note(
          code, node,
          std::string(west).append(" ").append(south).append(" ").append(east).append(" ").append(
              north));
    }
    if (reading.box) draft_.add_area({model::Geometry::box(*reading.box), {}});
  }

  // ---- Rights, and ways to the data

  void read_rights() {
    auto words = name_of(first({"license", "rights"}), draft_);
    auto const address = first({"license_url"});
    auto href = draft_.link(address, address.line());
    if (words.empty() && href.empty()) return;
    add_statement(draft_, std::move(words), std::move(href), About::use);
  }

  void read_links() {
    add_list_of_files();
    for (auto const& node : root_.member("url").each()) {
      auto const text = node.line();
      auto const [href, media_type, service] = tuple_of(text);
      if (!is_web_address(href)) continue; // of Globus or GridFTP
      add_link(node, href, service, "information", media_type_in(media_type));
    }
    for (auto const& node : root_.member("xlink").each()) {
      auto const text = node.line();
      auto const [href, title, kind] = tuple_of(text);
      add_link(node, href, title, "information", {});
    }
    for (auto const* const name : {"citation_url", "further_info_url"}) {
      for (auto const& node : root_.member(name).each()) {
        add_link(node, node.line(), {}, "information", {});
      }
    }
  }

  /// The search that finds the files, if the document came from one.
  void add_list_of_files() {
    std::string_view address = draft_.context().address;
    auto const query = address.find("/search?");
    if (!is_web_address(address) || query == std::string_view::npos) return;
    draft_.add_online({.href = std::string(address.substr(0, query)) +
                               "/search?type=File&format=application%2Fsolr%2Bjson&dataset_id=" +
                               percent_encoded(draft_.parts.native_id),
                       .name = model::LocalText("en", "Files"),
                       .description = {},
                       .protocol = "ESGF",
                       .function = "download",
                       .media_type = "application/json"});
  }

  void add_link(JsonNode const& node, std::string_view text, std::string_view name,
                std::string_view function, std::string_view media_type) {
    auto href = draft_.link(node, text);
    auto const& known = draft_.parts.online;
    if (std::ranges::find(known, href, &model::OnlineResource::href) != known.end()) return;
    draft_.add_online({.href = std::move(href),
                       .name = model::LocalText("en", std::string(name)),
                       .description = {},
                       .protocol = {},
                       .function = std::string(function),
                       .media_type = std::string(media_type)});
  }

  void read_status() {
    if (says("retracted", true)) {
      draft_.parts.status = "withdrawn";
    } else if (says("latest", false)) {
      draft_.parts.status = "superseded";
    }
  }

  JsonNode root_;
  Draft draft_;
};

} // namespace
} // namespace esgf

bool is_esgf(std::string_view document) {
  auto const outline = outline_of(document);
  return outline.string("type") == "Dataset" && outline.has("instance_id") &&
         outline.has("data_node");
}

ReadResult read_esgf(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  auto const type = root->string("type");
  if (type && *type != "Dataset") {
    return Finding{FindingCode::unexpected_root, "/type", excerpt(*type)};
  }
  return esgf::DatasetReader(*root, context).read();
}

} // namespace terracat::formats
