#include "api/record_facets.hpp"

#include "query/queryables.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace terracat::api {
namespace {

using Order = WantedFacet::Order;

constexpr std::size_t usual_buckets = 10;
constexpr std::size_t greatest_facet = 1'000;

constexpr std::array<std::pair<std::string_view, Order>, 4> facet_orders{{
    {"count_desc", Order::count_desc},
    {"count_asc", Order::count_asc},
    {"value_asc", Order::value_asc},
    {"value_desc", Order::value_desc},
}};

bool is_of_decades(catalogue::FacetRow const& row) noexcept {
  return row.name == catalogue::decade_facet;
}

/// Those whose values a condition on a property of records asks for. Concepts are left out: they
/// would have to be counted first.
bool is_offered(catalogue::FacetRow const& row) noexcept {
  return row.counts_values() || is_of_decades(row);
}

catalogue::FacetRow const* facet_row_of(std::string_view property) noexcept {
  for (auto const& row : catalogue::facet_rows()) {
    if (is_offered(row) && row.property == property) return &row;
  }
  return nullptr;
}

[[noreturn]] void refuse_unknown(SearchInput const& input, std::string_view name) {
  std::string detail = "there is no facet '" + std::string(name.substr(0, 100)) + "'; there are ";
  std::string_view between;
  for (auto const& row : catalogue::facet_rows()) {
    if (!is_offered(row)) continue;
    detail.append(between).append(row.property);
    between = ", ";
  }
  input.refuse(std::move(detail), "facets");
}

/// What stands before the next colon, which goes with it.
std::string_view take_token(std::string_view& text) noexcept {
  auto const part = text.substr(0, text.find(':'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

/// \param text  `property:buckets:order`, of which the last two may be left out
WantedFacet read_facet(SearchInput const& input, std::string_view text) {
  auto const name = take_token(text);
  WantedFacet out{.row = facet_row_of(name), .most = usual_buckets};
  if (out.row == nullptr) refuse_unknown(input, name);
  if (auto const most = take_token(text); !most.empty()) {
    auto const* const end = most.data() + most.size();
    auto const [stop, error] = std::from_chars(most.data(), end, out.most);
    if (error != std::errc{} || stop != end) {
      input.refuse("expected a number of buckets, or nothing, behind '" + std::string(name) +
                       ":', and the order behind a second colon",
                   "facets");
    }
    out.most = std::min(out.most, greatest_facet);
  }
  if (text.empty()) return out;
  auto const* const order =
      std::ranges::find(facet_orders, text, &std::pair<std::string_view, Order>::first);
  if (order == facet_orders.end()) {
    input.refuse("expected count_desc, count_asc, value_asc or value_desc as the order of '" +
                     std::string(name) + "'",
                 "facets");
  }
  out.order = order->second;
  return out;
}

void put_in_order(std::vector<catalogue::FacetBucket>& buckets, Order order) {
  auto const by_value = [](auto const& a, auto const& b) { return a.key < b.key; };
  auto const by_count = [](auto const& a, auto const& b) { return a.count < b.count; };
  std::ranges::sort(buckets, by_value);
  if (order == Order::value_desc) std::ranges::reverse(buckets);
  if (order == Order::count_asc) std::ranges::stable_sort(buckets, by_count);
  if (order == Order::count_desc) {
    std::ranges::stable_sort(buckets, [&](auto const& a, auto const& b) { return by_count(b, a); });
  }
}

void write_counted(json::Writer& out, catalogue::Facet const& facet,
                   catalogue::FacetBucket const& bucket) {
  out.begin_object();
  if (is_of_decades(*facet.row)) {
    auto const ends = std::string_view(bucket.key);
    auto const slash = ends.find('/');
    out.member("min", ends.substr(0, slash)).member("max", ends.substr(slash + 1));
  } else {
    out.name("value").string(bucket.key);
    if (bucket.label != bucket.key) out.member("label", bucket.label);
  }
  out.name("count").integer(static_cast<std::int64_t>(bucket.count)).end_object();
}

std::string_view kind_of_facet(catalogue::FacetRow const& row) noexcept {
  return is_of_decades(row) ? "histogram" : "term";
}

} // namespace

bool has_facet(std::string_view property) noexcept {
  return facet_row_of(property) != nullptr;
}

std::vector<WantedFacet> read_facets(SearchInput const& input, bool is_given,
                                     catalogue::RecordRequest const& search) {
  std::vector<WantedFacet> out;
  if (is_given) {
    for (auto const& text : input.texts("facets")) {
      auto const one = read_facet(input, text);
      if (std::ranges::find(out, one.row, &WantedFacet::row) == out.end()) out.push_back(one);
    }
    return out;
  }
  if (search.token || search.offset > 0) return out;
  for (auto const& row : catalogue::facet_rows()) {
    if (is_offered(row)) out.push_back({.row = &row, .most = usual_buckets});
  }
  return out;
}

std::string facets_text(catalogue::View& view, catalogue::RecordRequest search,
                        std::vector<WantedFacet> const& wanted) {
  if (wanted.empty()) return {};
  catalogue::FacetRequest request{.search = std::move(search)};
  request.most = 0;
  for (auto const& one : wanted) {
    request.facets.push_back(one.row);
    bool const is_by_count = one.order == Order::count_desc;
    request.most = std::max(request.most, is_by_count ? one.most : SIZE_MAX);
  }
  auto facets = view.facets(request);
  json::Writer out;
  out.begin_object();
  for (std::size_t i = 0; i < facets.size(); ++i) {
    auto& facet = facets[i];
    out.name(facet.row->property).begin_object().member("type", kind_of_facet(*facet.row));
    out.member("property", facet.row->property).name("buckets").begin_array();
    put_in_order(facet.buckets, wanted[i].order);
    auto const shown = std::min(wanted[i].most, facet.buckets.size());
    for (std::size_t place = 0; place < shown; ++place) {
      write_counted(out, facet, facet.buckets[place]);
    }
    out.end_array().name("more").boolean(shown < facet.values).end_object();
  }
  return out.end_object().take();
}

void write_facet_definitions(json::Writer& out) {
  out.name("facets").begin_object();
  for (auto const& row : catalogue::facet_rows()) {
    if (!is_offered(row)) continue;
    out.name(row.property).begin_object().member("type", kind_of_facet(row));
    out.member("property", row.property).member("sortedBy", "count");
    if (is_of_decades(row)) {
      out.member("bucketType", "fixedInterval");
    } else {
      out.name("minOccurs").integer(1);
    }
    out.end_object();
  }
  out.end_object().name("defaultBucketCount").integer(std::int64_t{usual_buckets});
}

} // namespace terracat::api
