#include "api/links.hpp"

namespace terracat::api {

Links& Links::add(std::string_view rel, std::string_view href, std::string_view type,
                  std::string_view title) {
  json::Writer out;
  out.begin_object().name("rel").string(rel).name("type").string(type).name("href").string(href);
  out.member("title", title).end_object();
  text_ += (text_.empty() ? "" : ",") + out.take();
  return *this;
}

Links& Links::add_with_method(std::string_view rel, std::string_view method, std::string_view href,
                              std::string_view type, std::string_view body) {
  json::Writer out;
  out.begin_object().name("rel").string(rel).name("type").string(type);
  out.name("method").string(method).name("href").string(href);
  if (!body.empty()) out.name("body").raw(body);
  out.end_object();
  text_ += (text_.empty() ? "" : ",") + out.take();
  return *this;
}

std::string collection_url(Exchange const& exchange, std::string_view collection) {
  return exchange.url("/collections/" + encode(collection));
}

std::string item_url(Exchange const& exchange, std::string_view collection, std::string_view item) {
  return collection_url(exchange, collection) + "/items/" + encode(item);
}

} // namespace terracat::api
