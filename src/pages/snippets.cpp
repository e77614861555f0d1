#include "pages/snippets.hpp"

#include "pages/message.hpp"

#include <terracat/json.hpp>

namespace terracat::pages {
namespace {

constexpr Message intro{
    "Le même exemple dans chaque outil : les dix dernières images ou fichiers de la zone et de la "
    "période du jeu de données. Resserrez l’une et l’autre.",
    "The same example in each tool: the ten latest images or files of the data set’s area and "
    "period. Narrow both down."};
constexpr Message install{"À installer d’abord : {0}", "Install first: {0}"};
constexpr Message qgis_steps{
    "Dans le gestionnaire de sources de données, créez une connexion « STAC » (QGIS 3.40 ou plus "
    "récent) ou « WFS / OGC API - Features », puis choisissez cette couche :",
    "In the data source manager make a connection “STAC” (QGIS 3.40 or newer) or “WFS / OGC API - "
    "Features”, then choose this layer:"};

/// A literal of Python and of R, which JSON's are, too.
std::string quoted(std::string_view text) {
  return json::quoted(text);
}

/// One word of a shell.
std::string word(std::string_view text) {
  std::string out = "'";
  for (auto const c : text) {
    if (c == '\'') {
      out += R"('\'')";
    } else {
      out += c;
    }
  }
  return out + "'";
}

/// "-5.5, 41, 10, 52". \return  empty for an area that narrows nothing, or that few tools
/// understand
std::string numbers_of(std::optional<model::Bbox> const& area) {
  if (!area || area->crosses_antimeridian() || area->width() >= 360) return {};
  std::string out;
  for (auto const value : {area->west(), area->south(), area->east(), area->north()}) {
    json::Writer number;
    out += (out.empty() ? "" : ", ") + number.number(value).take();
  }
  return out;
}

std::string moment_of(std::optional<model::Instant> const& at) {
  return at ? to_rfc3339(*at).value_or(std::string()) : std::string();
}

/// The whole seconds around a moment. \param way  -1: before it, 1: behind it
std::optional<model::Instant> whole_second(std::optional<model::Instant> const& at, int way) {
  if (!at) return std::nullopt;
  constexpr std::int64_t second = 1'000;
  auto const beyond = ((at->milliseconds() % second) + second) % second;
  auto const before = at->milliseconds() - beyond;
  return model::Instant(beyond != 0 && way > 0 ? before + second : before);
}

class Maker {
 public:
  explicit Maker(SnippetFacts const& facts)
      : facts_(facts),
        stac_(std::string(facts.site_url) + "/stac"),
        numbers_(numbers_of(facts.area)) {
    if (!facts.period) return;
    start_ = moment_of(facts.period->first());
    end_ = moment_of(facts.period->last());
  }

  [[nodiscard]] std::vector<Snippet> snippets() const {
    std::vector<Snippet> out{
        {"eodag", "EODAG", "python", "pip install eodag", eodag()},
        {"pystac", "pystac-client", "python", "pip install pystac-client", pystac()}};
    if (!facts_.raster.empty()) {
      out.push_back(
          {"odc", "xarray (odc-stac)", "python", "pip install pystac-client odc-stac", odc()});
    }
    out.push_back({"r", "R (rstac)", "r", "install.packages(\"rstac\")", r()});
    out.push_back({"qgis", "QGIS", "text", {}, qgis()});
    out.push_back({"curl", "curl", "sh", {}, curl()});
    return out;
  }

 private:
  /// "start/end", open with "..". \return  empty if there is no period
  static std::string interval(std::string const& start, std::string const& end) {
    if (start.empty() && end.empty()) return {};
    return (start.empty() ? ".." : start) + "/" + (end.empty() ? ".." : end);
  }

  [[nodiscard]] std::string datetime() const { return interval(start_, end_); }

  /// rstac refuses fractions of a second: what is asked for begins and ends with a whole one.
  [[nodiscard]] std::string datetime_of_r() const {
    if (!facts_.period) return {};
    return interval(moment_of(whole_second(facts_.period->first(), -1)),
                    moment_of(whole_second(facts_.period->last(), 1)));
  }

  /// Arguments, each on a line of its own.
  [[nodiscard]] std::string python_criteria() const {
    std::string out = "    collections=[" + quoted(facts_.collection) + "],\n";
    if (!numbers_.empty()) out += "    bbox=[" + numbers_ + "],\n";
    if (!datetime().empty()) out += "    datetime=" + quoted(datetime()) + ",\n";
    return out;
  }

