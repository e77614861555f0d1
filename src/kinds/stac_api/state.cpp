#include "kinds/stac_api/state.hpp"

#include "kinds/stac_api/paging.hpp"

#include <terracat/json.hpp>
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

std::string fingerprint(std::string_view query) {
  return std::to_string(stable_hash(query));
}

std::optional<std::size_t> count(json::Value const& object, std::string_view name) {
  auto const member = object.member(name);
  auto const value = member ? member->integer() : std::nullopt;
  if (!value || *value < 0) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

Progress progress_of(json::Value const& root) {
  return {.pages = count(root, "pages").value_or(0),
          .received = count(root, "received").value_or(0),
          .idle_pages = count(root, "idle_pages").value_or(0),
          .matched = count(root, "matched"),
          .last_page = count(root, "last_page").value_or(0)};
}

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const integer = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  json::Writer out;
  out.begin_object();
  out.name("version").integer(version).name("query").string(fingerprint(query));
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
  auto const document = json::Document::parse(text);
  if (!document) throw StaleCheckpoint("the checkpoint cannot be read");
  auto const root = document->root();
  auto const* const phase =
      std::ranges::find(phases, root.string("phase").value_or(""), &NamedPhase::name);
  if (count(root, "version") != version || phase == phases.end()) {
    throw StaleCheckpoint("the checkpoint is not one of kind stac-api");
  }
  if (root.string("query") != fingerprint(query)) {
    throw StaleCheckpoint(
        "the checkpoint belongs to another query: the source was configured anew");
  }
  State state;
  state.phase = phase->phase;
  state.collection = root.string("collection").value_or("");
  if (auto const request = root.member("request")) state.request = from_json(*request);
  state.progress = progress_of(root);
  state.failed = count(root, "failed").value_or(0);
  auto const unproven = root.member("unproven");
  auto const ids = root.string("ids");
  auto seen = SeenIds::from_text(ids.value_or(""));
  if (!seen) throw StaleCheckpoint("the checkpoint's ids cannot be read");
  state.seen = std::move(*seen);
  // Without the ids of the pages before, a repeat cannot be told.
  bool const lost_ids = state.phase == Phase::collections && !ids;
  state.unproven = lost_ids || (unproven && unproven->boolean().value_or(false));
  return state;
}

} // namespace terracat::kinds::stac_api
