#include "formats/readers.hpp"

#include "formats/thredds/catalog.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/links.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/record_draft.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace terracat::formats {
namespace thredds {
namespace {

using xml::Node;

constexpr std::size_t most_entries = 2'000;
constexpr std::size_t most_linked_files = 100;

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

constexpr std::array date_kinds{Word{"created", "creation"}, Word{"modified", "revision"},
                                Word{"issued", "publication"}, Word{"available", "released"},
                                Word{"metadataCreated", ""}};

/// A service that people and programs have a use for.
struct Use {
  std::string_view type;
  std::string_view protocol;
  std::string_view function;
  std::string_view question; ///< what has to be asked of it
};

constexpr std::array uses{
    Use{"httpserver", "HTTPServer", "download", ""},
    Use{"http", "HTTPServer", "download", ""},
    Use{"ftp", "FTP", "download", ""},
    Use{"opendap", "OPeNDAP", "", ""},
    Use{"dods", "OPeNDAP", "", ""},
    Use{"dap4", "DAP4", "", ""},
    Use{"wms", "OGC:WMS", "", "service=WMS&version=1.3.0&request=GetCapabilities"},
    Use{"wcs", "OGC:WCS", "", "service=WCS&version=1.0.0&request=GetCapabilities"},
    Use{"netcdfsubset", "NetcdfSubset", "", ""},
    Use{"iso", "ISO", "completeMetadata", ""}};

class DatasetReader {
 public:
  DatasetReader(Dataset dataset, Node catalog, ReadContext const& context)
      : dataset_(std::move(dataset)), catalog_(catalog), draft_(context) {}

  ReadResult read() {
    auto& parts = draft_.parts;
    draft_.language = draft_.context().language;
    parts.native_id = native_id_of(dataset_, draft_.context().address);
    if (parts.native_id.empty()) {
      return xml::refusal(FindingCode::no_identifier, dataset_.node, {});
    }
    auto title = one_line(dataset_.node.attribute("name"));
    if (!is_name(title)) {
      return xml::refusal(FindingCode::no_title, dataset_.node, parts.native_id);
    }
    // A folder of a day says where it stands.
    bool const has_letter = std::ranges::any_of(
        title, [](char c) { return (is_alphanumeric(c) && !is_digit(c)) || c < 0; });
    if (!has_letter) title = parts.native_id;
    parts.title = model::LocalText(draft_.language, std::move(title));
    parts.type = "dataset";
    draft_.add_identifier(dataset_.node, parts.native_id, {});
    read_documentation();
    read_subjects();
    read_agents();
    read_dates();
    read_places();
    read_times();
    read_links();
    return draft_.take();
  }

 private:
  [[nodiscard]] std::vector<Node> all(std::string_view name) const {
    return all_of(dataset_, name);
  }

  [[nodiscard]] Node first(std::string_view name) const {
    auto const found = all(name);
    return found.empty() ? Node() : found.front();
  }

  // ---- Texts

  /// Documentation without a type is a description, if it is no link.
  void read_documentation() {
    std::vector<model::LocalText> descriptions;
    std::vector<model::LocalText> others;
    std::vector<model::LocalText> lineage;
    auto const add = [this](std::vector<model::LocalText>& texts, model::LocalText text) {
      bool const has_room = add_new(texts, std::move(text), most_entries);
      if (!has_room) draft_.left_out("documentation", most_entries);
    };
    for (auto const node : all("documentation")) {
      auto const href = node.attribute("href");
      if (!href.empty()) {
        auto label = one_line(node.attribute("title"));
        add_link(node, href, std::move(label), {}, "information");
      }
      auto text = xml::prose_of({node}, draft_);
      if (text.empty()) continue;
      auto const type = lowered(node.attribute("type"));
      if (type == "summary" || type == "abstract") {
        add(descriptions, std::move(text));
      } else if (type == "rights") {
        add_statement(draft_, std::move(text), {}, About::use);
      } else if (type == "history" || type == "processing_level") {
        add(lineage, std::move(text));
      } else if (type.empty() && href.empty()) {
        add(others, std::move(text));
      }
    }
    auto& parts = draft_.parts;
    parts.description = joined(descriptions.empty() ? others : descriptions, "\n\n");
    if (parts.description.empty()) draft_.note(FindingCode::abstract_missing, dataset_.node);
    parts.lineage = joined(lineage, "\n\n");
  }

