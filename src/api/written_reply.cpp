#include "api/written_reply.hpp"

#include "api/media_types.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::api {
namespace {

/// RFC 7240.
bool wants_representation(Exchange const& exchange) {
  auto wishes = exchange.request().head.prefer;
  while (!wishes.empty()) {
    auto const end = std::min(wishes.find(','), wishes.size());
    if (equal_ignoring_case(trimmed(wishes.substr(0, end)), "return=representation")) return true;
    wishes.remove_prefix(std::min(end + 1, wishes.size()));
  }
  return false;
}

} // namespace

Reply created(std::string body, std::string_view media_type, std::string address, std::string tag) {
  Reply reply{.status = 201,
              .content_type = std::string(media_type),
              .headers = {{"Cache-Control", "no-store"}},
              .content = Text{std::move(body)}};
  if (!address.empty()) reply.headers.emplace_back("Location", std::move(address));
  if (!tag.empty()) reply.headers.emplace_back("ETag", std::move(tag));
  return reply;
}

Reply created_unseen(std::string address) {
  return created("{}", json_type, std::move(address), {});
}

Reply nothing_to_say() {
  return {.status = 204,
          .content_type = {},
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{}};
}

Reply changed(Exchange const& exchange, Reply whole) {
  if (wants_representation(exchange)) {
    whole.headers.emplace_back("Preference-Applied", "return=representation");
    return whole;
  }
  auto reply = nothing_to_say();
  for (auto& header : whole.headers) {
    if (header.first == "ETag") reply.headers.push_back(std::move(header));
  }
  return reply;
}

} // namespace terracat::api
