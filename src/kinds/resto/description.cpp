#include "kinds/resto/description.hpp"

#include <terracat/kind.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace terracat::kinds::resto {
namespace {

using formats::xml::Node;

std::optional<Form> form_of(std::string_view type) {
  auto const name = lowered(trimmed(type.substr(0, type.find(';'))));
  if (name == "application/atom+xml") return Form::atom;
  if (name == "application/geo+json" || name == "application/json" ||
      name == "application/vnd.geo+json") {
    return Form::geojson;
  }
  return std::nullopt;
}

/// Templates of suggestions, of collections and of the document itself are other searches.
bool finds_results(Node url) {
  auto const relation = url.attribute("rel");
  return relation.empty() || relation == "results";
}

Node template_of(Node description, Wanted wanted) {
  Node atom;
  Node geojson;
  for (auto const url : description.children("Url")) {
    auto const form = form_of(url.attribute("type"));
    if (!form || !finds_results(url) || url.attribute("template").empty()) continue;
    auto& place = *form == Form::atom ? atom : geojson;
    if (!place) place = url;
  }
  if (wanted == Wanted::atom) return atom;
  return wanted == Wanted::geojson || geojson ? geojson : atom;
}

std::size_t offset_in(Node url, std::string_view name) {
  auto const text = url.attribute(name);
  std::size_t out = 1;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

/// `{geo:box?}`
struct Slot {
  std::string_view name; ///< with its prefix
  bool is_optional = false;
};

std::optional<Slot> slot_in(std::string_view value) {
  if (!value.starts_with('{') || !value.ends_with('}')) return std::nullopt;
  Slot slot{.name = value.substr(1, value.size() - 2)};
  slot.is_optional = slot.name.ends_with('?');
  if (slot.is_optional) slot.name.remove_suffix(1);
  return slot;
}

/// Fills in a template, parameter by parameter.
class Filling {
 public:
  Filling(Search& search, Parameters const& given) : search_(search), given_(given) {}

  void take(std::string_view parameter) {
    auto const equals = std::min(parameter.find('='), parameter.size());
    auto const name = parameter.substr(0, equals);
    auto const value = parameter.substr(std::min(equals + 1, parameter.size()));
    auto const slot = slot_in(value);
    if (!slot) {
      if (value.find('{') != std::string_view::npos) refuse(value);
      append(parameter);
    } else if (auto* const place = place_of(slot->name)) {
      *place = name;
    } else if (slot->name == "searchTerms") {
      append(std::string(name) + '='); // whatever the words are
    } else if (!slot->is_optional && !is_given(name)) {
      refuse(value);
    }
  }

  [[nodiscard]] std::string const& query() const noexcept { return query_; }

 private:
  std::string* place_of(std::string_view name) {
    if (name == "count") return &search_.count;
    if (name == "startIndex") return &search_.start_index;
    if (name == "startPage") return &search_.start_page;
    return nullptr;
  }

  [[nodiscard]] bool is_given(std::string_view name) const {
    return std::ranges::any_of(given_, [&](auto const& one) { return one.first == name; });
  }

  [[noreturn]] static void refuse(std::string_view value) {
    throw ProtocolError("the template of the search wants " + std::string(value.substr(0, 100)) +
                        ", which options.parameters could give");
  }

  void append(std::string_view parameter) {
    query_ += query_.empty() ? '?' : '&';
    query_ += parameter;
  }

  Search& search_;
  Parameters const& given_;
  std::string query_;
};

} // namespace

Search search_of(Node description, std::string_view base, Wanted wanted, Parameters const& given) {
  auto const url = template_of(description, wanted);
  if (!url) throw ProtocolError("the description has no search that answers in GeoJSON or Atom");
  Search search{.form = *form_of(url.attribute("type")),
                .url = {},
                .count = {},
                .start_index = {},
                .start_page = {},
                .index_offset = offset_in(url, "indexOffset"),
                .page_offset = offset_in(url, "pageOffset")};
  auto const text = trimmed(url.attribute("template"));
  auto const question = std::min(text.find('?'), text.size());
  // A slot may end in a question mark before the query begins.
  auto const path = text.substr(0, question);
  if (path.find('{') != std::string_view::npos) {
    throw ProtocolError("the template of the search has parameters in its path");
  }
  Filling filling(search, given);
  for (auto rest = text.substr(std::min(question + 1, text.size())); !rest.empty();) {
    auto const parameter = rest.substr(0, rest.find('&'));
    if (!parameter.empty()) filling.take(parameter);
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
  }
  auto const target = link_target(base, std::string(path) + filling.query());
  if (target.empty() || !is_same_host(target, base)) {
    throw ProtocolError("the search that the document describes is at another host");
  }
  search.url = given.empty() ? target : with_parameters(target, given);
  return search;
}

} // namespace terracat::kinds::resto
