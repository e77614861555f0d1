#include "kinds/sitemap/state.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::sitemap {
namespace {

constexpr std::int64_t version = 1;

/// A checkpoint is written with every page and must stay small.
constexpr std::size_t most_kept_maps = 2'000;

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const ids = seen.to_text();
  if (maps.size() > most_kept_maps || !ids) return {};
  auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  auto out = begin_checkpoint(version, query);
  out.name("maps").begin_array();
  for (auto const& map : maps) out.string(map);
  out.end_array().name("after").string(after).name("pages").integer(integer(pages));
  out.name("failed").integer(integer(failed)).name("unwanted").integer(integer(unwanted));
  out.name("started").boolean(started).name("given").boolean(given).name("ids").string(*ids);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  State out{.maps = {},
            .after = std::string(checkpoint.root().string("after").value_or("")),
            .pages = checkpoint.needed_count("pages"),
            .failed = checkpoint.needed_count("failed"),
            .unwanted = checkpoint.needed_count("unwanted"),
            .started = checkpoint.flag("started"),
            .given = checkpoint.flag("given"),
            .seen = checkpoint.ids("ids").value_or(SeenIds())};
  auto const maps = checkpoint.root().member("maps");
  if (!maps || !maps->is_array()) throw StaleCheckpoint("the checkpoint names no maps");
  for (auto const& map : maps->elements()) out.maps.emplace_back(map.string().value_or(""));
  return out;
}

} // namespace terracat::kinds::sitemap
