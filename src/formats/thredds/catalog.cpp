#include "formats/thredds/catalog.hpp"

#include "formats/words/text.hpp"
#include "formats/xml/record_draft.hpp"

#include <terracat/text.hpp>
#include <terracat/xml_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

namespace terracat::formats::thredds {
namespace {

using xml::Node;

constexpr std::size_t most_depth = 50;
constexpr std::size_t most_files_in_document = 100;
constexpr std::size_t most_services = 200;

/// What a document that was written here says of files that are not in it.
constexpr std::string_view left_out_name = "terracat:files-left-out";
constexpr std::size_t most_references = 50'000;

/// What makes of a file a data set of its own. Its period does not: servers find it in names of
/// files.
constexpr std::array<std::string_view, 5> descriptions{"documentation", "variables",
                                                       "geospatialCoverage", "keyword", "creator"};

/// All that catalogues write into tags.
constexpr std::array<std::string_view, 24> attributes{"name",
                                                      "ID",
                                                      "urlPath",
                                                      "serviceName",
                                                      "serviceType",
                                                      "base",
                                                      "suffix",
                                                      "desc",
                                                      "type",
                                                      "inherited",
                                                      "vocabulary",
                                                      "units",
                                                      "value",
                                                      "harvest",
                                                      "url",
                                                      "email",
                                                      "role",
                                                      "zpositive",
                                                      "authority",
                                                      "dataType",
                                                      "dataFormat",
                                                      "format",
                                                      "vocabulary_name",
                                                      "collectionType"};

struct Service {
  std::string type; ///< in lower case
  std::string base;
  std::string suffix;
};

/// The services that a name stands for: one, or those of a compound.
class Services {
 public:
  explicit Services(Node catalog) {
    for (auto const service : catalog.children("service")) add(service, {}, 0);
  }

  [[nodiscard]] std::vector<Service const*> of(std::string_view name) const {
    std::vector<Service const*> out;
    for (auto const& [called, service] : services_) {
      if (called == name) out.push_back(&service);
    }
    return out;
  }

 private:
  /// \param around  names of the compounds that it stands in
  void add(Node service, std::vector<std::string> around, std::size_t depth) {
    around.emplace_back(service.attribute("name"));
    if (!service.children("service").empty()) {
      if (depth == most_depth) return;
      for (auto const part : service.children("service")) add(part, around, depth + 1);
      return;
    }
    for (auto& name : around) {
      if (services_.size() >= most_services) return;
      services_.emplace_back(std::move(name),
                             Service{.type = lowered(service.attribute("serviceType")),
                                     .base = std::string(service.attribute("base")),
                                     .suffix = std::string(service.attribute("suffix"))});
    }
  }

  std::vector<std::pair<std::string, Service>> services_;
};

bool is_inherited(Node metadata) {
  return equal_ignoring_case(metadata.attribute("inherited"), "true");
}

/// The metadata of an element that count within it.
std::vector<Node> scopes_of(Node dataset) {
  std::vector<Node> out{dataset};
  for (auto const metadata : dataset.children("metadata")) out.push_back(metadata);
  return out;
}

bool has_own(Node dataset, std::string_view name) {
  return std::ranges::any_of(scopes_of(dataset),
                             [name](Node scope) { return bool(scope.child(name)); });
}

bool is_file(Node dataset) {
  return !dataset.attribute("urlPath").empty() || bool(dataset.child("access"));
}

/// The name of the service by which a file is had, its own first.
std::string service_name(Node file, std::span<Node const> around) {
  if (auto const own = file.attribute("serviceName"); !own.empty()) return std::string(own);
  for (auto const scope : scopes_of(file)) {
    if (auto const name = scope.child("serviceName")) return xml::line_of(name);
  }
  for (auto const outer : around) {
    for (auto const metadata : outer.children("metadata")) {
      auto const name = metadata.child("serviceName");
      if (name && is_inherited(metadata)) return xml::line_of(name);
    }
  }
  return {};
}

/// Walks through the data sets of a catalogue.
class Walk {
 public:
  explicit Walk(Node catalog) : services_(catalog) { enter(catalog, {}); }

  [[nodiscard]] std::vector<Dataset> take() { return std::move(datasets_); }

 private:
  void enter(Node within, std::vector<Node> const& around) {
    if (around.size() > most_depth) return;
    std::vector<Node> files;
    for (auto const dataset : within.children("dataset")) {
      if (is_file(dataset)) {
        if (leads_on(dataset, around)) continue;
        bool const is_own = around.empty() || std::ranges::any_of(descriptions, [&](auto name) {
                              return has_own(dataset, name);
                            });
        if (is_own) {
          datasets_.push_back({.node = dataset, .around = around, .files = {}});
        } else {
          files.push_back(dataset);
        }
        continue;
      }
      auto outer = around;
      outer.insert(outer.begin(), dataset);
      enter(dataset, outer);
    }
    if (files.empty()) return;
    datasets_.push_back(
        {.node = within, .around = {around.begin() + 1, around.end()}, .files = std::move(files)});
  }

  /// The latest file is found by asking.
  [[nodiscard]] bool leads_on(Node file, std::vector<Node> const& around) const {
    auto const found = services_.of(service_name(file, around));
    bool const is_resolver = !found.empty() && std::ranges::all_of(found, [](auto const* service) {
      return service->type == "resolver";
    });
    return is_resolver && !file.child("access");
  }

