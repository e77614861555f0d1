#include "api/site.hpp"

#include "api/families.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// What a root of each family shows.
struct Shown {
  std::string prefix;
  std::string id;
  std::string title;
  std::string description;
  catalogue::Scope scope;
  std::string home = {};
};

void add_roots(std::vector<Root>& roots, Shown const& shown) {
  for (auto const& row : families()) {
    roots.push_back({.prefix = shown.prefix + std::string(row.segment),
                     .family = row.family,
                     .id = shown.id,
                     .title = shown.title + std::string(row.title_suffix),
                     .subject = shown.title,
                     .description = shown.description.empty() ? shown.title : shown.description,
                     .scope = row.with_items_only ? shown.scope.with_items_only() : shown.scope,
                     .home = shown.home});
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
                      .scope = catalogue::Scope::of_sources(pole.sources),
                      .home = pole.home});
  }
  return roots;
}

void take_transactions(Site& site, Transactions transactions) {
  for (auto& root : site.roots) {
    root.takes_transactions = &root == &whole_root(site, Family::stac);
  }
  site.transactions = std::move(transactions);
}

Root const* pole_of(Site const& site, std::string const& source) noexcept {
  auto const found = std::ranges::find_if(site.roots, [&](Root const& root) {
    auto const* const sources = root.scope.sources();
    return root.family == Family::records && sources != nullptr &&
           std::ranges::find(*sources, source) != sources->end();
  });
  return found == site.roots.end() ? nullptr : &*found;
}

std::string_view pole_name(Site const& site, std::string const& source) noexcept {
  auto const* const pole = pole_of(site, source);
  return pole == nullptr ? std::string_view() : std::string_view(pole->id);
}

Root const& whole_root(Site const& site, Family family) {
  return *std::ranges::find_if(site.roots, [family](Root const& root) {
    return root.family == family && root.prefix == segment_of(family);
  });
}

} // namespace terracat::api
