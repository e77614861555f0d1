#include "formats/stac_text.hpp"

#include "formats/json/json_text.hpp"

#include <terracat/json.hpp>

namespace terracat::formats {
namespace {

void append_links(std::string& out, std::string_view links) {
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
  begin_item(out, id, collection);
  out += body;
  end_item(out, links);
}

void begin_item(std::string& out, std::string_view id, std::string_view collection) {
  out += '{';
  append_member(out, "id", id);
  if (!collection.empty()) append_member(out, "collection", collection);
  out += ',';
}

void end_item(std::string& out, std::string_view links) {
  append_links(out, links);
}

void append_collection(std::string& out, std::string_view body, std::string_view id,
                       CollectionState const& state, std::string_view links) {
  out += '{';
  append_member(out, "id", id);
  if (state.has_items) append_member(out, "itemType", "feature");
  append_raw_member(out, "extent", state.extent);
  if (!state.summaries.empty()) append_raw_member(out, "summaries", state.summaries);
  out += ',';
  out += body;
  append_links(out, links);
}

} // namespace terracat::formats
