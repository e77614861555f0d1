#include "formats/stac_text.hpp"

#include "formats/json/json_text.hpp"

#include <terracat/json.hpp>

namespace terracat::formats {
namespace {

void append_body_and_links(std::string& out, std::string_view body, std::string_view links) {
  out += ',';
  out += body;
  if (!links.empty()) {
    begin_element(out);
    out += links;
  }
  out += "]}";
}

} // namespace

std::string corrected_text(std::vector<model::Corrected> const& corrected) {
  json::Writer out;
  out.begin_array();
  for (auto const& [member, language, at] : corrected) {
    auto const second = model::Instant(at.milliseconds() / 1'000 * 1'000);
    out.begin_object().member("member", member).member("language", language);
    out.member("at", model::to_iso8601(second)).end_object();
  }
  return out.end_array().take();
}

void append_item(std::string& out, std::string_view body, std::string_view id,
                 std::string_view collection, std::string_view links) {
  out += '{';
  append_member(out, "id", id);
  if (!collection.empty()) append_member(out, "collection", collection);
  append_body_and_links(out, body, links);
}

void append_collection(std::string& out, std::string_view body, std::string_view id,
                       CollectionState const& state, std::string_view links) {
  out += '{';
  append_member(out, "id", id);
  if (state.has_items) append_member(out, "itemType", "feature");
  append_raw_member(out, "extent", state.extent);
  if (!state.summaries.empty()) append_raw_member(out, "summaries", state.summaries);
  append_body_and_links(out, body, links);
}

} // namespace terracat::formats
