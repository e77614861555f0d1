#include "kinds/ogc_records/state.hpp"

#include "kinds/checkpoint.hpp"

namespace terracat::kinds::ogc_records {
namespace {

constexpr std::int64_t version = 1;

} // namespace

std::string State::to_checkpoint(std::string_view query) const {
  auto out = begin_checkpoint(version, query);
  if (catalogue) out.name("catalogue").string(*catalogue);
  out.name("list").string(list.to_checkpoint(query));
  out.name("unproven").integer(static_cast<std::int64_t>(unproven)).name("done").boolean(done);
  auto const ids = seen.to_text();
  if (ids) out.name("ids").string(*ids);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  State out;
  if (auto const catalogue = checkpoint.root().string("catalogue")) out.catalogue = *catalogue;
  out.list = CountedList(checkpoint.root().string("list").value_or(""), query);
  out.unproven = checkpoint.needed_count("unproven");
  out.done = checkpoint.flag("done");
  out.seen = checkpoint.ids("ids").value_or(SeenIds());
  return out;
}

} // namespace terracat::kinds::ogc_records
