#include "formats/json/link_text.hpp"

#include "formats/json/json_text.hpp"
#include "formats/words/links.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace terracat::formats {
namespace {

constexpr std::array<std::string_view, 30> structural{
    "self",
    "root",
    "parent",
    "collection",
    "collections",
    "items",
    "item",
    "child",
    "children",
    "next",
    "prev",
    "previous",
    "first",
    "last",
    "data",
    "search",
    "conformance",
    "service-desc",
    "service-doc",
    "queryables",
    "sortables",
    "aggregate",
    "aggregations",
    "http://www.opengis.net/def/rel/ogc/1.0/queryables",
    "http://www.opengis.net/def/rel/ogc/1.0/sortables",
    "http://www.opengis.net/def/rel/ogc/1.0/schema",
    "http://www.opengis.net/def/rel/ogc/1.0/data",
    "http://www.opengis.net/def/rel/ogc/1.0/conformance",
    "http://www.opengis.net/def/rel/ogc/1.0/items",
    "http://www.opengis.net/def/rel/ogc/1.0/item",
};

/// The document itself at its source, under the relation that says so here.
bool is_provenance(std::string_view relation, std::string_view href) noexcept {
  return (relation == "self" || relation == "canonical") && is_web_address(href);
}

class LinkWriter {
 public:
  LinkWriter(std::string& out, HrefReader const& hrefs, FindingList& findings)
      : out_(out), hrefs_(hrefs), findings_(findings) {}

  void write(json::Value const& link, std::size_t index) {
    auto const relation = link.string("rel");
    auto const written = link.string("href");
    if (relation && written && is_provenance(*relation, *written)) {
      write_via(link, *written);
      return;
    }
    if (relation && is_structural(*relation)) return;
    auto const href = relation && written ? hrefs_.link(*written) : FindingCode::href_refused;
    if (!href) {
      findings_.add(href.error(), "/links/" + std::to_string(index) + "/href",
                    written.value_or(""));
      return;
    }
    if (*relation == "via" && !is_new_source(*href)) return;
    write_members(link, *relation, *href);
  }

 private:
  void write_via(json::Value const& link, std::string_view written) {
    auto const href = hrefs_.link(written);
    if (!href || !is_new_source(*href)) return;
    begin_element(out_);
    out_ += '{';
    append_member(out_, "rel", "via");
    append_member(out_, "href", *href);
    if (auto const type = link.string("type")) append_member(out_, "type", *type);
    out_ += '}';
  }

  void write_members(json::Value const& link, std::string_view relation, std::string_view href) {
    begin_element(out_);
    out_ += '{';
    append_member(out_, "rel", relation);
    append_member(out_, "href", href);
    for (auto const [name, value] : link.members()) {
      // null is no title, no type and no language: the schemas want strings.
      if (name == "rel" || name == "href" || value.is_null()) continue;
      begin_member(out_, name);
      value.append_to(out_);
    }
    out_ += '}';
  }

  bool is_new_source(std::string const& href) { return sources_.insert(href).second; }

  std::string& out_;
  HrefReader const& hrefs_;
  FindingList& findings_;
  std::unordered_set<std::string> sources_; ///< addresses written as `via`
};

} // namespace

bool is_structural(std::string_view relation) noexcept {
  return std::ranges::find(structural, relation) != structural.end();
}

std::string_view self_of(json::Value const& links) {
  for (auto const link : links.elements()) {
    if (link.string("rel") == "self") return link.string("href").value_or("");
  }
  return {};
}

void append_links(std::string& out, json::Value const& links, HrefReader const& hrefs,
                  FindingList& findings) {
  LinkWriter writer(out, hrefs, findings);
  std::size_t index = 0;
  for (auto const link : links.elements()) writer.write(link, index++);
}

} // namespace terracat::formats
