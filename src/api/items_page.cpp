#include "pages/items_page.hpp"

#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "api/families.hpp"
#include "api/handlers.hpp"
#include "api/pages.hpp"
#include "api/question.hpp"
#include "api/shown_item.hpp"
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
constexpr std::string_view cloud_cover = "eo:cloud_cover";

ItemsQuestion read_items_question(Parameters const& parameters, pages::Question const& asked) {
  return {.from = asked.from,
          .to = asked.to,
          .bbox = asked.bbox,
          .area = asked.area,
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
  if (auto const& area = request.criteria.intersects) {
    json::Writer geometry;
    json::write_geometry(geometry, model::from_wkb(area->wkb()));
    add("intersects", geometry.take());
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
  request.criteria.intersects = of_records.request.criteria.intersects;
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
  allow_pictures(reply, site);
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
    shown.push_back(shown_item(exchange, view, items, row.number));
  }
  facts.items = shown;
  facts.matched = answer.matched;
  facts.previous = viewed(answer.previous);
  facts.next = viewed(answer.next);
  return written_items(exchange, facts, std::move(tag));
}

} // namespace terracat::api
