#include "pages/document_page.hpp"

#include "pages/frame.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

using json::Kind;
using json::Value;

constexpr Message links_label{"Liens", "Links"};
constexpr Message ways_label{"Pages voisines", "Pages around this one"};
constexpr Message portal_label{"Cette fiche sur le portail", "This record on the portal"};
constexpr Message on_page{"dont {0} sur cette page", "{0} of them on this page"};
constexpr Counted found{{"{0} résultat", "{0} result"}, {"{0} résultats", "{0} results"}};

/// What a document is called that has no title, by the member that makes it what it is.
struct Listed {
  std::string_view member;
  Message title;
  bool is_list; ///< of resources, each of which is shown as one
};

constexpr std::array listed{
    Listed{"features", {"Résultats", "Results"}, true},
    Listed{"collections", {"Collections", "Collections"}, true},
    Listed{"functions", {"Fonctions", "Functions"}, false},
    Listed{"conformsTo", {"Classes de conformité", "Conformance classes"}, false},
};

/// Links by which people walk, before everything else.
struct Way {
  std::string_view rel;
  Message label;
};

constexpr std::array ways{
    Way{"root", {"L’API", "The API"}},
    Way{"collection", {"La collection", "The collection"}},
    Way{"data", {"Les collections", "The collections"}},
    Way{"items", {"Les éléments", "The items"}},
    Way{"prev", {"Page précédente", "Previous page"}},
    Way{"next", {"Page suivante", "Next page"}},
};

std::optional<std::string_view> text_of(Value resource, std::string_view name) {
  if (auto const own = resource.string(name)) return own;
  auto const properties = resource.member("properties");
  return properties ? properties->string(name) : std::nullopt;
}

std::optional<std::string_view> name_of(Value resource) {
  auto const title = text_of(resource, "title");
  return title ? title : resource.string("id");
}

std::optional<Value> link_of(Value resource, std::string_view rel) {
  auto const links = resource.member("links");
  if (!links) return std::nullopt;
  for (auto const link : links->elements()) {
    if (link.string("rel") == rel) return link;
  }
  return std::nullopt;
}

std::optional<Url> target_of(std::optional<Value> link) {
  auto const href = link ? link->string("href") : std::nullopt;
  return href ? Url::elsewhere(*href) : std::nullopt;
}

Listed const* row_of(Value document) {
  auto const* const row = std::ranges::find_if(
      listed, [&](Listed const& one) { return document.member(one.member).has_value(); });
  return row == listed.end() ? nullptr : row;
}

/// Positions, boxes: of use to who copies them.
bool is_of_numbers(Value array) {
  for (auto const one : array.elements()) {
    bool const is_it = one.is_array() ? is_of_numbers(one) : one.kind() == Kind::number;
    if (!is_it) return false;
  }
  return true;
}

bool is_geometry(Value object) {
  return object.member("type") && (object.member("coordinates") || object.member("geometries"));
}

/// Writes values of any kind, as deep as they are.
class ValueWriter {
 public:
  explicit ValueWriter(Html& html) noexcept : html_(html) {}

  /// The members of a resource, but for those that are shown elsewhere. What properties there are
  /// stands among them.
  template<class IsElsewhere>
  void resource(Value resource, IsElsewhere const& is_elsewhere) {
    html_.element("dl", {{"class", "dl"}}, [&] {
      for (auto const [name, value] : resource.members()) {
        if (name != "properties") {
          if (!is_elsewhere(name, value)) member(name, value);
          continue;
        }
        for (auto const [property, what] : value.members()) {
          if (!is_elsewhere(property, what)) member(property, what);
        }
      }
    });
  }

 private:
  void member(std::string_view name, Value value) {
    html_.element("dt", {}, name);
    html_.element("dd", {}, [&] { this->value(value); });
  }

  void value(Value value) {
    if (value.is_object()) return object(value);
    if (value.is_array()) return array(value);
    if (auto const text = value.string()) return this->text(*text);
    html_.text(value.text());
  }

  void text(std::string_view text) {
    if (auto const url = Url::elsewhere(text)) {
      html_.element("a", {{"href", *url}}, text);
    } else {
      html_.text(text);
    }
  }

  void object(Value object) {
    if (is_geometry(object)) {
      html_.element("details", {{"class", "folded"}}, [&] {
        html_.element("summary", {}, object.string("type").value_or(""));
        html_.element("code", {}, object.text());
      });
      return;
    }
    html_.element("dl", {{"class", "dl"}}, [&] {
      for (auto const [name, value] : object.members()) member(name, value);
    });
  }

  void array(Value array) {
    if (is_of_numbers(array)) return void(html_.element("code", {}, array.text()));
    html_.element("ul", {}, [&] {
      for (auto const element : array.elements()) {
        html_.element("li", {}, [&] { value(element); });
      }
    });
  }

  Html& html_;
};

class DocumentWriter {
 public:
  DocumentWriter(Sheet& sheet, DocumentFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts), row_(row_of(facts.document)) {}

