#include "api/atom.hpp"

#include "pages/html.hpp"

#include <terracat/instant.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace terracat::api {
namespace {

using json::Value;
using pages::Url;

/// What tells when a feature changed, the surest first.
constexpr std::array<std::string_view, 4> changes{"updated", "created", "datetime",
                                                  "start_datetime"};

std::optional<std::string_view> property(Value feature, std::string_view name) {
  auto const properties = feature.member("properties");
  return properties ? properties->string(name) : std::nullopt;
}

std::optional<model::Instant> change_of(Value feature) {
  for (auto const name : changes) {
    auto const text = property(feature, name);
    if (!text) continue;
    if (auto const instant = model::parse_rfc3339(*text)) return *instant;
  }
  return std::nullopt;
}

std::string period(std::optional<std::string_view> first, std::optional<std::string_view> last) {
  if (!first && !last) return {};
  return std::string(first.value_or("..")) + "/" + std::string(last.value_or(".."));
}

/// The time of an item, which is among its properties, or of a record, which is not.
std::string time_of(Value feature) {
  if (auto const one = property(feature, "datetime")) return std::string(*one);
  auto const time = feature.member("time");
  if (!time) return period(property(feature, "start_datetime"), property(feature, "end_datetime"));
  for (auto const* const name : {"timestamp", "date"}) {
    if (auto const one = time->string(name)) return std::string(*one);
  }
  std::vector<std::optional<std::string_view>> bounds;
  if (auto const interval = time->member("interval")) {
    for (auto const bound : interval->elements()) bounds.push_back(bound.string());
  }
  return bounds.size() == 2 ? period(bounds[0], bounds[1]) : std::string();
}

/// Positions as GeoRSS has them: latitudes before longitudes, without heights.
std::string positions_in(Value array) {
  std::string out;
  std::vector<std::string> numbers;
  for (auto const one : array.elements()) {
    if (!one.is_array()) {
      numbers.push_back(one.text());
      continue;
    }
    auto const position = positions_in(one);
    out += (out.empty() ? "" : " ") + position;
  }
  return numbers.size() < 2 ? out : numbers[1] + " " + numbers[0];
}

/// The outline of a polygon, or a point. \return  empty for anything else
std::string outline_of(Value geometry, std::string_view type) {
  auto const coordinates = geometry.member("coordinates");
  if (!coordinates || geometry.string("type") != type) return {};
  if (type == "Point") return positions_in(*coordinates);
  for (auto const ring : coordinates->elements()) return positions_in(ring);
  return {};
}

std::string box_of(Value feature) {
  auto const box = feature.member("bbox");
  if (!box) return {};
  std::vector<std::string> numbers;
  for (auto const number : box->elements()) numbers.push_back(number.text());
  auto const east = numbers.size() / 2;
  if (numbers.size() != 4 && numbers.size() != 6) return {};
  return numbers[1] + " " + numbers[0] + " " + numbers[east + 1] + " " + numbers[east];
}

/// Of what nobody knows the change of: feeds have to tell one, and readers take another for news.
constexpr model::Instant always(0);

model::Instant last_change_of(Value list) {
  auto last = always;
  auto const features = list.member("features");
  if (!features) return last;
  for (auto const feature : features->elements()) {
    last = std::max(last, change_of(feature).value_or(always));
  }
  return last;
}

class FeedWriter {
 public:
  FeedWriter(Exchange const& exchange, Value list) : exchange_(exchange), list_(list) {}

