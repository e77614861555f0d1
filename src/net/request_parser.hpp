#pragma once

#include "net/framing.hpp"

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::net {

/// Parses one request; the next one needs another parser. It is Beast's parser, fed by hand: the
/// head in one piece, which check_head() has let through, then the body as it comes.
class RequestParser {
 public:
  RequestParser();
  RequestParser(RequestParser const&) = delete;
  RequestParser& operator=(RequestParser const&) = delete;
  RequestParser(RequestParser&&) = delete;
  RequestParser& operator=(RequestParser&&) = delete;
  ~RequestParser();

  /// \param head  through the empty line; nothing keeps pointing to it
  /// \return  why the head is refused; if not, fields() may be asked
  [[nodiscard]] std::optional<Refusal> read_head(std::string_view head);

  /// Views are valid as long as the parser.
  [[nodiscard]] RequestFields const& fields() const noexcept { return fields_; }

  /// \param limit     bytes of the decoded body
  /// \param overhead  bytes of a chunked body besides its data: sizes, extensions, trailers; a
  ///                  quarter of the limit may come on top
  void expect_body(Framing const& framing, std::uint64_t limit, std::size_t overhead);

  struct Step {
    std::size_t consumed = 0;
    bool is_done = false;
    std::optional<Refusal> refusal;
  };

  /// Takes what has come of the body. Bytes that were not consumed must be offered again, with what
  /// came behind them.
  [[nodiscard]] Step read_body(std::string_view bytes);

  [[nodiscard]] std::string_view body() const noexcept;

  /// Bytes that are kept for fields that occurred several times, besides what the parser keeps.
  [[nodiscard]] std::size_t joined_bytes() const noexcept;

 private:
  [[nodiscard]] std::optional<Refusal> check_overhead(std::size_t unconsumed) const noexcept;
  void note_field(std::string_view name, std::string_view value);
  void note_list(std::string_view& list, std::string_view value);

  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
  RequestFields fields_;
  std::list<std::string> joined_; ///< one for each list of fields_ that occurred several times
  std::uint64_t raw_body_bytes_ = 0;
  std::uint64_t overhead_limit_ = 0;
  bool is_chunked_ = false;
};

} // namespace terracat::net
