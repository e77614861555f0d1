#include "net/exchange.hpp"

#include "net/coding.hpp"
#include "net/request_id.hpp"
#include "net/response_head.hpp"

#include <array>

namespace terracat::net {
namespace {

struct MethodName {
  std::string_view name;
  api::Method method;
};

constexpr std::array<MethodName, 7> methods{{{"GET", api::Method::get},
                                             {"HEAD", api::Method::head},
                                             {"POST", api::Method::post},
                                             {"PUT", api::Method::put},
                                             {"PATCH", api::Method::patch},
                                             {"DELETE", api::Method::remove},
                                             {"OPTIONS", api::Method::options}}};

/// Below, a coding saves less than it costs.
constexpr std::size_t smallest_coded = 1024;

api::Head head_of(RequestFields const& fields) noexcept {
  return {.method = api::Method::get,
          .path = {},
          .query = {},
          .accept = fields.accept,
          .accept_language = fields.accept_language,
          .content_type = fields.content_type,
          .if_match = fields.if_match,
          .if_none_match = fields.if_none_match,
          .if_range = fields.if_range,
          .prefer = fields.prefer,
          .range = fields.range,
          .user_agent = fields.user_agent,
          .authorization = fields.authorization,
          .api_key = fields.api_key,
          .explain = fields.explain,
          .request_id = {},
          .coding = preferred_coding(fields.accept_encoding)};
}

std::optional<Refusal> read_method(Exchange& exchange) noexcept {
  for (auto const& [name, method] : methods) {
    if (name != exchange.parser.fields().method) continue;
    exchange.method_name = name;
    exchange.head.method = method;
    exchange.is_head_only = method == api::Method::head;
    return std::nullopt;
  }
  exchange.method_name = "other";
  return Refusal{
      .status = 501, .reason = Reason::unsupported, .detail = "the method is not known here"};
}

} // namespace

std::optional<Refusal> read_request_head(Exchange& exchange, std::string_view head,
                                         SizeLimits const& limits) {
  if (auto const refusal = check_head(head, limits)) return refusal;
  if (auto const refusal = exchange.parser.read_head(head)) return refusal;
  auto const& fields = exchange.parser.fields();
  exchange.head = head_of(fields);
  if (is_request_id(fields.request_id)) exchange.request_id = fields.request_id;
  exchange.head.request_id = exchange.request_id;
  if (auto const refusal = check_framing(fields, exchange.framing)) return refusal;
  if (auto const refusal = read_method(exchange)) return refusal;
  auto const target = parse_target(fields.target);
  if (!target) return target.error();
  exchange.head.path = target->path;
  exchange.head.query = target->query;
  exchange.keep_alive = fields.keep_alive;
  return std::nullopt;
}

api::Coding coding_of(Exchange const& exchange) noexcept {
  auto const& reply = exchange.reply;
  bool const has_body = reply.status != 204 && reply.status != 206 && reply.status != 304;
  if (!has_body || !is_compressible(reply.content_type) ||
      !header_of(reply, "Content-Encoding").empty()) {
    return api::Coding::identity;
  }
  auto const* const text = std::get_if<api::Text>(&reply.content);
  bool const is_worth_it = text != nullptr ? text->bytes.size() > smallest_coded
                                           : std::holds_alternative<api::Stream>(reply.content);
  return is_worth_it ? exchange.head.coding : api::Coding::identity;
}

void encode_text(Exchange& exchange, Compressor& compressor) {
  auto* const text = exchange.text();
  auto const coding = coding_of(exchange);
  if (text == nullptr || coding == api::Coding::identity) return;
  text->bytes = compressor.encode(coding, text->bytes);
  exchange.coding = coding;
}

} // namespace terracat::net
