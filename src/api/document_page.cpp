#include "api/document_page.hpp"

#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "pages/document_page.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

/// What a page says for itself.
constexpr std::array<std::string_view, 3> headers_of_page{"Content-Language", "Cache-Control",
                                                          "Vary"};

std::string_view header(Reply const& reply, std::string_view name) noexcept {
  auto const found =
      std::ranges::find(reply.headers, name, &std::pair<std::string, std::string>::first);
  return found == reply.headers.end() ? std::string_view() : std::string_view(found->second);
}

/// Whatever is a record has a page of the portal. \return  empty for anything else
std::string portal_path(Exchange const& exchange, json::Value document) {
  auto const handle = exchange.route().handle;
  auto const id = document.string("id");
  bool const is_record = (handle == get_record || handle == get_collection) && id;
  return is_record ? "/d/" + encode(*id) : std::string();
}

/// The language of the page around the answer. Among records `language` is a property.
pages::Language language_around(Exchange const& exchange) {
  bool const is_property = exchange.route().handle == get_records;
  auto const given = is_property ? std::nullopt : exchange.parameters().get(language_parameter);
  return language_of(exchange.site(), exchange.path(),
                     given.value_or(exchange.request().head.accept_language));
}

} // namespace

Reply page_of(Exchange const& exchange, Reply reply) {
  auto const* const text = std::get_if<Text>(&reply.content);
  bool const is_json = reply.status == 200 && !reply.content_type.starts_with(html_type);
  if (!is_json || text == nullptr) return reply;
  auto const document = exchange.worker().item_parser().parse(text->bytes);
  if (!document) throw std::logic_error("an answer in JSON cannot be read");
  auto const language = language_around(exchange);
  auto const portal = portal_path(exchange, *document);
  auto page =
      page_reply(language, pages::document_page(facts_of(exchange.site()), language,
                                                {.document = *document,
                                                 .api = exchange.root().title,
                                                 .text_language = header(reply, "Content-Language"),
                                                 .portal_path = portal}));
  for (auto& one : reply.headers) {
    if (std::ranges::find(headers_of_page, one.first) == headers_of_page.end()) {
      page.headers.push_back(std::move(one));
    }
  }
  return page;
}

} // namespace terracat::api