  void read_subjects() {
    for (auto const* const name : {"keyword", "project"}) {
      for (auto const node : all(name)) {
        model::KeywordSet heading;
        if (node.name() == "project") heading.kind = "project";
        auto const vocabulary = one_line(node.attribute("vocabulary"));
        if (is_name(vocabulary)) heading.thesaurus = model::LocalText("en", vocabulary);
        draft_.keywords.add(heading, {.label = xml::name_of({node}, draft_), .uri = {}});
      }
    }
    for (auto const variables : all("variables")) {
      for (auto const node : variables.children("variable")) {
        auto label = xml::name_of({node}, draft_);
        if (label.empty()) {
          auto text = one_line(node.attribute("name"));
          if (is_name(text)) label = model::LocalText(std::move(text));
        }
        if (!label.empty()) draft_.add_new(draft_.parts.variables, std::move(label), most_entries);
      }
    }
    for (auto const* const name : {"dataFormat", "dataFormatType"}) {
      auto format = xml::name_of(all(name), draft_);
      if (!format.empty()) draft_.add_new(draft_.parts.formats, std::move(format));
    }
  }

  /// Many write the address of a form where an e-mail address belongs.
  void read_agents() {
    for (auto const& [element, role] :
         {Word{"creator", "author"}, Word{"publisher", "publisher"}}) {
      for (auto const node : all(element)) {
        model::Contact contact;
        contact.organisation = xml::name_of({node.child("name")}, draft_);
        auto const reached = node.child("contact");
        contact.url = link(reached, reached.attribute("url"));
        auto const email = one_line(reached.attribute("email"));
        if (is_web_address(email)) {
          if (contact.url.empty()) contact.url = link(reached, email);
        } else if (email.find('@') != std::string::npos) {
          contact.emails.push_back(email);
        } else if (is_name(email)) {
          draft_.note(FindingCode::email_unreadable, reached, email);
        }
        contact.roles.emplace_back(role);
        draft_.contacts.add(std::move(contact));
      }
    }
    for (auto const node : all("contributor")) {
      model::Contact contact;
      contact.name = xml::line_of(node);
      contact.roles = {"contributor"};
      draft_.contacts.add(std::move(contact));
    }
  }

  // ---- Dates and extents

  void read_dates() {
    for (auto const node : all("date")) {
      auto const type = node.attribute("type");
      auto const* const kind = std::ranges::find(date_kinds, type, &Word::theirs);
      if (kind == date_kinds.end()) continue;
      if (!kind->ours.empty()) xml::add_date(node, kind->ours, draft_);
      if (type == "modified") draft_.parts.updated = xml::date_at(node, draft_);
    }
  }

  /// An axis from where it starts, in either direction.
  struct Axis {
    double low = 0;
    double high = 0;
    double step = 0;
    std::string unit;
  };

  static std::optional<Axis> axis_of(Node node) {
    auto const number = [&](std::string_view name) {
      return read_number(xml::line_of(node.child(name))).value;
    };
    auto const start = number("start");
    auto const size = number("size");
    if (!start || !size) return std::nullopt;
    return Axis{.low = std::min(*start, *start + *size),
                .high = std::max(*start, *start + *size),
                .step = std::abs(number("resolution").value_or(0)),
                .unit = xml::line_of(node.child("units"))};
  }

  void read_places() {
    auto const coverage = first("geospatialCoverage");
    if (!coverage) return;
    model::SpatialExtent extent;
    extent.place = xml::name_of({coverage.child("name")}, draft_);
    auto const north = axis_of(coverage.child("northsouth"));
    auto const east = axis_of(coverage.child("eastwest"));
    if (north && east) {
      auto const outcome = read_box(east->low, north->low, east->high, north->high);
      for (auto const code : outcome.findings) draft_.note(code, coverage);
      if (outcome.box) extent.geometry = model::Geometry::box(*outcome.box);
      if (north->step > 0) {
        draft_.parts.resolutions.push_back({.value = north->step, .unit = "degree"});
      }
    } else if (coverage.child("northsouth") || coverage.child("eastwest")) {
      draft_.note(FindingCode::bbox_unreadable, coverage);
    }
    draft_.add_area(std::move(extent));
    if (auto const up = axis_of(coverage.child("updown"))) {
      draft_.parts.vertical.push_back(
          {.range = {.lowest = up->low, .highest = up->high}, .unit = up->unit, .crs = {}});
    }
  }

  /// Where one end is told by a duration, it is not known.
  void read_times() {
    auto const coverage = first("timeCoverage");
    if (!coverage) return;
    auto start = xml::line_of(coverage.child("start"));
    auto end = xml::line_of(coverage.child("end"));
    if (start.empty() && end.empty()) return;
    if (coverage.child("duration")) {
      if (start.empty()) start = "unknown";
      if (end.empty()) end = "unknown";
    }
    draft_.add_period(coverage, read_period(std::move(start), std::move(end)));
  }

