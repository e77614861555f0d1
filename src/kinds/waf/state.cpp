#include "kinds/waf/state.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::waf {
namespace {

constexpr std::int64_t version = 1;

/// A checkpoint is written with every page and must stay small.
constexpr std::size_t most_folders = 2'000;

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  if (folders.size() > most_folders) return {};
  auto out = begin_checkpoint(version, query);
  out.name("folders").begin_array();
  for (auto const& folder : folders) out.string(folder);
  out.end_array().name("after").string(after).name("started").boolean(started);
  out.name("given").boolean(given).name("failed").integer(static_cast<std::int64_t>(failed));
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  State out{.folders = {},
            .after = std::string(checkpoint.root().string("after").value_or("")),
            .started = checkpoint.flag("started"),
            .given = checkpoint.flag("given"),
            .failed = checkpoint.needed_count("failed")};
  auto const folders = checkpoint.root().member("folders");
  if (!folders || !folders->is_array()) throw StaleCheckpoint("the checkpoint names no folders");
  for (auto const& folder : folders->elements()) {
    out.folders.emplace_back(folder.string().value_or(""));
  }
  return out;
}

} // namespace terracat::kinds::waf
