#include "api/item_writer.hpp"

#include "api/crs.hpp"
#include "formats/stac_text.hpp"

namespace terracat::api {

std::string with_local_assets(Exchange const& exchange, std::string_view body) {
  auto const address = exchange.site().public_url + "/assets/";
  std::string out;
  for (auto at = body.find(model::local_asset_scheme); at != std::string_view::npos;
       at = body.find(model::local_asset_scheme)) {
    out += body.substr(0, at);
    out += address;
    body.remove_prefix(at + model::local_asset_scheme.size());
  }
  return out.append(body);
}

void ItemWriter::append(ItemNumber number, std::string const& collection, std::string& out,
                        Links const& others) {
  view_.read_item(number, item_);
  write_links(collection);
  if (!others.text().empty()) links_ += ',' + others.text();
  if (!fields_.is_active() && projection_ == nullptr) return append_whole(collection, out);
  whole_.clear();
  append_whole(collection, whole_);
  if (projection_ != nullptr) whole_ = in_crs(parsed(whole_), *projection_);
  out += fields_.is_active() ? fields_.apply(parsed(whole_)) : whole_;
}

void ItemWriter::append_whole(std::string const& collection, std::string& out) const {
  auto const& storage = exchange_.site().storage;
  if (!storage.may_concern(item_.body)) return append_told(collection, out);
  std::string told;
  append_told(collection, told);
  storage.append_stac(parsed(told), out);
}

void ItemWriter::append_told(std::string const& collection, std::string& out) const {
  formats::begin_item(out, item_.id, collection);
  out += item_.has_local_assets ? with_local_assets(exchange_, item_.body) : item_.body;
  formats::end_item(out, links_);
}

json::Value ItemWriter::parsed(std::string const& item) const {
  auto const value = exchange_.worker().item_parser().parse(item);
  if (!value) {
    throw store::StoreError(store::StoreError::Reason::corrupt,
                            "item_body of " + item_.id + " is no JSON");
  }
  return *value;
}

/// The link to the item itself is its own; the others are those of the item before, as long as the
/// collection is the same. An id that is encoded needs no escapes in JSON.
void ItemWriter::write_links(std::string const& collection) {
  constexpr std::string_view end = "\"}";
  if (collection != collection_ || self_begin_.empty()) {
    collection_ = collection;
    auto const url = collection_url(exchange_, collection);
    Links self;
    self.add("self", url + "/items/", geojson_type);
    self_begin_ = self.text().substr(0, self.text().size() - end.size());
    shared_links_.clear();
    shared_links_.add("root", exchange_.url(""), json_type);
    shared_links_.add("parent", url, json_type);
    shared_links_.add("collection", url, json_type);
  }
  links_ = self_begin_;
  links_ += encode(item_.id);
  links_ += end;
  links_ += ',';
  links_ += shared_links_.text();
}

} // namespace terracat::api
