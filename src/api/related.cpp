#include "api/related.hpp"

#include "api/pages.hpp"
#include "formats/words/identifiers.hpp"

namespace terracat::api {
namespace {

constexpr std::size_t most_looked_up = 200; ///< a service may name thousands

std::optional<catalogue::ShownRecord> found_by(catalogue::View& view, std::string const& source,
                                               std::string const& name) {
  if (name.empty()) return std::nullopt;
  if (auto const number = view.reader().record_by_native(source, name)) {
    if (auto const row = view.reader().record(*number)) {
      if (auto found = view.record(row->id)) return found;
    }
  }
  return view.record_by_identifier(name);
}

std::optional<catalogue::ShownRecord> meant_by(catalogue::View& view, std::string const& source,
                                               model::Relation const& relation) {
  if (auto found = found_by(view, source, relation.id)) return found;
  auto const doi = formats::read_doi(relation.href);
  return doi && *doi != relation.id ? found_by(view, source, *doi) : std::nullopt;
}

} // namespace

std::vector<pages::RelatedResource> related_to(Exchange const& exchange, catalogue::View& view,
                                               catalogue::ShownRecord const& record,
                                               pages::Resource const& shown) {
  std::vector<pages::RelatedResource> out;
  for (auto const& relation : shown.record->relations) {
    if (relation.id.empty() && relation.href.empty() && relation.title.empty()) continue;
    pages::RelatedResource one{.relation = &relation};
    if (out.size() < most_looked_up) {
      if (auto const found = meant_by(view, record.row.source, relation)) {
        if (found->row.number == record.row.number) continue;
        one.path = pages::path_of(resource_of(exchange, view, *found));
        one.title = view.title_of(*found);
      }
    }
    out.push_back(std::move(one));
  }
  return out;
}

} // namespace terracat::api
