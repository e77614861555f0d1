#include "kinds/csw/state.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::csw {
namespace {

constexpr std::int64_t version = 1;

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  auto out = begin_checkpoint(version, query);
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
  Checkpoint const checkpoint(text, version, query);
  auto const seen = checkpoint.ids("ids");
  State state{.position = checkpoint.needed_count("position"),
              .window = checkpoint.needed_count("window"),
              .suspect = checkpoint.count("suspect").value_or(0),
              .sorted = checkpoint.flag("sorted"),
              .matched = checkpoint.count("matched"),
              .count_changed = checkpoint.flag("count_changed"),
              .passed_over = checkpoint.count("passed_over").value_or(0),
              .idle_pages = checkpoint.count("idle_pages").value_or(0),
              .done = checkpoint.flag("done"),
              .seen = seen.value_or(SeenIds()),
              .seen_all = seen.has_value()};
  if (state.position == 0 || state.window == 0) {
    throw StaleCheckpoint("the checkpoint is not one of kind csw");
  }
  return state;
}

} // namespace terracat::kinds::csw
