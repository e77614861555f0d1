#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/keyword_book.hpp"
#include "formats/words/links.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace cds {
namespace {

/// What the data stores add to STAC.
constexpr std::string_view prefix = "cads:";

/// A link that programs of the store use, and people may.
struct LinkRow {
  std::string_view relation;
  std::string_view name;
  std::string_view protocol;
  std::string_view function; ///< ISO CI_OnLineFunctionCode
};

constexpr std::array links{
    LinkRow{"form", "Form of the request", "", "information"},
    LinkRow{"constraints", "Which requests have data", "", "information"},
    LinkRow{"retrieve", "Request of the data", "OGC API Processes", "order"},
    LinkRow{"qa", "Quality assurance", "", "information"},
};

/// What its keywords are about.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> keyword_kinds{
    {{"Spatial coverage", "place"}, {"Temporal coverage", "temporal"}}};

/// Reads a collection of a data store. What STAC knows of it is read as STAC; the rest is gathered
/// before, for a parser holds one document at a time.
class CollectionReader {
 public:
  CollectionReader(JsonNode root, ReadContext const& context)
      : root_(std::move(root)), draft_(context) {
    draft_.language = context.language;
  }

  ReadResult read() {
    gather_keywords();
    gather_links();
    auto const published = root_.member("published");
    draft_.add_date(published, published.line(), "publication");
    auto const disabled = prose_of(root_.member("cads:disabled_reason"), draft_);
    auto result = read_stac_collection(common_part(), draft_.context());
    if (!result) return result;
    auto parts = *std::get<model::Record>(result->resource);
    draft_.parts.native_id = parts.native_id;
    draft_.parts.title = parts.title;
    auto own = draft_.take();
    auto gathered = *std::get<model::Record>(own.resource);
    append(parts.keyword_sets, gathered.keyword_sets);
    append(parts.online, gathered.online);
    append(parts.dates, gathered.dates);
    add_new(parts.access_constraints, disabled);
    auto record = model::Record::make(std::move(parts));
    if (!record) return Finding{FindingCode::no_title, "/title", {}};
    Reading reading{.resource = std::move(*record), .findings = std::move(result->findings)};
    append(reading.findings, own.findings);
    return reading;
  }

 private:
  template<class Value>
  static void append(std::vector<Value>& to, std::vector<Value> const& from) {
    to.insert(to.end(), from.begin(), from.end());
  }

  /// The collection without what is read here, and null: STAC would keep such members as they are.
  [[nodiscard]] std::string common_part() const {
    json::Writer out;
    out.begin_object();
    for (auto const& [name, value] : root_.value()->members()) {
      if (name.starts_with(prefix) || name == "keywords" || value.is_null()) continue;
      out.name(name).value(value);
    }
    return out.end_object().take();
  }

  /// `Product type: Reanalysis`
  void gather_keywords() {
    for (auto const& node : root_.member("keywords").each()) {
      auto const text = node.line();
      auto const colon = text.find(": ");
      auto const label = colon == std::string::npos ? text : text.substr(colon + 2);
      if (!is_name(label)) continue;
      model::KeywordSet heading;
      if (colon != std::string::npos) {
        auto const about = text.substr(0, colon);
        auto const* const row = std::ranges::find(keyword_kinds, std::string_view(about),
                                                  [](auto const& one) { return one.first; });
        heading.kind = row == keyword_kinds.end() ? "theme" : row->second;
        heading.thesaurus = model::LocalText("en", about);
      }
      draft_.keywords.add(heading, {.label = model::LocalText(draft_.language, label), .uri = {}});
    }
  }

  void gather_links() {
    for (auto const& link : root_.member("links").each()) {
      auto const relation = link.member("rel").line();
      auto const* const row = std::ranges::find(links, relation, &LinkRow::relation);
      auto const href = link.member("href");
      if (row == links.end() || !is_name(href.line())) continue;
      draft_.add_online({.href = draft_.link(href, href.line()),
                         .name = model::LocalText("en", std::string(row->name)),
                         .description = {},
                         .protocol = std::string(row->protocol),
                         .function = std::string(row->function),
                         .media_type = link.member("type").line()});
    }
  }

  JsonNode root_;
  Draft draft_;
};

} // namespace
} // namespace cds

bool is_cds(std::string_view document) {
  constexpr std::size_t longest_look = std::size_t{1} << 20;
  if (document.substr(0, longest_look).find("\"cads:") == std::string_view::npos) return false;
  return is_stac_collection(document);
}

ReadResult read_cds(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  if (auto overlong = find_overlong(*root, {})) return std::move(*overlong);
  return cds::CollectionReader(JsonNode(*root), context).read();
}

} // namespace terracat::formats
