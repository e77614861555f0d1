#include "kinds/csw/state.hpp"

#include <terracat/json.hpp>
#include <terracat/kind.hpp>

namespace terracat::kinds::csw {
namespace {

constexpr std::int64_t version = 1;

std::string fingerprint(std::string_view query) {
  return std::to_string(stable_hash(query));
}

std::optional<std::size_t> count(json::Value const& object, std::string_view name) {
  auto const member = object.member(name);
  auto const value = member ? member->integer() : std::nullopt;
  if (!value || *value < 0) return std::nullopt;
  return static_cast<std::size_t>(*value);
}

bool flag(json::Value const& object, std::string_view name) {
  auto const member = object.member(name);
  return member && member->boolean().value_or(false);
}

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  json::Writer out;
  out.begin_object();
  out.name("version").integer(version).name("query").string(fingerprint(query));
  out.name("position").integer(integer(position)).name("window").integer(integer(window));
  out.name("suspect").integer(integer(suspect)).name("sorted").boolean(sorted);
  if (matched) out.name("matched").integer(integer(*matched));
  out.name("count_changed").boolean(count_changed);
  out.name("passed_over").integer(integer(passed_over));
  out.name("idle_pages").integer(integer(idle_pages)).name("done").boolean(done);
  auto const ids = seen_all ? seen.to_text() : std::nullopt;
  if (ids) out.name("ids").string(*ids);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  auto const document = json::Document::parse(text);
  if (!document) throw StaleCheckpoint("the checkpoint cannot be read");
  auto const root = document->root();
  auto const position = count(root, "position");
  auto const window = count(root, "window");
  if (!position || !window || *position == 0 || *window == 0 || count(root, "version") != version) {
    throw StaleCheckpoint("the checkpoint is not one of kind csw");
  }
  if (root.string("query") != fingerprint(query)) {
    throw StaleCheckpoint(
        "the checkpoint belongs to another query: the source was configured anew");
  }
  State state{.position = *position,
              .window = *window,
              .suspect = count(root, "suspect").value_or(0),
              .sorted = flag(root, "sorted"),
              .matched = count(root, "matched"),
              .count_changed = flag(root, "count_changed"),
              .passed_over = count(root, "passed_over").value_or(0),
              .idle_pages = count(root, "idle_pages").value_or(0),
              .done = flag(root, "done"),
              .seen = {},
              .seen_all = true};
  auto const ids = root.string("ids");
  auto seen = SeenIds::from_text(ids.value_or(""));
  if (!seen) throw StaleCheckpoint("the checkpoint's ids cannot be read");
  state.seen = std::move(*seen);
  state.seen_all = ids.has_value();
  return state;
}

} // namespace terracat::kinds::csw