  std::string written() {
    xml_.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml_.element("feed",
                 {{"xmlns", "http://www.w3.org/2005/Atom"},
                  {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                  {"xmlns:georss", "http://www.georss.org/georss"},
                  {"xmlns:os", "http://a9.com/-/spec/opensearch/1.1/"}},
                 [&] { write_feed(); });
    return xml_.take();
  }

 private:
  void write_feed() {
    auto const& site = exchange_.site();
    xml_.element("id", {}, exchange_.self());
    xml_.element("title", {}, exchange_.root().title);
    xml_.element("updated", {}, model::to_iso8601(last_change_of(list_)));
    xml_.element("author", {}, [&] {
      xml_.element("name", {}, site.publisher.empty() ? site.title : site.publisher);
    });
    write_number("os:totalResults", "numberMatched");
    write_number("os:itemsPerPage", "numberReturned");
    write_links(list_, "self");
    auto const features = list_.member("features");
    if (!features) return;
    for (auto const feature : features->elements()) {
      xml_.element("entry", {}, [&] { write_entry(feature); });
    }
  }

  void write_number(pages::Tag tag, std::string_view name) {
    if (auto const number = list_.member(name)) xml_.element(tag, {}, number->text());
  }

  void write_entry(Value feature) {
    auto const id = feature.string("id").value_or("");
    xml_.element("id", {}, address_of(feature, id));
    xml_.element("title", {}, property(feature, "title").value_or(id));
    xml_.element("updated", {}, model::to_iso8601(change_of(feature).value_or(always)));
    xml_.element("dc:identifier", {}, id);
    if (auto const time = time_of(feature); !time.empty()) xml_.element("dc:date", {}, time);
    write_place(feature);
    if (auto const text = property(feature, "description")) xml_.element("summary", {}, *text);
    write_keywords(feature);
    write_links(feature, "alternate");
    write_assets(feature);
  }

  /// Records have no box.
  void write_place(Value feature) {
    auto const write = [&](pages::Tag tag, std::string const& text) {
      if (!text.empty()) xml_.element(tag, {}, text);
    };
    auto const geometry = feature.member("geometry");
    if (feature.member("bbox")) return write("georss:box", box_of(feature));
    if (!geometry) return;
    write("georss:point", outline_of(*geometry, "Point"));
    write("georss:polygon", outline_of(*geometry, "Polygon"));
  }

  /// Its own link; who asks for fewer members of it may have left that out.
  [[nodiscard]] std::string address_of(Value feature, std::string_view id) const {
    if (auto const links = feature.member("links")) {
      for (auto const link : links->elements()) {
        auto const href = link.string("href");
        if (href && link.string("rel") == "self") return std::string(*href);
      }
    }
    return exchange_.self() + "#" + encode(id);
  }

  void write_keywords(Value feature) {
    auto const properties = feature.member("properties");
    auto const keywords = properties ? properties->member("keywords") : std::nullopt;
    if (!keywords) return;
    for (auto const keyword : keywords->elements()) {
      if (auto const text = keyword.string()) xml_.element("category", {{"term", *text}}, "");
    }
  }

  /// \param self  what the link to the thing itself is in a feed: an entry has to have an alternate
  void write_links(Value thing, std::string_view self) {
    auto const links = thing.member("links");
    if (!links) return;
    for (auto const link : links->elements()) {
      auto rel = link.string("rel").value_or("related");
      if (rel == "self") rel = self;
      if (rel == "prev") rel = "previous"; // RFC 5005
      write_link(link, rel);
    }
  }

  void write_assets(Value feature) {
    auto const assets = feature.member("assets");
    if (!assets) return;
    for (auto const [key, asset] : assets->members()) write_link(asset, "enclosure");
  }

  void write_link(Value link, std::string_view rel) {
    auto const href = link.string("href");
    auto const url = href ? Url::elsewhere(*href) : std::nullopt;
    if (!url) return;
    xml_.element("link",
                 {{"rel", rel},
                  {"href", *url},
                  {"type", link.string("type")},
                  {"hreflang", link.string("hreflang")},
                  {"title", link.string("title")}},
                 "");
  }

  Exchange const& exchange_;
  Value list_;
  pages::Html xml_;
};

} // namespace

Reply feed_of(Exchange const& exchange, Reply reply) {
  auto* const text = std::get_if<Text>(&reply.content);
  if (reply.status != 200 || text == nullptr) return reply;
  auto const list = exchange.worker().item_parser().parse(text->bytes);
  if (!list) throw std::logic_error("an answer in JSON cannot be read");
  text->bytes = FeedWriter(exchange, *list).written();
  reply.content_type = row_of(exchange.form()).media_type;
  return reply;
}

} // namespace terracat::api
