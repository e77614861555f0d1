#include "api/aggregations.hpp"
#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/search_parameters.hpp"
#include "api/tags.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// What is asked about: the items of a collection, or of all.
class Subject {
 public:
  /// \param collection  of the path; empty: all
  Subject(Exchange const& exchange, std::vector<catalogue::ShownCollection> collection)
      : exchange_(exchange), collection_(std::move(collection)) {}

  [[nodiscard]] std::vector<catalogue::ShownCollection> const& collection() const noexcept {
    return collection_;
  }

  [[nodiscard]] std::vector<std::string> id() const {
    return collection_.empty() ? std::vector<std::string>() : std::vector{collection_.front().id};
  }

  /// Its links, the answer's own first.
  [[nodiscard]] Links links(std::string_view self) const {
    Links out;
    out.add("self", self, json_type);
    out.add("root", exchange_.url(""), json_type);
    auto const above =
        collection_.empty() ? exchange_.url("") : collection_url(exchange_, collection_.front().id);
    if (!collection_.empty()) out.add("collection", above, json_type);
    add_aggregation_links(out, above);
    return out;
  }

 private:
  Exchange const& exchange_;
  std::vector<catalogue::ShownCollection> collection_;
};

Subject subject_of_path(Exchange& exchange, catalogue::View& view) {
  return {exchange, {existing_collection(view, exchange.captured("collection"))}};
}

std::string aggregation_collection(std::string const& aggregations, Links const& links) {
  return R"({"type":"AggregationCollection","aggregations":)" + aggregations + R"(,"links":[)" +
         links.text() + "]}";
}

std::string answers_to(catalogue::View& view, AggregateQuestion const& question) try {
  auto const summaries = view.aggregate(question.request);
  json::Writer out;
  out.begin_array();
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    write_answer(out, *question.rows[i], summaries[i],
                 [&](RecordNumber number) { return view.shown_id(number); });
  }
  return out.end_array().take();

} catch (query::TooManyBuckets const& error) {

  auto const what = std::ranges::find(question.request.aggregations, error.aggregation());
  auto const place = static_cast<std::size_t>(what - question.request.aggregations.begin());
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = "'" + std::string(question.rows[place]->name) +
                                "' would have more than " +
                                std::to_string(query::TooManyBuckets::most) +
                                " buckets; ask for fewer items, a lower precision, a longer "
                                "interval",
                      .where = "aggregations"});
}

Reply reply_to_get(Exchange& exchange, catalogue::View& view, Subject const& subject) {
  auto tag = list_tag(exchange, view.revision(), view.last_item_change(subject.collection()));
  auto const question = read_aggregate_parameters(exchange, view, subject.id());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  return tagged(aggregation_collection(answers_to(view, question), subject.links(exchange.self())),
                json_type, std::move(tag));
}

Reply reply_to_post(Exchange& exchange, catalogue::View& view, Subject const& subject) {
  auto const body = exchange.worker().parser().parse(exchange.request().body);
  if (!body) throw ProblemError(body.error());
  auto const question = read_aggregate_body(exchange, view, *body, subject.id());
  return {.status = 200,
          .content_type = std::string(json_type),
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{
              aggregation_collection(answers_to(view, question), subject.links(exchange.self()))}};
}

Reply offer(Exchange& exchange, catalogue::View& view, Subject const& subject) {
  auto tag = list_tag(exchange, view.revision(), view.last_item_change(subject.collection()));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const queryables = view.queryables(subject.id());
  json::Writer out;
  out.begin_array();
  for (auto const& row : aggregations()) {
    if (is_offered(row, *queryables)) write_offer(out, row);
  }
  return tagged(aggregation_collection(out.end_array().take(), subject.links(exchange.self())),
                json_type, std::move(tag));
}

} // namespace

Reply get_aggregate(Exchange& exchange) {
  auto view = exchange.view();
  return reply_to_get(exchange, view, {exchange, {}});
}

Reply post_aggregate(Exchange& exchange) {
  auto view = exchange.view();
  return reply_to_post(exchange, view, {exchange, {}});
}

Reply get_aggregations(Exchange& exchange) {
  auto view = exchange.view();
  return offer(exchange, view, {exchange, {}});
}

Reply get_collection_aggregate(Exchange& exchange) {
  auto view = exchange.view();
  return reply_to_get(exchange, view, subject_of_path(exchange, view));
}

Reply post_collection_aggregate(Exchange& exchange) {
  auto view = exchange.view();
  return reply_to_post(exchange, view, subject_of_path(exchange, view));
}

Reply get_collection_aggregations(Exchange& exchange) {
  auto view = exchange.view();
  return offer(exchange, view, subject_of_path(exchange, view));
}

} // namespace terracat::api
