#include "pages/record_page.hpp"

#include "api/accept.hpp"
#include "api/collections.hpp"
#include "api/enrichment.hpp"
#include "api/families.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/related.hpp"
#include "api/similar.hpp"
#include "api/snippets.hpp"
#include "api/tags.hpp"
#include "api/vocabulary_question.hpp"
#include "pages/record_words.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

/// What can be asked for under a permanent address, the first one if nobody asks.
constexpr std::array<std::string_view, 4> offered{html_type, geojson_type, json_type, json_ld_type};

constexpr std::size_t most_similar = 6;

std::string record_path(std::string_view id) {
  return std::string(segment_of(Family::records)) + "/collections/all/items/" + encode(id);
}

/// Empty for what is no collection.
std::string stac_path(catalogue::ShownRecord const& record) {
  if (record.entry == nullptr) return {};
  return std::string(segment_of(Family::stac)) + "/collections/" + encode(record.id);
}

Reply redirection(int status, std::string address) {
  return {.status = status,
          .content_type = {},
          .headers = {{"Location", std::move(address)}, {"Vary", "Accept, Accept-Language"}},
          .content = Text{}};
}

std::string page_address(Exchange const& exchange, pages::Language language,
                         pages::Resource const& resource) {
  return exchange.site().public_url + "/" + std::string(pages::code(language)) +
         pages::path_of(resource);
}

/// For who follows links in headers (signposting): how to cite it, what describes it, what it is.
std::string signposts(Site const& site, pages::Resource const& resource, std::string const& stac) {
  std::string out;
  auto const add = [&](std::string_view address, std::string_view rel, std::string_view type) {
    if (address.find_first_of("<>\" ") != std::string_view::npos) return;
    out +=
        (out.empty() ? "<" : ", <") + std::string(address) + ">; rel=\"" + std::string(rel) + "\"";
    if (!type.empty()) out += "; type=\"" + std::string(type) + "\"";
  };
  auto const doi = pages::doi_of(resource.record);
  add(doi.empty() ? site.public_url + "/d/" + percent_encoded(resource.id)
                  : "https://doi.org/" + percent_encoded(doi, "-._~/()"),
      "cite-as", {});
  add(site.public_url + record_path(resource.id), "describedby", geojson_type);
  if (!stac.empty()) add(site.public_url + stac, "describedby", json_type);
  if (resource.record.is_collection()) add("https://schema.org/Dataset", "type", {});
  if (auto const licence = pages::licence_url(resource.record)) {
    add(licence->text(), "license", {});
  }
  return out;
}

/// The last change of anything that the page shows: of any record, for it shows similar ones.
Sequence last_change(catalogue::View const& view, catalogue::ShownRecord const& record) noexcept {
  auto const own = view.last_record_change();
  return record.entry == nullptr ? own : std::max(own, record.entry->item_change);
}

/// The words of the record that stand for concepts. Valid while the view is.
std::vector<pages::TermLink> terms_of(catalogue::View& view, catalogue::ShownRecord const& record) {
  std::vector<pages::TermLink> out;
  auto const& uses = view.concepts();
  if (!uses) return out;
  for (auto const* const term : uses->terms_of(record.row.number)) {
    if (term->meant.empty()) continue;
    auto const path = path_of(uses->thesaurus(), term->meant.front().number);
    for (auto const& label : term->labels) out.push_back({.text = label, .path = path});
  }
  return out;
}

std::vector<pages::Snippet> snippets_for(Exchange const& exchange, catalogue::View& view,
                                         catalogue::ShownRecord const& record,
                                         pages::Resource const& resource) {
  if (resource.items == 0) return {};
  return snippets_of(exchange, view, {.id = record.id, .entry = record.entry}, resource);
}

std::vector<pages::OtherDescription> others_of(Exchange const& exchange, catalogue::View& view,
                                               catalogue::ShownRecord const& record,
                                               pages::Language language) {
  std::vector<pages::OtherDescription> out;
  auto const cluster = view.cluster_of(record.row.number);
  for (auto const& member : cluster) {
    if (member.row.number == record.row.number) continue;
    out.push_back({.path = pages::path_of(resource_of(exchange, view, member)),
                   .title = std::string(view.title_of(member).best(languages_of(language))),
                   .source = member.row.source,
                   .is_canonical = &member == &cluster.front()});
  }
  return out;
}

pages::CalendarStep calendar_step(query::Step step) {
  switch (step) {
  case query::Step::hour:
    return pages::CalendarStep::hour;
  case query::Step::day:
    return pages::CalendarStep::day;
  case query::Step::month:
    return pages::CalendarStep::month;
  case query::Step::year:
    break;
  }
  return pages::CalendarStep::year;
}

