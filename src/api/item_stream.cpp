#include "api/item_stream.hpp"

#include "api/crs.hpp"
#include "api/csv.hpp"
#include "api/item_writer.hpp"
#include "geometry/deadline.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// Items of a piece: so many are read at once that a small answer is one piece.
constexpr std::size_t piece = 100;

/// Columns that a table has for properties.
constexpr std::size_t most_columns = 200;

/// Between the items of a GeoJSON text sequence.
constexpr char record_separator = '\x1e';

/// Properties that the items say something of, apart from what has columns anyway.
std::vector<std::string> columns_of(query::Queryables const& queryables) {
  std::vector<std::string> out;
  for (auto const& [name, queryable] : queryables.all()) {
    bool const has_column = name == "id" || name == "collection" || name == "datetime" ||
                            name == "start_datetime" || name == "end_datetime" ||
                            name == "geometry";
    if (!has_column && out.size() < most_columns) out.push_back(name);
  }
  return out;
}

class ItemStream {
 public:
  ItemStream(Exchange const& exchange, SearchRequest search, std::optional<std::size_t> most,
             std::vector<std::string> columns)
      : continuation_(exchange),
        form_(exchange.form()),
        search_(std::move(search)),
        left_(most),
        columns_(std::move(columns)) {}

  /// Appends the next piece. \return  whether there may be more
  bool pull(std::string& out, Worker& worker) {
    auto& own = static_cast<ApiWorker&>(worker); // NOLINT: all workers come from worker()
    Request request;
    auto const exchange = continuation_.exchange(request, own);
    geometry::Deadline const deadline(request.deadline);
    auto view = exchange.view();
    search_.items.limit = left_ ? std::min(piece, *left_) : piece;
    auto answer = view.items(search_.items);
    if (!answer) throw ProblemError(answer.error()); // the catalogue was restored meanwhile
    if (form_ == Form::csv && !std::exchange(has_header_, true)) append_header(out, columns_);
    ItemWriter writer(exchange, view, search_.fields,
                      named_projection(exchange, ParameterInput(exchange), crs_parameter));
    for (std::size_t i = 0; i < answer->rows.size(); ++i) {
      append(exchange, writer, answer->rows[i], answer->collections[i], out);
    }
    if (left_) *left_ -= answer->rows.size();
    search_.items.token = std::move(answer->next);
    return search_.items.token && left_ != std::size_t{0};
  }

 private:
  void append(Exchange const& exchange, ItemWriter& writer, store::ItemRow const& row,
              std::string const& collection, std::string& out) {
    if (form_ == Form::csv) {
      item_.clear();
      writer.append(row, collection, item_);
      auto const item = exchange.worker().item_parser().parse(item_);
      if (!item) {
        throw store::StoreError(store::StoreError::Reason::corrupt,
                                "item_body of " + row.id + " is no JSON");
      }
      return append_row(out, *item, columns_);
    }
    if (form_ == Form::geojson_seq) out += record_separator;
    writer.append(row, collection, out);
    out += '\n';
  }

  Continuation continuation_;
  Form form_;
  SearchRequest search_; ///< with the token of the next piece
  std::optional<std::size_t> left_;
  std::vector<std::string> columns_;
  bool has_header_ = false;
  std::string item_;
};

/// What can go wrong is to be told before the answer begins. \throws ProblemError
void try_out(catalogue::View& view, catalogue::ItemRequest request) {
  request.limit = 1;
  try {
    auto const answer = view.items(request);
    if (!answer) throw ProblemError(answer.error());
  } catch (catalogue::ScanNeeded const&) {
    throw ProblemError({.kind = ProblemKind::invalid_parameter,
                        .detail = "whole results are not streamed of a search that looks into "
                                  "every item for a property that has no index; follow the links "
                                  "'next' of f=json, or name fewer collections",
                        .where = std::string(format_parameter)});
  }
}

} // namespace

Reply stream_items(Exchange const& exchange, catalogue::View& view, SearchRequest search,
                   std::optional<std::size_t> most) {
  if (exchange.request().must_be_light) throw catalogue::TooHeavy();
  auto& items = search.items;
  items.must_be_light = false;
  items.count = false;
  items.most_scanned = exchange.site().scan_items;
  try_out(view, items);
  std::vector<std::string> columns;
  if (exchange.form() == Form::csv)
    columns = columns_of(*view.queryables(items.criteria.collections));
  // Shared, for a function has to be copied; there is one that is called.
  auto const stream =
      std::make_shared<ItemStream>(exchange, std::move(search), most, std::move(columns));
  Reply reply{.status = 200,
              .content_type = std::string(row_of(exchange.form()).media_type),
              .headers = {{"Cache-Control", "no-store"}},
              .content = Stream{[stream](std::string& out, Worker& worker) {
                return stream->pull(out, worker);
              }}};
  if (exchange.form() == Form::csv) {
    reply.content_type += "; charset=utf-8; header=present";
    reply.headers.emplace_back("Content-Disposition", "attachment; filename=\"items.csv\"");
  }
  return reply;
}

} // namespace terracat::api
