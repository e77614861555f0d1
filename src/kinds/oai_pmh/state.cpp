#include "kinds/oai_pmh/state.hpp"

#include "kinds/checkpoint.hpp"

#include <terracat/kind.hpp>

namespace terracat::kinds::oai_pmh {
namespace {

using model::Instant;

constexpr std::int64_t version = 1;
constexpr std::int64_t second = 1'000;
constexpr std::int64_t day = 86'400 * second;

std::int64_t unit_of(bool is_daily) noexcept {
  return is_daily ? day : second;
}

/// The beginning of the day or second.
std::int64_t rounded_down(Instant at, std::int64_t unit) noexcept {
  auto const rest = at.milliseconds() % unit;
  return at.milliseconds() - (rest < 0 ? rest + unit : rest);
}

void write_time(json::Writer& out, std::string_view name, std::optional<Instant> at) {
  if (at) out.name(name).integer(at->milliseconds());
}

std::optional<Instant> time_in(json::Value const& object, std::string_view name) {
  auto const member = object.member(name);
  auto const value = member ? member->integer() : std::nullopt;
  return value ? std::optional(Instant(*value)) : std::nullopt;
}

void write_list(json::Writer& out, Listing const& list) {
  auto const integer = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  out.name("token").string(list.token).name("pages").integer(integer(list.pages));
  out.name("idle_pages").integer(integer(list.idle_pages));
  out.name("breaks").integer(integer(list.breaks));
  if (list.size) out.name("size").integer(integer(*list.size));
  out.name("size_changed").boolean(list.size_changed);
  out.name("has_repeats").boolean(list.has_repeats);
}

Listing read_list(Checkpoint const& checkpoint) {
  return {.token = std::string(checkpoint.root().string("token").value_or("")),
          .pages = checkpoint.needed_count("pages"),
          .idle_pages = checkpoint.count("idle_pages").value_or(0),
          .breaks = checkpoint.count("breaks").value_or(0),
          .size = checkpoint.count("size"),
          .size_changed = checkpoint.flag("size_changed"),
          .has_repeats = checkpoint.flag("has_repeats")};
}

} // namespace

std::string datestamp(Instant at, bool is_daily) {
  constexpr std::size_t date_only = 10;
  auto const text = model::to_rfc3339(Instant(rounded_down(at, unit_of(is_daily)))).value_or("");
  return is_daily ? text.substr(0, date_only) : text;
}

std::string Span::as_text(bool is_daily) const {
  auto const end = [is_daily](std::optional<Instant> at) {
    return at ? datestamp(*at, is_daily) : std::string("..");
  };
  return end(from) + " to " + end(until);
}

bool State::split() {
  auto const span = spans.back();
  auto const low = span.from ? span.from : earliest;
  auto const high = span.until ? span.until : now;
  if (!low || !high) return false;
  auto const unit = unit_of(is_daily);
  auto const first = rounded_down(*low, unit);
  auto const units = (rounded_down(*high, unit) - first) / unit;
  if (units < 1) return false;
  auto const middle = first + (units - 1) / 2 * unit;
  spans.back().from = Instant(middle + unit);
  spans.push_back({.from = span.from, .until = Instant(middle)});
  return true;
}

void State::begin_list() {
  list = {};
  listed = {};
  is_first_list = false;
}

std::string State::to_checkpoint(std::string_view query) const {
  auto out = begin_checkpoint(version, query);
  out.name("prefix").string(prefix).name("daily").boolean(is_daily);
  write_time(out, "earliest", earliest);
  write_time(out, "now", now);
  out.name("set").integer(static_cast<std::int64_t>(set)).name("spans").begin_array();
  for (auto const& span : spans) {
    out.begin_object();
    write_time(out, "from", span.from);
    write_time(out, "until", span.until);
    out.end_object();
  }
  out.end_array();
  write_list(out, list);
  if (announced) out.name("announced").integer(static_cast<std::int64_t>(*announced));
  out.name("unproven").boolean(unproven).name("done").boolean(done);
  out.name("first").boolean(is_first_list);
  auto const ids = seen_all ? seen.to_text() : std::nullopt;
  if (ids) out.name("ids").string(*ids);
  auto const of_list = ids && !is_first_list ? listed.to_text() : std::nullopt;
  if (of_list) out.name("listed").string(*of_list);
  return out.end_object().take();
}

State State::from_checkpoint(std::string_view text, std::string_view query) {
  Checkpoint const checkpoint(text, version, query);
  auto const root = checkpoint.root();
  auto const seen = checkpoint.ids("ids");
  State state{.prefix = std::string(root.string("prefix").value_or("")),
              .is_daily = checkpoint.flag("daily"),
              .earliest = time_in(root, "earliest"),
              .now = time_in(root, "now"),
              .set = checkpoint.needed_count("set"),
              .spans = {},
              .list = read_list(checkpoint),
              .announced = checkpoint.count("announced"),
              .unproven = checkpoint.flag("unproven"),
              .done = checkpoint.flag("done"),
              .is_first_list = checkpoint.flag("first"),
              .seen = seen.value_or(SeenIds()),
              .listed = {},
              .seen_all = seen.has_value()};
  if (auto const spans = root.member("spans")) {
    for (auto const& span : spans->elements()) {
      state.spans.push_back({.from = time_in(span, "from"), .until = time_in(span, "until")});
    }
  }
  state.listed = state.is_first_list ? state.seen : checkpoint.ids("listed").value_or(SeenIds());
  if (state.prefix.empty() || state.spans.empty()) {
    throw StaleCheckpoint("the checkpoint is not one of kind oai-pmh");
  }
  return state;
}

} // namespace terracat::kinds::oai_pmh