  Services services_;
  std::vector<Dataset> datasets_;
};

void gather_references(Node within, std::size_t depth, std::vector<std::string>& out) {
  for (auto const child : within.children()) {
    if (out.size() >= most_references) return;
    if (child.name() == "catalogRef") {
      auto href = one_line(child.attribute("href"));
      if (!href.empty()) out.push_back(std::move(href));
    } else if (child.name() == "dataset" && depth < most_depth) {
      gather_references(child, depth + 1, out);
    }
  }
}

/// \param depth       how many data sets stand around
/// \param references  that were counted so far
bool is_told(Node within, std::size_t depth, std::size_t& references) {
  for (auto const child : within.children()) {
    bool const is_dataset = child.name() == "dataset";
    if (!is_dataset && child.name() != "catalogRef") continue;
    if (depth > most_depth) return false;
    if (is_dataset) {
      if (is_file(child) && child.child("dataset")) return false;
      if (!is_told(child, depth + 1, references)) return false;
    } else if (++references > most_references) {
      return false;
    }
  }
  return true;
}

// ---- Writing

/// Without characters that no document of XML may have.
void append_escaped(std::string& out, std::string_view said) {
  std::string text(said);
  std::erase_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t'; });
  out += escaped_xml(text);
}

void begin(std::string& out, Node element) {
  out += '<';
  out += element.name();
  auto const write = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append(" ").append(name).append("=\"");
    append_escaped(out, value);
    out += '"';
  };
  for (auto const name : attributes) write(name, element.attribute(name));
  write("xlink:href", element.attribute("href"));
  write("xlink:title", element.attribute("title"));
  out += '>';
}

void end(std::string& out, Node element) {
  out.append("</").append(element.name()).append(">");
}

void append(std::string& out, Node element, std::size_t depth) {
  begin(out, element);
  append_escaped(out, element.text());
  for (auto const child : element.children()) {
    if (depth < most_depth) append(out, child, depth + 1);
  }
  end(out, element);
}

/// What is no data set within a data set.
void append_described(std::string& out, Node dataset) {
  for (auto const child : dataset.children()) {
    if (child.name() != "dataset" && child.name() != "catalogRef") append(out, child, 0);
  }
}

} // namespace

bool is_catalog(Node root) noexcept {
  return root.name() == "catalog";
}

std::vector<Dataset> datasets_of(Node catalog) {
  return Walk(catalog).take();
}

std::vector<std::string> references_of(Node catalog) {
  std::vector<std::string> out;
  gather_references(catalog, 0, out);
  return out;
}

bool is_told_whole(Node catalog) {
  std::size_t references = 0;
  return is_told(catalog, 0, references);
}

std::string native_id_of(Dataset const& dataset, std::string_view address) {
  for (auto const* const name : {"ID", "urlPath"}) {
    auto text = one_line(dataset.node.attribute(name));
    if (is_name(text)) return text;
  }
  auto const name = one_line(dataset.node.attribute("name"));
  if (!is_name(name) || !address.starts_with("http")) return {};
  return std::string(address) + '#' + percent_encoded(name);
}

std::string document_of(Dataset const& dataset, Node catalog) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<catalog xmlns=\"http://www.unidata.ucar.edu/namespaces/thredds/InvCatalog/"
                    "v1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";
  for (auto const service : catalog.children("service")) append(out, service, 0);
  for (auto outer = dataset.around.rbegin(); outer != dataset.around.rend(); ++outer) {
    begin(out, *outer);
    for (auto const metadata : outer->children("metadata")) {
      if (is_inherited(metadata)) append(out, metadata, 0);
    }
  }
  begin(out, dataset.node);
  append_described(out, dataset.node);
  for (std::size_t i = 0; i < std::min(dataset.files.size(), most_files_in_document); ++i) {
    append(out, dataset.files[i], 0);
  }
  if (dataset.files.size() > most_files_in_document) {
    auto const left = std::to_string(dataset.files.size() - most_files_in_document);
    out.append("<property name=\"").append(left_out_name).append("\" value=\"" + left + "\"/>");
  }
  end(out, dataset.node);
  for (auto const outer : dataset.around) end(out, outer);
  return out + "</catalog>\n";
}

std::size_t files_left_out(Dataset const& dataset) {
  std::size_t count = 0;
  for (auto const property : dataset.node.children("property")) {
    if (property.attribute("name") != left_out_name) continue;
    auto const text = property.attribute("value");
    std::from_chars(text.data(), text.data() + text.size(), count);
  }
  return count;
}

std::vector<Node> all_of(Dataset const& dataset, std::string_view name) {
  std::vector<Node> out;
  auto const add = [&](Node scope) {
    for (auto const found : scope.children(name)) out.push_back(found);
  };
  for (auto const scope : scopes_of(dataset.node)) add(scope);
  for (auto const outer : dataset.around) {
    for (auto const metadata : outer.children("metadata")) {
      if (is_inherited(metadata)) add(metadata);
    }
  }
  return out;
}

std::vector<Access> accesses_of(Node file, Dataset const& dataset, Node catalog) {
  Services const services(catalog);
  std::vector<Access> out;
  auto const add = [&](std::string_view path, std::string const& name) {
    if (path.empty()) return;
    for (auto const* const service : services.of(name)) {
      bool const is_whole = path.starts_with("http://") || path.starts_with("https://");
      auto href = is_whole ? std::string() : service->base;
      href += one_line(path);
      href += service->suffix;
      out.push_back({.href = std::move(href), .service = service->type});
    }
  };
  auto around = dataset.around;
  if (file != dataset.node) around.insert(around.begin(), dataset.node);
  add(file.attribute("urlPath"), service_name(file, around));
  for (auto const access : file.children("access")) {
    add(access.attribute("urlPath"), one_line(access.attribute("serviceName")));
  }
  return out;
}

} // namespace terracat::formats::thredds
