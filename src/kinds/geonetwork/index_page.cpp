#include "kinds/geonetwork/index_page.hpp"

#include "kinds/counted_list.hpp"

#include <terracat/json.hpp>
#include <terracat/kind.hpp>
#include <terracat/text.hpp>

namespace terracat::kinds::geonetwork {
namespace {

/// Elasticsearch answers with what it has when a part of it is late or broken.
void refuse_parts(json::Value const& root) {
  auto const late = root.member("timed_out");
  auto const shards = root.member("_shards");
  auto const failed = shards ? count_of(shards->member("failed")) : std::nullopt;
  if (late && late->boolean().value_or(false)) {
    throw ProtocolError("the index answered in part only: it ran out of time");
  }
  if (failed.value_or(0) > 0) {
    throw ProtocolError("the index answered in part only: " + std::to_string(*failed) +
                        " of its shards failed");
  }
}

/// A number alone before Elasticsearch 7, then one that may be a lower bound.
std::optional<std::size_t> matched_of(json::Value const& hits) {
  auto const total = hits.member("total");
  if (!total || !total->is_object()) return count_of(total);
  if (total->string("relation").value_or("eq") != "eq") return std::nullopt;
  return count_of(total->member("value"));
}

std::string id_of(json::Value const& hit) {
  auto const fields = hit.member("_source");
  auto const id = fields ? fields->string("uuid") : std::nullopt;
  return std::string(id ? *id : hit.string("_id").value_or(""));
}

} // namespace

IndexPage read_index_page(std::string_view body) {
  auto const document = json::Document::parse(body);
  auto const hits = document ? document->root().member("hits") : std::nullopt;
  auto const entries = hits ? hits->member("hits") : std::nullopt;
  if (!entries || !entries->is_array()) {
    refuse_page(body, "page of a GeoNetwork's index");
  }
  refuse_parts(document->root());
  IndexPage page{.ids = {}, .matched = matched_of(*hits)};
  for (auto const entry : entries->elements()) page.ids.push_back(id_of(entry));
  return page;
}

} // namespace terracat::kinds::geonetwork
