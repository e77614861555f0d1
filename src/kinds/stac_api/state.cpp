#include "kinds/stac_api/state.hpp"

#include "kinds/checkpoint.hpp"
#include "kinds/stac_api/paging.hpp"

#include <terracat/kind.hpp>

#include <algorithm>
#include <array>

namespace terracat::kinds::stac_api {
namespace {

constexpr std::int64_t version = 1;

struct NamedPhase {
  Phase phase;
  std::string_view name;
};

constexpr std::array phases{NamedPhase{Phase::collections, "collections"},
                            NamedPhase{Phase::items, "items"}, NamedPhase{Phase::done, "done"}};

Progress progress_of(Checkpoint const& checkpoint) {
  return {.pages = checkpoint.count("pages").value_or(0),
          .received = checkpoint.count("received").value_or(0),
          .idle_pages = checkpoint.count("idle_pages").value_or(0),
          .matched = checkpoint.count("matched"),
          .last_page = checkpoint.count("last_page").value_or(0)};
}

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const integer = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  auto out = begin_checkpoint(version, query);
  out.name("phase").string(std::ranges::find(phases, phase, &NamedPhase::phase)->name);
  out.member("collection", collection);
  if (request) out.name("request").raw(to_json(*request));
  out.name("pages").integer(integer(progress.pages));
  out.name("received").integer(integer(progress.received));
  out.name("idle_pages").integer(integer(progress.idle_pages));
  if (progress.matched) out.name("matched").integer(integer(*progress.matched));
  out.name("last_page").integer(integer(progress.last_page));
  out.name("failed").integer(integer(failed)).name("unproven").boolean(unproven);
  auto const ids = phase == Phase::collections ? seen.to_text() : std::nullopt;
  if (ids) out.name("ids").string(*ids);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  auto const root = checkpoint.root();
  auto const* const phase =
      std::ranges::find(phases, root.string("phase").value_or(""), &NamedPhase::name);
  if (phase == phases.end()) throw StaleCheckpoint("the checkpoint is not one of kind stac-api");
  auto const seen = checkpoint.ids("ids");
  State state;
  state.phase = phase->phase;
  state.collection = root.string("collection").value_or("");
  if (auto const request = root.member("request")) state.request = from_json(*request);
  state.progress = progress_of(checkpoint);
  state.failed = checkpoint.count("failed").value_or(0);
  state.seen = seen.value_or(SeenIds());
  // Without the ids of the pages before, a repeat cannot be told.
  bool const lost_ids = state.phase == Phase::collections && !seen;
  state.unproven = lost_ids || checkpoint.flag("unproven");
  return state;
}

} // namespace terracat::kinds::stac_api
