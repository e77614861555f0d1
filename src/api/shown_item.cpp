#include "api/shown_item.hpp"

#include "api/links.hpp"

#include <terracat/item.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

constexpr std::size_t most_files = 50; ///< of one item

std::string or_empty(std::optional<std::string_view> text) {
  return std::string(text.value_or(std::string_view()));
}

std::optional<model::Interval> period_of(json::Value const& properties) {
  auto const bound = [&](std::string_view name) -> std::optional<model::Bound> {
    auto const text = properties.string(name);
    auto const instant = text ? model::parse_rfc3339(*text) : Result<model::Instant>(Problem{});
    return instant ? std::optional(model::Bound::at(*instant)) : std::nullopt;
  };
  auto const start = bound("start_datetime");
  auto const end = bound("end_datetime");
  if (start && end) {
    auto interval = model::Interval::make(*start, *end);
    return interval ? std::optional(*interval) : std::nullopt;
  }
  auto const at = bound("datetime");
  return at ? std::optional(model::Interval::instant(*at)) : std::nullopt;
}

/// "W,S,E,N", without heights.
std::string box_of(json::Value const& item) {
  auto const bbox = item.member("bbox");
  if (!bbox || (bbox->size() != 4 && bbox->size() != 6)) return {};
  bool const has_heights = bbox->size() == 6;
  std::string out;
  std::size_t place = 0;
  for (auto const number : bbox->elements()) {
    bool const is_height = has_heights && place % 3 == 2;
    ++place;
    if (is_height) continue;
    if (!out.empty()) out += ',';
    number.append_to(out);
  }
  return out;
}

bool has_role(json::Value const& asset, std::string_view wanted) {
  auto const roles = asset.member("roles");
  if (!roles) return false;
  for (auto const role : roles->elements()) {
    if (role.string() == wanted) return true;
  }
  return false;
}

/// Of a type that browsers show.
bool is_picture(json::Value const& asset) {
  static constexpr std::array<std::string_view, 5> types{"image/png", "image/jpeg", "image/webp",
                                                         "image/gif", "image/svg+xml"};
  auto const type = asset.string("type");
  return type && std::ranges::find(types, type->substr(0, type->find(';'))) != types.end();
}

/// True if pages may show pictures that lie there: the site's own, and those of origins that its
/// operator trusts.
bool may_be_shown(Site const& site, std::string_view address) {
  if (address.starts_with(model::local_asset_scheme)) return true;
  return std::ranges::any_of(site.picture_origins, [&](std::string const& origin) {
    return address.starts_with(origin) && address.substr(origin.size()).starts_with('/');
  });
}

pages::ItemFile file_of(std::string_view key, json::Value const& asset) {
  auto const title = or_empty(asset.string("title"));
  auto const bytes = asset.member("file:size");
  auto const size = bytes ? bytes->integer().value_or(-1) : -1;
  return {.key = std::string(key),
          .title = title.empty() ? std::string(key) : pages::shortened(title, 80),
          .address = or_empty(asset.string("href")),
          .type = or_empty(asset.string("type")),
          .bytes = size >= 0 ? std::optional(static_cast<std::uint64_t>(size)) : std::nullopt};
}

void read_assets(Site const& site, json::Value const& item, pages::ShownItem& out) {
  auto const assets = item.member("assets");
  if (!assets) return;
  for (auto const& [key, asset] : assets->members()) {
    bool const is_small = has_role(asset, "thumbnail");
    if (is_small || has_role(asset, "overview")) {
      auto const address = or_empty(asset.string("href"));
      bool const is_better = is_small || out.picture.empty();
      if (is_better && is_picture(asset) && may_be_shown(site, address)) out.picture = address;
      if (is_small) continue;
    }
    auto file = file_of(key, asset);
    if (!file.address.empty() && out.files.size() < most_files)
      out.files.push_back(std::move(file));
  }
}

} // namespace

pages::ShownItem shown_item(Exchange const& exchange, catalogue::View& view,
                            std::string const& items, ItemNumber number) {
  store::ShownItem stored;
  view.read_item(number, stored);
  pages::ShownItem out{.id = stored.id,
                       .title = {},
                       .address = items + "/" + encode(stored.id),
                       .period = {},
                       .boxes = {},
                       .platform = {},
                       .cloud = {},
                       .picture = {},
                       .files = {}};
  auto const item = exchange.worker().item_parser().parse("{" + stored.body + "]}");
  if (!item) return out; // it can be fetched all the same
  out.boxes = box_of(*item);
  read_assets(exchange.site(), *item, out);
  auto const properties = item->member("properties");
  if (!properties) return out;
  out.title = pages::shortened(or_empty(properties->string("title")), 120);
  out.period = period_of(*properties);
  out.platform = or_empty(properties->string("platform"));
  auto const cloud = properties->member("eo:cloud_cover");
  if (cloud) out.cloud = cloud->number();
  return out;
}

} // namespace terracat::api