  [[nodiscard]] std::string eodag() const {
    auto out = "from eodag import EODataAccessGateway\n\n"
               "dag = EODataAccessGateway()\n"
               "dag.add_provider(\"catalogue\", " +
               quoted(stac_ + "/search") +
               ")\n"
               "products = dag.search(\n"
               "    provider=\"catalogue\",\n"
               "    collection=" +
               quoted(facts_.collection) + ",\n";
    if (!numbers_.empty()) out += "    geom=[" + numbers_ + "],\n";
    if (!start_.empty()) out += "    start=" + quoted(start_) + ",\n";
    if (!end_.empty()) out += "    end=" + quoted(end_) + ",\n";
    return out + "    limit=10,\n"
                 ")\n"
                 "for product in products:\n"
                 "    print(product.properties[\"id\"])\n"
                 "# paths = dag.download_all(products)\n";
  }

  [[nodiscard]] std::string pystac() const {
    return "from pystac_client import Client\n\n"
           "catalogue = Client.open(" +
           quoted(stac_) +
           ")\n"
           "search = catalogue.search(\n" +
           python_criteria() +
           "    max_items=10,\n"
           ")\n"
           "for item in search.items():\n"
           "    print(item.id, item.datetime, list(item.assets))\n";
  }

  [[nodiscard]] std::string odc() const {
    auto out = "import odc.stac\n"
               "from pystac_client import Client\n\n"
               "search = Client.open(" +
               quoted(stac_) + ").search(\n" + python_criteria() +
               "    max_items=10,\n"
               ")\n"
               "data = odc.stac.load(\n"
               "    search.items(),\n"
               "    bands=[" +
               quoted(facts_.raster) + "],\n";
    if (!numbers_.empty()) out += "    bbox=[" + numbers_ + "],\n";
    return out + "    crs=\"EPSG:4326\",\n"
                 "    resolution=0.01,  # degrees\n"
                 "    chunks={},  # read when it is used\n"
                 ")\n"
                 "print(data)\n";
  }

  [[nodiscard]] std::string r() const {
    auto out = "library(rstac)\n\n"
               "found <- stac(" +
               quoted(stac_) +
               ") |>\n"
               "  stac_search(\n"
               "    collections = " +
               quoted(facts_.collection) + ",\n";
    if (!numbers_.empty()) out += "    bbox = c(" + numbers_ + "),\n";
    auto const when = datetime_of_r();
    if (!when.empty()) out += "    datetime = " + quoted(when) + ",\n";
    return out + "    limit = 10\n"
                 "  ) |>\n"
                 "  get_request()\n"
                 "print(found)\n";
  }

  [[nodiscard]] std::string qgis() const {
    return "STAC                 " + stac_ +
           "\n"
           "OGC API - Features   " +
           std::string(facts_.site_url) +
           "/features\n"
           "                     " +
           std::string(facts_.collection) + "\n";
  }

  [[nodiscard]] std::string curl() const {
    auto out = "curl --get " + word(stac_ + "/search") + " \\\n  --data-urlencode " +
               word("collections=" + std::string(facts_.collection));
    auto const add = [&](std::string const& text) {
      out += " \\\n  --data-urlencode " + word(text);
    };
    std::string bbox;
    for (auto const c : numbers_) {
      if (c != ' ') bbox += c;
    }
    if (!bbox.empty()) add("bbox=" + bbox);
    if (!datetime().empty()) add("datetime=" + datetime());
    add("limit=10");
    return out + "\n";
  }

  SnippetFacts const& facts_;
  std::string stac_;
  std::string numbers_;
  std::string start_;
  std::string end_;
};

} // namespace

std::vector<Snippet> snippets_of(SnippetFacts const& facts) {
  return Maker(facts).snippets();
}

void write_snippets(Sheet& sheet, std::span<Snippet const> snippets) {
  auto& html = sheet.html;
  html.element("p", {}, sheet.in(intro));
  bool is_first = true;
  for (auto const& snippet : snippets) {
    html.element(
        "details",
        {{"class", "folded snippet"}, {"name", "snippet"}, {"data-copy", true}, {"open", is_first}},
        [&] {
          html.element("summary", {}, snippet.name);
          if (!snippet.wanted.empty()) {
            html.element("p", {{"class", "small dim"}}, sheet.filled(install, {snippet.wanted}));
          } else if (snippet.id == "qgis") {
            html.element("p", {{"class", "small dim"}}, sheet.in(qgis_steps));
          }
          html.element("pre", {{"tabindex", "0"}, {"data-snippet", snippet.id}}, [&] {
            html.element("code", {{"lang", "en"}}, snippet.code);
          });
        });
    is_first = false;
  }
}

} // namespace terracat::pages
