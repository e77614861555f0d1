#include "query/fields.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

constexpr std::array<std::string_view, 1> everything{""};
constexpr std::array<std::string_view, 4> identity{"type", "stac_version", "id", "collection"};
constexpr std::array<std::string_view, 12> item{"type",
                                                "stac_version",
                                                "stac_extensions",
                                                "id",
                                                "collection",
                                                "geometry",
                                                "bbox",
                                                "links",
                                                "assets",
                                                "properties.datetime",
                                                "properties.start_datetime",
                                                "properties.end_datetime"};

constexpr std::array<std::string_view, 8> collection{
    "type", "stac_version", "stac_extensions", "id", "description", "license", "extent", "links"};

using Paths = std::span<std::string_view const>;

/// The path above; of the topmost ones that of everything.
std::string_view parent(std::string_view path) noexcept {
  auto const point = path.rfind('.');
  return point == std::string_view::npos ? std::string_view() : path.substr(0, point);
}

Paths made_of(Fields::Of whose) noexcept {
  return whose == Fields::Of::item ? Paths(item) : Paths(collection);
}

Problem bad_fields(std::string detail, std::string where) {
  return {
      .kind = ProblemKind::invalid_body, .detail = std::move(detail), .where = std::move(where)};
}

/// Each member of an answer is looked up among them.
constexpr std::size_t most_fields = 1'000;

std::string too_many_fields() {
  return "there are more than " + std::to_string(most_fields) + " names";
}

Result<std::vector<std::string>> read_paths(json::Value const& list, std::string const& where) {
  std::vector<std::string> paths;
  if (list.is_null()) return paths;
  if (!list.is_array()) return bad_fields("expected an array of member names", where);
  if (list.size() > most_fields) return bad_fields(too_many_fields(), where);
  for (auto const element : list.elements()) {
    auto const path = element.string();
    if (!path || path->empty()) return bad_fields("expected the name of a member", where);
    paths.emplace_back(*path);
  }
  return paths;
}

} // namespace

Result<Fields> Fields::from_parameter(std::string_view text, Of whose) {
  if (std::ranges::count(text, ',') >= static_cast<std::ptrdiff_t>(most_fields)) {
    return Problem{
        .kind = ProblemKind::invalid_parameter, .detail = too_many_fields(), .where = "fields"};
  }
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  while (!text.empty()) {
    auto const comma = text.find(',');
    auto path = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    bool const is_excluded = path.starts_with('-');
    // Form decoding turns "+" into a blank.
    if (path.starts_with('-') || path.starts_with('+') || path.starts_with(' '))
      path.remove_prefix(1);
    if (!path.empty()) (is_excluded ? exclude : include).emplace_back(path);
  }
  if (!include.empty()) return Fields(identity, include, exclude);
  return Fields(exclude.empty() ? made_of(whose) : Paths(everything), include, exclude);
}

Result<Fields> Fields::from_body(json::Value const& member, Of whose) {
  if (!member.is_object()) {
    return bad_fields("expected an object with 'include' and 'exclude'", "/fields");
  }
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  auto const included = member.member("include");
  if (included) {
    auto paths = read_paths(*included, "/fields/include");
    if (!paths) return paths.error();
    include = std::move(*paths);
  }
  if (auto const excluded = member.member("exclude")) {
    auto paths = read_paths(*excluded, "/fields/exclude");
    if (!paths) return paths.error();
    exclude = std::move(*paths);
  }
  if (!include.empty()) return Fields(identity, include, exclude);
  return Fields(included || exclude.empty() ? made_of(whose) : Paths(everything), include, exclude);
}

std::string Fields::apply(json::Value const& whole) const {
  json::Writer out;
  write_members(out, whole, "");
  return out.take();
}

Fields::Fields(Paths base, std::vector<std::string> const& include,
               std::vector<std::string> const& exclude) {
  // Later rules replace earlier ones of the same path.
  for (auto const path : base) rules_.insert_or_assign(std::string(path), true);
  for (auto const& path : exclude) rules_.insert_or_assign(path, false);
  for (auto const& path : include) rules_.insert_or_assign(path, true);
}

bool Fields::is_wanted(std::string_view path) const {
  for (auto ancestor = path;; ancestor = parent(ancestor)) {
    auto const found = rules_.find(ancestor);
    if (found != rules_.end()) return found->second;
    if (ancestor.empty()) return false;
  }
}

Fields::Extent Fields::extent(std::string_view path) const {
  bool const is_wanted = this->is_wanted(path);
  auto const beginning = std::string(path) + ".";
  for (auto rule = rules_.lower_bound(beginning);
       rule != rules_.end() && rule->first.starts_with(beginning); ++rule) {
    if (rule->second != is_wanted) return Extent::part;
  }
  return is_wanted ? Extent::whole : Extent::nothing;
}

void Fields::write_members(json::Writer& out, json::Value const& object,
                           std::string const& path) const {
  out.begin_object();
  for (auto const [name, value] : object.members()) {
    auto const below = path.empty() ? std::string(name) : path + "." + std::string(name);
    auto const wanted = extent(below);
    if (wanted == Extent::nothing || (wanted == Extent::part && !value.is_object())) continue;
    out.name(name);
    if (wanted == Extent::whole) {
      out.value(value);
    } else {
      write_members(out, value, below);
    }
  }
  out.end_object();
}

} // namespace terracat::query