/// When its items are, as far as the index knows it: no item is read for it.
/// \return  nothing if it does not know now
std::optional<pages::ItemsOverTime> items_over_time(catalogue::View& view,
                                                    catalogue::ShownRecord const& record,
                                                    pages::Resource const& resource) {
  pages::ItemsOverTime out;
  if (resource.items == 0) return out;
  catalogue::AggregateRequest request;
  request.criteria.collections = {record.id};
  request.aggregations = {query::ByTime{}};
  request.most_scanned = 0;
  try {
    auto const found = view.aggregate(request);
    auto const& summary = found.front();
    out.step = calendar_step(summary.step());
    for (auto const& [bucket, count] : summary.buckets()) {
      out.parts.push_back(
          {.begin = model::Instant(std::get<std::int64_t>(bucket)), .count = count});
    }
  } catch (catalogue::ScanNeeded const&) {
    return std::nullopt;
  } catch (query::TooManyBuckets const&) { // NOLINT: years without number, of times that are none
  }
  return out;
}

Reply show(Exchange const& exchange, catalogue::View& view, catalogue::ShownRecord const& record) {
  auto const language = language_of(exchange);
  auto tag = resource_tag(exchange, view.revision(), last_change(view, record), html_type,
                          concept_mark(view));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const resource = resource_of(exchange, view, record);
  if (auto const address = page_address(exchange, language, resource);
      !address.ends_with(exchange.path())) {
    return redirection(308, address); // another kind of resource than the address says
  }
  auto const terms = terms_of(view, record);
  auto const document = view.reader().document(record.row.source, record.row.native_id);
  auto const stac = stac_path(record);
  auto const own = record_path(record.id);
  auto const snippets = snippets_for(exchange, view, record, resource);
  auto const similar = record.entry == nullptr ? std::vector<pages::SimilarResource>()
                                               : similar_to(exchange, view, record.row.number,
                                                            most_similar, languages_of(language));
  auto const enrichment = enrichment_of(exchange, view, record.row.number, resource);
  auto const others = others_of(exchange, view, record, language);
  auto const related = related_to(exchange, view, record, resource);
  auto const* const pole = pole_of(exchange.site(), record.row.source);
  auto over_time = items_over_time(view, record, resource);
  if (!over_time) tag.clear(); // nobody keeps the page without it
  auto page = pages::record_page(
      facts_of(exchange.site()), language,
      {.resource = resource,
       .source = record.row.source,
       .record_path = own,
       .stac_path = stac,
       .fetched = document ? std::optional(document->fetched) : std::nullopt,
       .pole_home = pole == nullptr ? std::string_view() : pole->home,
       .others = others,
       .terms = terms,
       .snippets = snippets,
       .related = related,
       .similar = similar,
       .enrichment = &enrichment,
       .items_over_time = std::move(over_time).value_or(pages::ItemsOverTime())});
  auto reply = page_reply(language, std::move(page), std::move(tag));
  reply.headers.emplace_back("Link", signposts(exchange.site(), resource, stac));
  return reply;
}

/// The resource with this id, or the answer that leads to it under the id that it has now.
/// \throws ProblemError  if there is none
template<class Show>
Reply with_resource(Exchange const& exchange, Show&& show_it) {
  auto view = view_of_pages(exchange);
  auto const id = exchange.captured("id");
  if (auto const record = view.record(id)) return show_it(view, *record);
  auto const other = view.record_by_identifier(id);
  if (!other) throw ProblemError(no_such_record(view, id));
  return redirection(308, exchange.site().public_url + "/d/" + percent_encoded(other->id));
}

Reply json_ld_reply(Exchange const& exchange, catalogue::View const& view,
                    catalogue::ShownRecord const& record, pages::Resource const& resource) {
  auto const language = language_of(exchange);
  auto tag = resource_tag(exchange, view.revision(), record.last_change(), json_ld_type,
                          pages::code(language));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto reply = tagged(pages::record_json_ld(facts_of(exchange.site()), language, resource),
                      json_ld_type, std::move(tag));
  reply.headers.emplace_back("Vary", "Accept, Accept-Language");
  return reply;
}

} // namespace

Problem no_such_record(catalogue::View& view, std::string const& id) {
  if (auto const removal = view.removed_collection(id)) return gone("record", *removal);
  return {.kind = ProblemKind::not_found,
          .detail = "there is no record '" + id.substr(0, 100) + "' here",
          .where = {}};
}

Reply get_resource_page(Exchange& exchange) {
  return with_resource(exchange, [&](catalogue::View& view, catalogue::ShownRecord const& record) {
    return show(exchange, view, record);
  });
}

Reply get_permanent(Exchange& exchange) {
  return with_resource(exchange, [&](catalogue::View& view, catalogue::ShownRecord const& record) {
    auto const& url = exchange.site().public_url;
    auto const form = offered.at(preferred_type(exchange.request().head.accept, offered));
    if (form == geojson_type) return redirection(303, url + record_path(record.id));
    if (form == json_type) {
      auto const stac = stac_path(record);
      return redirection(303, url + (stac.empty() ? record_path(record.id) : stac));
    }
    auto const resource = resource_of(exchange, view, record);
    if (form == json_ld_type) return json_ld_reply(exchange, view, record, resource);
    return redirection(303, page_address(exchange, language_of(exchange), resource));
  });
}

} // namespace terracat::api
