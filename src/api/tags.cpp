#include "api/tags.hpp"

#include "query/digest.hpp"

#include <terracat/text.hpp>

namespace terracat::api {
namespace {

/// Weak comparison of RFC 9110 8.8.3.2: the mark of weakness does not count.
std::string_view opaque(std::string_view tag) noexcept {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
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

std::string list_tag(Exchange const& exchange, Revision revision, Sequence last_change) {
  query::Digest what;
  what.add(exchange.settings_digest()).add(exchange.self());
  return "W/\"" + hexadecimal(revision.epoch) + "-" + std::to_string(last_change) + "-" +
         hexadecimal(what.value()) + "\"";
}

std::string resource_tag(Exchange const& exchange, Revision revision, Sequence last_change,
                         std::string_view media_type) {
  query::Digest representation;
  representation.add(exchange.settings_digest()).add(media_type).add(exchange.self());
  representation.add(static_cast<std::uint64_t>(exchange.request().head.coding));
  return "\"" + hexadecimal(revision.epoch) + "-" + std::to_string(last_change) + "-" +
         hexadecimal(representation.value()) + "\"";
}

std::optional<Reply> not_modified(Exchange const& exchange, std::string const& tag) {
  auto const wanted = exchange.request().head.if_none_match;
  if (wanted.empty() || !lists_tag(wanted, tag)) return std::nullopt;
  return Reply{.status = 304,
               .content_type = {},
               .headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}},
               .content = Text{}};
}

Reply lasting(Exchange const& exchange, std::string body, std::string_view media_type) {
  query::Digest what;
  what.add(std::string_view(body));
  what.add(static_cast<std::uint64_t>(exchange.request().head.coding));
  auto tag = "\"" + hexadecimal(what.value()) + "\"";
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  return tagged(std::move(body), media_type, std::move(tag));
}

Reply tagged(std::string body, std::string_view media_type, std::string tag) {
  return {.status = 200,
          .content_type = std::string(media_type),
          .headers = {{"ETag", std::move(tag)}, {"Cache-Control", "no-cache"}},
          .content = Text{std::move(body)}};
}

} // namespace terracat::api
