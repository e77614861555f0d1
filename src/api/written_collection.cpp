#include "api/written_collection.hpp"

#include "api/written_assets.hpp"
#include "api/written_rules.hpp"
#include "api/written_text.hpp"
#include "catalogue/identity.hpp"
#include "formats/stac_text.hpp"
#include "query/digest.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace terracat::api {
namespace {

constexpr std::string_view stac_collection_format = "stac-collection";

constexpr std::string_view extent_member = "extent";

/// What marks name: members, and parts of the extent.
std::vector<std::string_view> marked_in(json::Value const& collection) {
  std::vector<std::string_view> out;
  auto const marks = collection.member(formats::inferred_member);
  if (!marks) return out;
  for (auto const mark : marks->elements()) {
    if (auto const name = mark.string("member")) out.push_back(*name);
  }
  return out;
}

bool lists(std::vector<std::string_view> const& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// What stands at a name such as marks have.
std::optional<json::Value> at(json::Value const& collection, std::string_view name) {
  auto const point = name.find('.');
  auto const outer = collection.member(name.substr(0, point));
  if (point == std::string_view::npos || !outer) return outer;
  return outer->member(name.substr(point + 1));
}

/// Writes the members of a collection without those that are dropped.
/// \param is_dropped  asked with their names and values, and with those of the parts of the extent
template<class IsDropped>
void write_members(json::Writer& out, json::Value const& collection, IsDropped const& is_dropped) {
  for (auto const [name, value] : collection.members()) {
    if (is_dropped(name, value)) continue;
    out.name(name);
    if (name != extent_member || !value.is_object()) {
      out.value(value);
      continue;
    }
    out.begin_object();
    for (auto const [part, stated] : value.members()) {
      if (is_dropped(std::string(extent_member) + "." + std::string(part), stated)) continue;
      out.name(part).value(stated);
    }
    out.end_object();
  }
}

/// Refers to the text that it is read from.
class WrittenCollection {
 public:
  WrittenCollection(Exchange const& exchange, json::Value const& collection,
                    CollectionPlace const& place)
      : exchange_(exchange),
        collection_(collection),
        place_(place),
        marked_(marked_in(collection)) {}

  [[nodiscard]] catalogue::RecordPut read() const {
    if (!collection_.is_object()) refuse("", "expected a collection, which is a JSON object");
    check_id();
    expect_collection(collection_, place_.where);
    check_extent();
    auto document = completed();
    expect_extensions(exchange_, document, place_.where);
    auto resource = read_strictly(exchange_, stac_collection_format, document, place_.where);
    catalogue::RecordPut out{.record = std::get<model::Record>(std::move(resource)),
                             .document = {.source = place_.source,
                                          .native_id = {},
                                          .format = std::string(stac_collection_format),
                                          .address = {},
                                          .bytes = std::move(document),
                                          .hash = 0,
                                          .fetched = model::Instant::now()},
                             .findings = {}};
    out.document.native_id = out.record->native_id;
    out.document.hash = query::digest_of(out.document.bytes);
    return out;
  }

 private:
  [[noreturn]] void refuse(std::string_view where, std::string detail) const {
    refuse_written(place_.where, where, std::move(detail));
  }

  void check_id() const {
    auto const id = collection_.member("id");
    if (!id) {
      if (place_.id.empty()) refuse("/id", "a collection needs an id");
      return;
    }
    auto const text = id->string();
    if (!text) refuse("/id", "expected a string");
    if (place_.id.empty()) {
      if (!catalogue::is_record_id(*text)) {
        refuse("/id", "expected at most 200 letters, digits and _ . - behind a letter, and no "
                      "literal of Python");
      }
    } else if (*text != place_.id && *text != place_.native_id) {
      refuse("/id", "the address says '" + place_.id + "'");
    }
  }

  void check_extent() const {
    auto const extent = collection_.member("extent");
    if (!extent) return;
    check_list(*extent, "spatial", "bbox");
    check_list(*extent, "temporal", "interval");
  }

  void check_list(json::Value const& extent, std::string_view part, std::string_view list) const {
    auto const object = extent.member(part);
    bool const was_open =
        place_.before && !at(*place_.before, std::string(extent_member) + "." + std::string(part));
    if (!object && was_open) return;
    auto const value = object ? object->member(list) : std::nullopt;
    if (!value || !value->is_array() || value->size() == 0) {
      refuse("/extent/" + std::string(part) + "/" + std::string(list), "expected an array");
    }
  }

  /// With what the address says instead, and what may be left out.
  [[nodiscard]] std::string completed() const {
    json::Writer out;
    out.begin_object();
    auto const own = own_assets(exchange_.site().storage, collection_);
    write_members(out, collection_, [&](std::string_view name, json::Value const& value) {
      constexpr std::array<std::string_view, 3> others{"id", "links", formats::inferred_member};
      return std::ranges::find(others, name) != others.end() || is_concluded(name, value) ||
             is_outdated(name) || (own && is_of_assets(name));
    });
    if (own) write_own(out, *own);
    out.name("id").string(place_.id.empty() ? *collection_.string("id") : place_.native_id);
    out.name("links");
    if (auto const links = collection_.member("links")) {
      write_sent_links(out, exchange_, *links);
    } else {
      out.begin_array().end_array();
    }
    return out.end_object().take();
  }

  /// What a mark names, unless it is not what was answered.
  [[nodiscard]] bool is_concluded(std::string_view name, json::Value const& value) const {
    if (!lists(marked_, name)) return false;
    if (place_.before) return is_as_before(name, value);
    return name != "title" || value.string() == collection_.string("id");
  }

  /// The interval as its source wrote it, of one that was changed.
  [[nodiscard]] bool is_outdated(std::string_view name) const {
    if (name != formats::original_interval_member || !place_.before) return false;
    constexpr std::string_view interval = "extent.temporal";
    auto const value = at(collection_, interval);
    return !value || !is_as_before(interval, *value);
  }

  [[nodiscard]] bool is_as_before(std::string_view name, json::Value const& value) const {
    auto const before = at(*place_.before, name);
    return before && before->text() == value.text();
  }

  Exchange const& exchange_;
  json::Value collection_;
  CollectionPlace const& place_;
  std::vector<std::string_view> marked_;
};

} // namespace

std::string without_conclusions(json::Value const& collection) {
  auto const marked = marked_in(collection);
  json::Writer out;
  out.begin_object();
  write_members(out, collection, [&](std::string_view name, json::Value const&) {
    return name == formats::inferred_member || lists(marked, name);
  });
  return out.end_object().take();
}

catalogue::RecordPut read_written_collection(Exchange const& exchange,
                                             json::Value const& collection,
                                             CollectionPlace const& place) {
  return WrittenCollection(exchange, collection, place).read();
}

} // namespace terracat::api
