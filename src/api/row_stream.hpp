#pragma once

#include "api/csv.hpp"
#include "api/exchange.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// Whole results that are streamed, whatever they are of.
namespace terracat::api {

/// Records, or collections, of a piece: to make one means to search among all of them.
inline constexpr std::size_t piece_of_records = 1'000;

/// Writes the rows of a piece in the form that the stream is asked for.
class RowWriter {
 public:
  /// All of them outlive it.
  RowWriter(Form form, Table const& table, json::Parser& parser, std::string& out)
      : form_(form), table_(table), parser_(parser), out_(out) {}

  /// \param row  a JSON object
  void append(std::string_view row);

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }

 private:
  Form form_;
  Table const& table_;
  json::Parser& parser_;
  std::string& out_;
  std::size_t rows_ = 0;
};

/// A result in its order, from its token on if it has one, and how it is streamed.
struct Rows {
  /// Writes the rows behind the last one of the call before, as the view has them, `most` of them
  /// if there are so many. One thread at a time calls it, each time perhaps another one, so it
  /// keeps nothing of an exchange or a view. \return  whether there may be more \throws
  /// catalogue::ScanNeeded  if it looks into every item: each piece would
  std::function<bool(Exchange const& exchange, catalogue::View& view, std::size_t most,
                     RowWriter& out)>
      next;
  std::size_t piece;               ///< rows that are made at once
  std::optional<std::size_t> page; ///< rows of the page whose token it begins with (page_in)
  std::optional<std::size_t> most; ///< rows in all; nothing: all that there are
  Table table;                     ///< for the form that is one
  bool depends_on_language;        ///< whether the same address has rows in several
};

/// How many rows the page of a token has: they are made first, for they may lie before what the
/// token names. \return  nothing if the request has no token
template<class Request>
[[nodiscard]] std::optional<std::size_t> page_in(Request const& request) {
  return request.token ? std::optional(request.limit) : std::nullopt;
}

/// \param matched  how many there are, as the catalogue says it \throws ProblemError  if it does
/// not: so much answers a question that only the best are known, which are no whole result
void refuse_cut(std::optional<std::size_t> matched);

/// The answer that streams them. They are made in pieces, each of the newest state, and each goes
/// on behind the last row of the one before: what stays is told once. The first is made at once, so
/// that what can go wrong is told before the answer begins.
/// \param view  its scope outlives the answer
/// \throws ProblemError
[[nodiscard]] Reply stream_rows(Exchange const& exchange, catalogue::View& view, Rows rows);

/// The parameter `limit` as streams have it: of all rows, not of a page. \return  nothing: all
/// \throws ProblemError
[[nodiscard]] std::optional<std::size_t> limit_of_stream(Exchange const& exchange);

} // namespace terracat::api
