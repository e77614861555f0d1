#include "kinds/dcat/state.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::dcat {
namespace {

constexpr std::int64_t version = 1;

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  auto out = begin_checkpoint(version, query);
  out.name("next").string(next).name("pages").integer(integer(pages));
  out.name("idle_pages").integer(integer(idle_pages));
  if (total) out.name("total").integer(integer(*total));
  out.name("received").integer(integer(received)).name("services").integer(integer(services));
  out.name("met").integer(integer(met));
  out.name("unproven").boolean(unproven).name("repeats").boolean(has_repeats);
  auto const ids = knows_all ? seen.to_text() : std::nullopt;
  auto const links = ids ? listed.to_text() : std::nullopt;
  if (links) out.name("ids").string(*ids).name("listed").string(*links);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  auto const seen = checkpoint.ids("ids");
  auto const listed = checkpoint.ids("listed");
  return {.next = std::string(checkpoint.root().string("next").value_or("")),
          .pages = checkpoint.needed_count("pages"),
          .idle_pages = checkpoint.count("idle_pages").value_or(0),
          .total = checkpoint.count("total"),
          .received = checkpoint.count("received").value_or(0),
          .services = checkpoint.count("services").value_or(0),
          .met = checkpoint.count("met").value_or(0),
          .unproven = checkpoint.flag("unproven"),
          .has_repeats = checkpoint.flag("repeats"),
          .seen = seen.value_or(SeenIds()),
          .listed = listed.value_or(SeenIds()),
          .knows_all = seen && listed};
}

} // namespace terracat::kinds::dcat
