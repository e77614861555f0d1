#include "api/written_item.hpp"

#include "api/written_assets.hpp"
#include "api/written_rules.hpp"
#include "api/written_text.hpp"
#include "catalogue/identity.hpp"
#include "query/digest.hpp"

#include <algorithm>
#include <vector>

namespace terracat::api {
namespace {

constexpr std::string_view stac_item_format = "stac-item";

/// By what boxes may differ that say the same: they are rounded, and made of finer outlines.
model::Bbox widened(model::Bbox const& box) {
  constexpr double degrees = 0.01;
  constexpr double share = 0.1;
  auto const x = degrees + share * box.width();
  auto const y = degrees + share * (box.north() - box.south());
  bool const is_circle = box.width() + 2 * x >= 360;
  auto const out = model::Bbox::make(
      is_circle ? -180 : box.west() - x, std::max(box.south() - y, -90.0),
      is_circle ? 180 : box.west() + box.width() + x, std::min(box.north() + y, 90.0));
  return out ? *out : box;
}

/// Refers to the text that it is read from.
class WrittenItem {
 public:
  WrittenItem(Exchange const& exchange, json::Value const& item, ItemPlace const& place)
      : exchange_(exchange), item_(item), place_(place) {}

  catalogue::ItemPut read() {
    if (!item_.is_object()) refuse("", "expected an item, which is a JSON object");
    check_id();
    check_collection();
    check_times();
    expect_item(item_, place_.where);
    check_place();
    auto const document = completed();
    expect_extensions(exchange_, document, place_.where);
    return put_of(document);
  }

 private:
  [[noreturn]] void refuse(std::string_view where, std::string detail) const {
    refuse_written(place_.where, where, std::move(detail));
  }

  // ---- What the reader of harvested items would pass over

  void check_id() {
    auto const id = item_.member("id");
    if (!id) {
      if (place_.id.empty()) refuse("/id", "an item needs an id");
      return;
    }
    auto const text = id->string();
    if (!text) refuse("/id", "expected a string");
    if (place_.id.empty()) {
      if (!catalogue::is_item_id(*text)) {
        refuse("/id", "this cannot stand in an address as it is: expected at most 200 of the "
                      "characters that may, and no number or literal");
      }
    } else if (*text != place_.id && *text != place_.native_id) {
      refuse("/id", "the address says '" + place_.id + "'");
    }
  }

  void check_collection() const {
    auto const collection = item_.member("collection");
    if (!collection) return;
    if (collection->string() != place_.collection) {
      refuse("/collection", "the address says '" + place_.collection + "'");
    }
  }

  /// As STAC has it: a moment, or a period.
  void check_times() const {
    auto const properties = item_.member("properties");
    if (!properties || !properties->is_object()) refuse("/properties", "an item needs properties");
    auto const has = [&](std::string_view name) {
      auto const value = properties->member(name);
      return value && !value->is_null();
    };
    bool const begins = has("start_datetime");
    bool const ends = has("end_datetime");
    if (!has("datetime") && !(begins && ends && properties->member("datetime"))) {
      refuse("/properties/datetime",
             "expected a moment, or null beside start_datetime and end_datetime");
    }
  }

  void check_place() const {
    auto const bbox = item_.member("bbox");
    if (bbox && item_.member("geometry")->is_null() && !is_stale_box(*bbox)) {
      refuse("/bbox", "an item without a geometry has no bbox");
    }
  }

  /// A PATCH changed the geometry alone.
  [[nodiscard]] bool is_stale_box(json::Value const& bbox) const {
    if (!place_.kept) return false;
    auto const bbox_before = place_.kept->member("bbox");
    auto const before = place_.kept->member("geometry");
    auto const geometry = item_.member("geometry");
    return bbox_before && bbox_before->text() == bbox.text() && before && geometry &&
           before->text() != geometry->text();
  }

  // ---- What the address says instead, and what may be left out

  [[nodiscard]] std::string completed() {
    json::Writer out;
    out.begin_object();
    bool has_links = false;
    bool has_assets = false;
    auto const own = own_assets(exchange_.site().storage, item_);
    for (auto const [name, value] : item_.members()) {
      if (name == "id" || name == "collection") continue;
      if (own && is_of_assets(name)) continue;
      if (name == "bbox" && is_stale_box(value)) continue;
      has_links |= name == "links";
      has_assets |= name == "assets";
      out.name(name);
      if (name == "links" && value.is_array()) {
        write_sent_links(out, exchange_, value);
      } else {
        out.value(value);
      }
    }
    if (!has_links) out.name("links").begin_array().end_array();
    if (own) {
      write_own(out, *own);
    } else if (!has_assets) {
      out.name("assets").begin_object().end_object();
    }
    out.name("id").string(place_.id.empty() ? *item_.string("id") : place_.native_id);
    out.name("collection").string(place_.collection);
    return out.end_object().take();
  }

  // ---- What is kept

  /// The box is answered as it was sent, while the footprint is what is found.
  void check_box(std::optional<model::Geometry> const& footprint) const {
    auto const bbox = item_.member("bbox");
    if (!bbox || !footprint || is_stale_box(*bbox)) return;
    std::vector<double> numbers;
    for (auto const number : bbox->elements()) numbers.push_back(number.number().value_or(0));
    auto const box = model::Bbox3::from_numbers(numbers);
    if (box && (!widened(box->plane).contains(footprint->bbox()) ||
                !widened(footprint->bbox()).contains(box->plane))) {
      refuse("/bbox", "this is not where the geometry is");
    }
  }

  [[nodiscard]] catalogue::ItemPut put_of(std::string const& document) const {
    auto resource =
        read_strictly(exchange_, stac_item_format, document, place_.where, place_.is_ours);
    auto item = std::get<model::Item>(std::move(resource));
    check_box(item->footprint);
    return {.item = std::move(item),
            .hash = query::digest_of(document),
            .findings = {},
            .format = std::string(stac_item_format),
            .prepared = {}};
  }

  Exchange const& exchange_;
  json::Value item_;
  ItemPlace const& place_;
};

} // namespace

catalogue::ItemPut read_written_item(Exchange const& exchange, json::Value const& item,
                                     ItemPlace const& place) {
  return WrittenItem(exchange, item, place).read();
}

} // namespace terracat::api
