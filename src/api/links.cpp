#include "api/links.hpp"

#include "formats/json/json_text.hpp"

namespace terracat::api {
namespace {

using formats::append_member;

/// Begins the next link.
void begin(std::string& text, std::string_view rel, std::string_view type) {
  text += text.empty() ? "{" : ",{";
  append_member(text, "rel", rel);
  append_member(text, "type", type);
}

} // namespace

Links& Links::add(std::string_view rel, std::string_view href, std::string_view type,
                  std::string_view title) {
  begin(text_, rel, type);
  append_member(text_, "href", href);
  if (!title.empty()) append_member(text_, "title", title);
  text_ += '}';
  return *this;
}

Links& Links::add_with_method(std::string_view rel, std::string_view method, std::string_view href,
                              std::string_view type, std::string_view body) {
  begin(text_, rel, type);
  append_member(text_, "method", method);
  append_member(text_, "href", href);
  if (!body.empty()) formats::append_raw_member(text_, "body", body);
  text_ += '}';
  return *this;
}

Links& Links::add(Links const& others) {
  if (!text_.empty() && !others.text_.empty()) text_ += ',';
  text_ += others.text_;
  return *this;
}

std::string collection_url(Exchange const& exchange, std::string_view collection) {
  return exchange.url("/collections/" + encode(collection));
}

} // namespace terracat::api