  // ---- Ways to the data

  std::string link(Node where, std::string_view text) { return draft_.link(where, one_line(text)); }

  void add_link(Node where, std::string_view text, std::string label, std::string_view protocol,
                std::string_view function) {
    draft_.add_online(
        {.href = link(where, text),
         .name = is_name(label) ? model::LocalText(std::move(label)) : model::LocalText(),
         .description = {},
         .protocol = std::string(protocol),
         .function = std::string(function),
         .media_type = {}});
  }

  void read_links() {
    auto const& address = draft_.context().address;
    if (is_web_address(address)) {
      add_link(dataset_.node, address, {}, "THREDDS", "browsing");
      add_page(address);
    }
    if (dataset_.files.empty()) {
      for (auto const& access : accesses_of(dataset_.node, dataset_, catalog_)) {
        add_access(dataset_.node, access, {});
      }
      return;
    }
    if (auto const left = files_left_out(dataset_); left > 0) {
      draft_.left_out("links of files", most_linked_files, left);
    }
    std::size_t count = 0;
    for (auto const file : dataset_.files) {
      if (++count > most_linked_files) {
        draft_.left_out("links of files", most_linked_files);
        continue;
      }
      for (auto const& access : accesses_of(file, dataset_, catalog_)) {
        if (!access.service.starts_with("http")) continue;
        add_access(file, access, one_line(file.attribute("name")));
      }
    }
  }

  /// What a server of Unidata shows to people.
  void add_page(std::string const& address) {
    auto const end = std::min(address.find_first_of("?#"), address.size());
    std::string_view const path = std::string_view(address).substr(0, end);
    constexpr std::string_view ending = ".xml";
    bool const is_of_unidata = path.find("/thredds/") != std::string_view::npos;
    if (!is_of_unidata || !path.ends_with(ending)) return;
    std::string page(path.substr(0, path.size() - ending.size()));
    page += ".html";
    auto const id = one_line(dataset_.node.attribute("ID"));
    if (!id.empty()) page += "?dataset=" + percent_encoded(id, "-._~/");
    add_link(dataset_.node, page, {}, {}, "information");
  }

  void add_access(Node where, Access const& access, std::string label) {
    auto const* const use = std::ranges::find(uses, access.service, &Use::type);
    if (use == uses.end()) return;
    auto href = access.href;
    bool const has_base = is_web_address(draft_.context().address);
    if (!has_base && !is_web_address(href)) return; // of a file that somebody kept
    std::string question(use->question);
    if (use->type == "iso") {
      auto const& address = draft_.context().address;
      auto const id = one_line(where.attribute("ID"));
      question = "catalog=" + percent_encoded(address) + "&dataset=" + percent_encoded(id);
    }
    if (!question.empty() && href.find('?') == std::string::npos) href += '?' + question;
    add_link(where, href, std::move(label), use->protocol, use->function);
  }

  Dataset dataset_;
  Node catalog_;
  Draft draft_;
};

Finding not_one(std::size_t count) {
  return {.code = FindingCode::unexpected_root,
          .where = "/catalog",
          .excerpt = std::to_string(count) + " data sets"};
}

} // namespace
} // namespace thredds

bool recognises_thredds(std::string_view document) {
  for (auto const& tag : xml::first_start_tags(document, 1)) {
    if (tag.name != "catalog") return false;
    return tag.namespace_uri.find("/thredds/InvCatalog") != std::string::npos;
  }
  return false;
}

ReadResult read_thredds(std::string_view document, ReadContext const& context) {
  auto const parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const catalog = parsed->root();
  auto datasets = thredds::is_catalog(catalog) ? thredds::datasets_of(catalog)
                                               : std::vector<thredds::Dataset>();
  if (datasets.size() != 1) return thredds::not_one(datasets.size());
  return thredds::DatasetReader(std::move(datasets.front()), catalog, context).read();
}

SplitResult split_thredds(std::string_view document, ReadContext const&) {
  auto const parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const catalog = parsed->root();
  auto const datasets = thredds::is_catalog(catalog) ? thredds::datasets_of(catalog)
                                                     : std::vector<thredds::Dataset>();
  if (datasets.empty()) return thredds::not_one(0);
  // What all of them share is written for each.
  std::size_t left = std::size_t{128} << 20;
  std::vector<std::string> out;
  for (auto const& dataset : datasets) {
    auto part = thredds::document_of(dataset, catalog);
    if (part.size() > left) {
      return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
    }
    left -= part.size();
    out.push_back(std::move(part));
  }
  return out;
}

} // namespace terracat::formats
