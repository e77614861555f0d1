#include "pages/items_page.hpp"

#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "api/families.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/question.hpp"
#include "api/tags.hpp"
#include "pages/frame.hpp"
#include "query/sort.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

/// The page of a data set's items: what its API answers, for people.
namespace terracat::api {
namespace {

using pages::ItemSort;
using pages::ItemsQuestion;

constexpr std::size_t per_page = 24;
constexpr std::size_t most_files = 50; ///< of one item
constexpr std::string_view cloud_cover = "eo:cloud_cover";

ItemsQuestion read_items_question(Parameters const& parameters, pages::Question const& asked) {
  return {.from = asked.from,
          .to = asked.to,
          .bbox = asked.bbox,
          .cloud = std::string(trimmed(parameters.get("cloud").value_or("").substr(0, 100))),
          .sort = pages::item_sort_named(parameters.get("sort").value_or("")),
          .as_table = parameters.get("view") == "table"};
}

/// Per cent, with a comma as people write it in French.
std::optional<double> percent_in(std::string text) {
  std::ranges::replace(text, ',', '.');
  if (text.ends_with('%')) text.pop_back();
  auto const digits = trimmed(std::string_view(text));
  double value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, value);
  bool const is_percent =
      error == std::errc{} && stop == end && !digits.empty() && value >= 0 && value <= 100;
  return is_percent ? std::optional(value) : std::nullopt;
}

std::string_view keys_of(ItemSort sort) noexcept {
  switch (sort) {
  case ItemSort::newest:
    break;
  case ItemSort::oldest:
    return "+datetime";
  case ItemSort::clearest:
    return "+eo:cloud_cover";
  }
  return {};
}

// ---- What an item says

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
  return {.title = title.empty() ? std::string(key) : pages::shortened(title, 80),
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

pages::ShownItem item_of(Exchange const& exchange, catalogue::View& view, std::string const& items,
                         ItemNumber number) {
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
  auto const cloud = properties->member(cloud_cover);
  if (cloud) out.cloud = cloud->number();
  return out;
}

// ---- What is asked

std::string digits_of(double value) {
  json::Writer out;
  return out.number(value).take();
}

/// The same question as an API is asked it.
std::string api_query(catalogue::ItemRequest const& request, ItemsQuestion const& question) {
  std::string out;
  auto const add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += (out.empty() ? "?" : "&") + std::string(name) + "=" + percent_encoded(value, "-._~,:/");
  };
  if (auto const& period = request.criteria.datetime) {
    auto const text = [](std::optional<model::Instant> const& at) {
      return at ? model::to_iso8601(*at) : "..";
    };
    add("datetime", text(period->first()) + "/" + text(period->last()));
  }
  if (auto const& bbox = request.criteria.bbox) {
    auto const& plane = bbox->plane;
    add("bbox", digits_of(plane.west()) + "," + digits_of(plane.south()) + "," +
                    digits_of(plane.east()) + "," + digits_of(plane.north()));
  }
  if (auto const most = percent_in(question.cloud)) {
    add("filter", std::string(cloud_cover) + "<=" + digits_of(*most));
  }
  add("sortby", keys_of(question.sort));
  return out;
}

/// Where and when; what of it cannot be read is told.
struct AskedItems {
  catalogue::ItemRequest request;
  std::string_view wrong;
};

AskedItems asked_items(Exchange const& exchange, query::Queryables const& queryables,
                       pages::Question const& asked, ItemsQuestion& question) {
  auto of_records = asked_of_records(exchange.site(), asked);
  AskedItems out{.request = {}, .wrong = of_records.wrong};
  auto& request = out.request;
  request.criteria.bbox = of_records.request.criteria.bbox;
  request.criteria.datetime = of_records.request.criteria.datetime;
  auto const* const cloud = queryables.find(cloud_cover);
  if (cloud == nullptr) question.cloud.clear();
  if (!question.cloud.empty()) {
    if (auto const most = percent_in(question.cloud)) {
      request.criteria.filters.push_back(
          {query::Compare{cloud->as.front(), query::Comparison::less_equal, query::Scalar(*most)}});
    } else if (out.wrong.empty()) {
      out.wrong = "cloud";
    }
  }
  if (cloud == nullptr && question.sort == ItemSort::clearest) question.sort = ItemSort::newest;
  if (auto const keys = keys_of(question.sort); !keys.empty()) {
    request.sort = or_throw(query::read_sortby(keys, queryables));
  }
  request.limit = per_page;
  if (auto const token = exchange.parameters().get("token")) request.token = std::string(*token);
  if (!exchange.request().may_scan) request.most_scanned = exchange.site().scan_items;
  return out;
}

std::optional<std::string_view> viewed(std::optional<std::string> const& text) {
  return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

/// \param tag  empty: the answer is an error
Reply written_items(Exchange const& exchange, pages::ItemsFacts const& facts, std::string tag) {
  auto const& site = exchange.site();
  auto const language = language_of(exchange);
  auto reply =
      page_reply(language, pages::items_page(facts_of(site), language, facts), std::move(tag));
  if (!facts.wrong.empty()) reply.status = 400;
  for (auto& [name, value] : reply.headers) {
    if (name == "Content-Security-Policy") value = pages::security_policy(site.picture_origins);
  }
  return reply;
}

} // namespace

Reply get_dataset_items_page(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto const id = exchange.captured("id");
  auto const collection = existing_collection(view, id);
  auto const resource = resource_of(exchange, view, collection);
  if (collection.id != id) {
    return {.status = 308,
            .content_type = {},
            .headers = {{"Location", exchange.site().public_url + "/" +
                                         std::string(pages::code(language_of(exchange))) +
                                         pages::path_of_items(resource)}},
            .content = Text{}};
  }
  auto tag = page_tag(exchange, view);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const asked = read_question(exchange.site(), exchange.parameters());
  auto question = read_items_question(exchange.parameters(), asked);
  auto const queryables = view.queryables({collection.id});
  auto [request, wrong] = asked_items(exchange, *queryables, asked, question);
  request.criteria.collections = {collection.id};
  auto const items =
      std::string(segment_of(Family::stac)) + "/collections/" + encode(collection.id) + "/items";
  pages::ItemsFacts facts{.resource = resource,
                          .question = question,
                          .wrong = wrong,
                          .has_clouds = queryables->find(cloud_cover) != nullptr,
                          .api_path = items + api_query(request, question)};
  if (!wrong.empty()) return written_items(exchange, facts, {});
  auto const answer = or_throw(view.items(request));
  std::vector<pages::ShownItem> shown;
  for (auto const& row : answer.rows) {
    shown.push_back(item_of(exchange, view, items, row.number));
  }
  facts.items = shown;
  facts.matched = answer.matched;
  facts.previous = viewed(answer.previous);
  facts.next = viewed(answer.next);
  return written_items(exchange, facts, std::move(tag));
}

} // namespace terracat::api
