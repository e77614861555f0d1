#include "kinds/sitemap/page.hpp"

#include "formats/dcat/document.hpp"
#include "formats/schema_org/document.hpp"
#include "kinds/html.hpp"

#include <algorithm>

namespace terracat::kinds::sitemap {
namespace {

namespace graph = formats::graph;
namespace schema_org = formats::schema_org;

/// What data sets of a script share is written for each. Of a page.
constexpr std::size_t most_part_bytes = std::size_t{16} << 20;

/// The script as JSON, mended where it is none as it stands.
std::string json_of(std::string_view script, json::Parser& parser) {
  std::string text(script);
  if (parser.parse(text)) return text;
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  if (parser.parse(text)) return text;
  if (auto plain = html::unescaped(text); plain != text && parser.parse(plain)) return plain;
  return std::string(script);
}

class PageReader {
 public:
  PageReader(std::string const& address, json::Parser& parser)
      : address_(address), parser_(parser) {}

  void read(std::string_view script) {
    if (script.find("Dataset") == std::string_view::npos &&
        script.find("DataFeed") == std::string_view::npos) {
      return;
    }
    auto text = json_of(script, parser_);
    if (!formats::dcat::looks_like_json(text)) { // JSON-LD begins with a bracket
      add({}, std::move(text));
      return;
    }
    formats::ReadContext const context{
        .address = address_, .language = {}, .local_assets = {}, .json = parser_};
    auto parsed = schema_org::graph_of(text, context);
    if (!parsed) {
      add({}, std::move(text));
      return;
    }
    graph::Graph const graph(std::move(*parsed));
    auto const datasets = schema_org::datasets_of(graph);
    if (datasets.size() == 1) {
      add(name_of(datasets.front().node), std::move(text));
      return;
    }
    formats::dcat::Parting parting(graph, datasets);
    for (auto const& dataset : datasets) {
      auto part = parting.about(dataset, left_);
      if (!part) { // as a whole it is refused for what it is
        add({}, std::move(text));
        return;
      }
      add(name_of(dataset.node), std::move(*part));
    }
  }

  [[nodiscard]] std::vector<RawDocument> take() { return std::move(documents_); }

 private:
  [[nodiscard]] std::string name_of(graph::Node dataset) const {
    auto name = schema_org::native_id_of(dataset);
    return name.empty() ? address_ : name;
  }

  void add(std::string name, std::string bytes) {
    documents_.push_back({.native_id = std::move(name),
                          .format = "schema-org",
                          .bytes = std::move(bytes),
                          .address = address_,
                          .collection = {}});
  }

  std::string const& address_;
  json::Parser& parser_;
  std::vector<RawDocument> documents_;
  std::size_t left_ = most_part_bytes;
};

} // namespace

std::vector<RawDocument> datasets_in(std::string_view body, std::string const& address,
                                     json::Parser& parser) {
  PageReader reader(address, parser);
  if (formats::dcat::looks_like_json(body)) {
    reader.read(body);
  } else {
    for (auto const script : html::scripts_in(body, "application/ld+json")) reader.read(script);
  }
  return reader.take();
}

} // namespace terracat::kinds::sitemap
