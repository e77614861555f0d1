#include "api/row_stream.hpp"

#include "api/criteria_input.hpp"
#include "api/languages.hpp"
#include "geometry/deadline.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

namespace terracat::api {
namespace {

/// Between the rows of a GeoJSON text sequence.
constexpr char record_separator = '\x1e';

class RowStream {
 public:
  /// Makes the first piece. \throws catalogue::ScanNeeded, ProblemError
  RowStream(Exchange const& exchange, catalogue::View& view, Rows rows)
      : continuation_(exchange),
        scope_(view.scope()),
        form_(exchange.form()),
        rows_(std::move(rows)) {
    if (form_ == Form::csv) append_header(first_, rows_.table);
    has_more_ = append_piece(exchange, view, rows_.page.value_or(rows_.piece), first_);
  }

  /// Appends the next piece. \return  whether there may be more
  bool pull(std::string& out, Worker& worker) {
    if (!first_.empty()) {
      out += std::exchange(first_, {});
      return has_more_;
    }
    if (!has_more_) return false;
    auto& own = static_cast<ApiWorker&>(worker); // NOLINT: all workers come from worker()
    Request request;
    auto const exchange = continuation_.exchange(request, own);
    geometry::Deadline const deadline(request.deadline);
    auto view = exchange.view(scope_);
    return has_more_ = append_piece(exchange, view, rows_.piece, out);
  }

 private:
  bool append_piece(Exchange const& exchange, catalogue::View& view, std::size_t piece,
                    std::string& out) {
    auto& most = rows_.most;
    RowWriter writer(form_, rows_.table, exchange.worker().item_parser(), out);
    bool const has_more = rows_.next(exchange, view, std::min(piece, most.value_or(piece)), writer);
    if (most) *most -= writer.rows();
    return has_more && most != std::size_t{0};
  }

  Continuation continuation_;
  catalogue::Scope const& scope_;
  Form form_;
  Rows rows_; ///< `most`: that are still to come
  std::string first_;
  bool has_more_ = false;
};

std::shared_ptr<RowStream> begun(Exchange const& exchange, catalogue::View& view, Rows rows) {
  try {
    return std::make_shared<RowStream>(exchange, view, std::move(rows));
  } catch (catalogue::ScanNeeded const&) {
    throw ProblemError({.kind = ProblemKind::invalid_parameter,
                        .detail = "whole results are not streamed of a search that looks into "
                                  "one item after the other; follow the links "
                                  "'next' of f=json, or name fewer collections",
                        .where = std::string(format_parameter)});
  }
}

} // namespace

void RowWriter::append(std::string_view row) {
  ++rows_;
  if (form_ == Form::csv) {
    auto const parsed = parser_.parse(row);
    if (!parsed) {
      throw store::StoreError(store::StoreError::Reason::corrupt,
                              "a row is no JSON: " + std::string(row.substr(0, 100)));
    }
    return append_row(out_, *parsed, table_);
  }
  if (form_ == Form::geojson_seq) out_ += record_separator;
  out_.append(row) += '\n';
}

void refuse_cut(std::optional<std::size_t> matched) {
  if (matched) return;
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = "so much answers the question that only the best are known; ask "
                                "without 'explain', or for less",
                      .where = "q"});
}

Reply stream_rows(Exchange const& exchange, catalogue::View& view, Rows rows) {
  auto const file = rows.table.file;
  bool const depends_on_language = rows.depends_on_language;
  // Shared, for a function has to be copied; there is one that is called.
  auto const stream = begun(exchange, view, std::move(rows));
  Reply reply{.status = 200,
              .content_type = std::string(row_of(exchange.form()).media_type),
              .headers = {{"Cache-Control", "no-store"}},
              .content = Stream{[stream](std::string& out, Worker& worker) {
                return stream->pull(out, worker);
              }}};
  if (depends_on_language) AnswerLanguage().append_to(reply); // in which one is not known yet
  if (exchange.form() == Form::csv) {
    reply.content_type += "; charset=utf-8; header=present";
    reply.headers.emplace_back("Content-Disposition",
                               "attachment; filename=\"" + std::string(file) + "\"");
  }
  return reply;
}

std::optional<std::size_t> limit_of_stream(Exchange const& exchange) {
  constexpr auto any = std::numeric_limits<std::size_t>::max();
  if (!exchange.parameters().get("limit")) return std::nullopt;
  return read_limit(exchange, any, any);
}

} // namespace terracat::api
