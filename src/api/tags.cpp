#include "api/tags.hpp"

#include "api/pages.hpp"
#include "query/digest.hpp"
#include "query/scan.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>

namespace terracat::api {
namespace {

/// Weak comparison of RFC 9110 8.8.3.2: the mark of weakness does not count.
std::string_view opaque(std::string_view tag) noexcept {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// What is retold is another text than the JSON that it is made of; a page has a language of its
/// own.
void add_form(query::Digest& what, Exchange const& exchange) {
  what.add(static_cast<std::uint64_t>(exchange.form()));
  if (!retold.has(exchange.form())) return;
  what.add(exchange.settings_digest());
  if (exchange.form() == Form::html) what.add(pages::code(language_of(exchange)));
}

bool asks_concepts(query::Criteria const& criteria) {
  return std::ranges::any_of(criteria.filters, [](query::Expression const& filter) {
    auto const names = query::properties_in_bodies(filter);
    return std::ranges::find(names, catalogue::concepts_name) != names.end();
  });
}

} // namespace

bool lists_tag(std::string_view tags, std::string_view tag) noexcept {
  while (!tags.empty()) {
    auto const comma = tags.find(',');
    auto one = tags.substr(0, comma);
    tags = comma == std::string_view::npos ? std::string_view() : tags.substr(comma + 1);
    while (one.starts_with(' ') || one.starts_with('\t')) one.remove_prefix(1);
    while (one.ends_with(' ') || one.ends_with('\t')) one.remove_suffix(1);
    if (one == "*" || opaque(one) == opaque(tag)) return true;
  }
  return false;
}

std::string list_tag(Exchange const& exchange, Revision revision, Sequence last_change,
                     std::string_view language) {
  query::Digest what;
  what.add(exchange.settings_digest()).add(exchange.self()).add(language);
  add_form(what, exchange);
  return "W/\"" + hexadecimal(revision.epoch) + "-" + std::to_string(last_change) + "-" +
         hexadecimal(what.value()) + "\"";
}

std::string concept_mark(catalogue::View& view) {
  auto const& uses = view.concepts();
  // A decision changes no record, and what many of them are about.
  auto const decided = uses ? uses->decisions().digest() : 0;
  auto out = decided == 0 ? std::string() : " by " + hexadecimal(decided);
  if (auto const rules = uses ? uses->rules_digest() : 0; rules != 0) {
    out += " with " + hexadecimal(rules);
  }
  if (uses && uses->revision().sequence >= view.last_record_change()) return out;
  return out + " as of " + std::to_string(uses ? uses->revision().sequence : -1);
}

std::string concept_list_tag(Exchange const& exchange, catalogue::View& view) {
  return list_tag(exchange, view.revision(), view.last_record_change(), concept_mark(view));
}

std::string page_tag(Exchange const& exchange, catalogue::View& view, std::string_view mark) {
  auto const changed = std::max(view.last_record_change(), view.last_item_change({}));
  return list_tag(exchange, view.revision(), changed, concept_mark(view) + std::string(mark));
}

std::string time_mark(std::string const& question, model::Instant now) {
  auto const time = question.empty() ? std::nullopt : catalogue::asked_time(question, now);
  if (!time) return {};
  return " in " + std::to_string(time->first.milliseconds()) + "/" +
         std::to_string(time->last.milliseconds());
}

std::string record_list_tag(Exchange const& exchange, catalogue::View& view,
                            catalogue::RecordRequest const& request, std::string_view language) {
  auto const mark = asks_concepts(request.criteria) ? concept_mark(view) : std::string();
  return list_tag(exchange, view.revision(), view.last_record_change(),
                  std::string(language) + mark +
                      time_mark(request.question, model::Instant::now()));
}

std::string resource_tag(Exchange const& exchange, Revision revision, Sequence last_change,
                         std::string_view media_type, std::string_view language) {
  return tag_at(exchange, exchange.self(), revision, last_change, media_type, language);
}

std::string tag_at(Exchange const& exchange, std::string_view address, Revision revision,
                   Sequence last_change, std::string_view media_type, std::string_view language) {
  query::Digest representation;
  representation.add(exchange.settings_digest()).add(media_type).add(address);
  representation.add(language);
  add_form(representation, exchange);
  representation.add(static_cast<std::uint64_t>(exchange.request().head.coding));
  return "\"" + hexadecimal(revision.epoch) + "-" + std::to_string(last_change) + "-" +
         hexadecimal(representation.value()) + "\"";
}

std::optional<std::vector<Sequence>> expected_versions(Exchange const& exchange,
                                                       Revision revision) {
  auto tags = exchange.request().head.if_match;
  if (tags.empty() || trimmed(tags) == "*") return std::nullopt;
  auto const beginning = "\"" + hexadecimal(revision.epoch) + "-";
  std::vector<Sequence> out;
  while (!tags.empty()) {
    auto const comma = std::min(tags.find(','), tags.size());
    auto const tag = opaque(trimmed(tags.substr(0, comma)));
    tags.remove_prefix(std::min(comma + 1, tags.size()));
    if (!tag.starts_with(beginning)) continue;
    Sequence sequence = 0;
    auto const digits = tag.substr(beginning.size());
    auto const [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
    if (error == std::errc{}) out.push_back(sequence);
  }
  return out;
}

std::optional<Reply> not_modified(Exchange const& exchange, std::string const& tag) {
  auto const wanted = exchange.request().head.if_none_match;
  if (wanted.empty() || !lists_tag(wanted, tag)) return std::nullopt;
  return Reply{.status = 304,
               .content_type = {},
               .headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}},
               .content = Text{}};
}

std::optional<Reply> known_answer(Exchange& exchange, std::string const& tag) {
  if (auto reply = not_modified(exchange, tag)) return reply;
  auto const kept = exchange.is_explained() ? nullptr : exchange.kept().find(exchange.self(), tag);
  if (kept) {
    exchange.note_known();
    return *kept;
  }
  bool const is_light = exchange.route().work != Work::heavy;
  if (exchange.request().must_be_light && !is_light) throw catalogue::TooHeavy();
  return std::nullopt;
}

Reply lasting(Exchange const& exchange, std::string body, std::string_view media_type) {
  query::Digest what;
  what.add(std::string_view(body));
  add_form(what, exchange);
  what.add(static_cast<std::uint64_t>(exchange.request().head.coding));
  auto tag = "\"" + hexadecimal(what.value()) + "\"";
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  return tagged(std::move(body), media_type, std::move(tag));
}

Reply unkept(int status, std::string_view media_type, std::string body) {
  return {.status = status,
          .content_type = std::string(media_type),
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{std::move(body)}};
}

Reply tagged(std::string body, std::string_view media_type, std::string tag) {
  return {.status = 200,
          .content_type = std::string(media_type),
          .headers = {{"ETag", std::move(tag)}, {"Cache-Control", "no-cache"}},
          .content = Text{std::move(body)}};
}

} // namespace terracat::api
