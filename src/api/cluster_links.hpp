#pragma once

#include "api/links.hpp"
#include "catalogue/view.hpp"

#include <utility>

namespace terracat::api {

/// Adds links to the others of a record's cluster: `canonical` to the one that stands for it,
/// unless that is the record itself, and `alternate` to the rest, each with its source.
/// \param address_of  a member; empty: it has none here
template<class AddressOf>
void add_cluster(Links& links, catalogue::View& view, RecordNumber number, std::string_view type,
                 AddressOf const& address_of) {
  bool is_first = true;
  for (auto const& member : view.cluster_of(number)) {
    bool const is_canonical = std::exchange(is_first, false);
    if (member.row.number == number) continue;
    auto const address = address_of(member);
    if (address.empty()) continue;
    links.add(is_canonical ? "canonical" : "alternate", address, type,
              "Described by the source " + member.row.source);
  }
}

/// They lead to records of a catalog. \param catalog  its address
inline void add_cluster_of_record(Links& links, catalogue::View& view, RecordNumber number,
                                  std::string const& catalog) {
  add_cluster(links, view, number, geojson_type, [&](catalogue::ShownRecord const& member) {
    return catalog + "/items/" + encode(member.id);
  });
}

/// Likewise to collections beside this one; what is none is left out.
inline void add_cluster_of_collection(Links& links, Exchange const& exchange, catalogue::View& view,
                                      RecordNumber number) {
  add_cluster(links, view, number, json_type, [&](catalogue::ShownRecord const& member) {
    return member.entry == nullptr ? std::string() : collection_url(exchange, member.id);
  });
}

} // namespace terracat::api
