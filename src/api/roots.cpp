#include "api/site.hpp"

#include "api/families.hpp"

namespace terracat::api {
namespace {

/// What a root of each family shows.
struct Shown {
  std::string prefix;
  std::string id;
  std::string title;
  std::string description;
  catalogue::Scope scope;
};

void add_roots(std::vector<Root>& roots, Shown const& shown) {
  for (auto const& row : families()) {
    roots.push_back({.prefix = shown.prefix + std::string(row.segment),
                     .family = row.family,
                     .id = shown.id,
                     .title = shown.title + std::string(row.title_suffix),
                     .description = shown.description.empty() ? shown.title : shown.description,
                     .scope = row.with_items_only ? shown.scope.with_items_only() : shown.scope});
  }
}

} // namespace

std::vector<Root> roots_of(std::string const& title, std::string const& description,
                           std::vector<Pole> const& poles) {
  std::vector<Root> roots;
  add_roots(roots, {.prefix = {},
                    .id = "terracat",
                    .title = title,
                    .description = description,
                    .scope = catalogue::Scope::everything()});
  for (auto const& pole : poles) {
    add_roots(roots, {.prefix = "/poles/" + pole.name,
                      .id = pole.name,
                      .title = pole.title,
                      .description = pole.description,
                      .scope = catalogue::Scope::of_sources(pole.sources)});
  }
  return roots;
}

} // namespace terracat::api