  [[nodiscard]] std::string_view title() const {
    if (auto const name = name_of(facts_.document)) return *name;
    return row_ != nullptr ? sheet_.in(row_->title) : facts_.api;
  }

  [[nodiscard]] std::string_view description() const {
    return text_of(facts_.document, "description").value_or("");
  }

  void write() {
    html_.element("div", {{"class", "wrap page-head"}}, [&] { write_head(); });
    html_.element("div", {{"class", "wrap document"}}, [&] {
      auto const document = facts_.document;
      auto const list = row_ != nullptr && row_->is_list ? row_->member : std::string_view();
      if (auto const entries = document.member(list)) {
        for (auto const entry : entries->elements()) write_entry(entry);
      }
      write_members(document, list);
      if (auto const links = document.member("links")) {
        html_.element("h2", {}, sheet_.in(links_label));
        write_links(*links);
      }
    });
  }

 private:
  void write_head() {
    auto const lang = sheet_.lang({.text = {}, .language = facts_.text_language});
    if (title() != facts_.api) html_.element("p", {{"class", "small"}}, facts_.api);
    html_.element("h1", {{"lang", name_of(facts_.document) ? lang : std::nullopt}}, title());
    if (!description().empty()) {
      html_.element("p", {{"class", "lead"}, {"lang", lang}}, description());
    }
    write_counts();
    write_ways();
  }

  void write_counts() {
    auto const matched = facts_.document.member("numberMatched");
    auto const returned = facts_.document.member("numberReturned");
    if (!matched || !returned) return;
    auto const number_in = [](Value value) {
      return static_cast<std::size_t>(std::max(std::int64_t{0}, value.integer().value_or(0)));
    };
    auto text = sheet_.counted(found, number_in(*matched)) + ", ";
    text += sheet_.filled(on_page, {number(number_in(*returned), sheet_.language())});
    html_.element("p", {{"class", "small"}}, text);
  }

  void write_ways() {
    html_.element("nav", {{"class", "small"}, {"aria-label", sheet_.in(ways_label)}}, [&] {
      html_.element("ul", {{"class", "links"}}, [&] {
        for (auto const& [rel, label] : ways) {
          if (auto const url = target_of(link_of(facts_.document, rel))) {
            write_way(*url, sheet_.in(label));
          }
        }
        if (!facts_.portal_path.empty()) {
          write_way(sheet_.own(facts_.portal_path), sheet_.in(portal_label));
        }
      });
    });
  }

  void write_way(Url const& url, std::string_view label) {
    html_.element("li", {}, [&] { html_.element("a", {{"href", url}}, label); });
  }

  /// One of a list, which leads to its own page.
  void write_entry(Value entry) {
    auto const name = name_of(entry).value_or("");
    html_.element("h2", {}, [&] {
      if (auto const url = target_of(link_of(entry, "self"))) {
        html_.element("a", {{"href", *url}}, name);
      } else {
        html_.text(name);
      }
    });
    if (auto const text = text_of(entry, "description")) html_.element("p", {}, *text);
    write_members(entry, {});
    if (auto const links = entry.member("links")) {
      html_.element("details", {{"class", "folded"}}, [&] {
        html_.element("summary", {}, sheet_.in(links_label));
        write_links(*links);
      });
    }
  }

  /// \param list  the member that is shown as a list
  void write_members(Value resource, std::string_view list) {
    ValueWriter(html_).resource(resource, [&](std::string_view name, Value value) {
      if (name == "title" || name == "description") return value.string().has_value();
      return name == list || name == "links";
    });
  }

  void write_links(Value links) {
    html_.element("ul", {{"class", "lines"}}, [&] {
      for (auto const link : links.elements()) {
        html_.element("li", {}, [&] { write_link(link); });
      }
    });
  }

  /// Its title, or else its address; then what else is said of it.
  void write_link(Value link) {
    auto const href = link.string("href").value_or("");
    auto const title = link.string("title").value_or(href);
    if (auto const url = Url::elsewhere(href)) {
      html_.element("a", {{"href", *url}}, title);
    } else {
      html_.text(title);
    }
    std::string rest;
    for (auto const [name, value] : link.members()) {
      if (name == "href" || name == "title") continue;
      rest += (rest.empty() ? "" : " · ");
      rest += value.string() ? std::string(*value.string()) : value.text();
    }
    html_.element("span", {{"class", "micro"}}, rest);
  }

  Sheet& sheet_;
  Html& html_;
  DocumentFacts const& facts_;
  Listed const* row_; ///< null: it is none of these
};

} // namespace

std::string document_page(SiteFacts const& site, Language language, DocumentFacts const& facts) {
  Sheet sheet(site, language);
  DocumentWriter writer(sheet, facts);
  Frame const frame{.title = std::string(writer.title()),
                    .description = std::string(writer.description()),
                    .path = std::nullopt,
                    .json_ld = {},
                    .is_for_engines = false};
  return framed(sheet, frame, [&] { writer.write(); });
}

} // namespace terracat::pages
