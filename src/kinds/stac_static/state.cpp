#include "kinds/stac_static/state.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::stac_static {
namespace {

constexpr std::int64_t version = 1;

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const ids = seen.to_text();
  if (!ids) return {};
  auto out = begin_checkpoint(version, query);
  out.name("path").begin_array();
  for (auto const& level : path) {
    out.begin_object().name("address").string(level.address);
    out.name("down").boolean(level.last.leads_down).member("after", level.last.address);
    out.end_object();
  }
  out.end_array().name("started").boolean(started).name("given").boolean(given);
  out.name("failed").integer(static_cast<std::int64_t>(failed)).name("ids").string(*ids);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  auto const path = checkpoint.root().member("path");
  auto seen = checkpoint.ids("ids");
  if (!path || !path->is_array() || !seen) {
    throw StaleCheckpoint("the checkpoint does not say where the run stands");
  }
  State out{.path = {},
            .started = checkpoint.flag("started"),
            .given = checkpoint.flag("given"),
            .failed = checkpoint.needed_count("failed"),
            .seen = std::move(*seen)};
  for (auto const level : path->elements()) {
    auto const down = level.member("down");
    out.path.push_back({.address = std::string(level.string("address").value_or("")),
                        .last = {.leads_down = down && down->boolean().value_or(false),
                                 .address = std::string(level.string("after").value_or(""))}});
  }
  return out;
}

} // namespace terracat::kinds::stac_static
