// The framing of requests: where one ends and the next begins. Whatever is let through is framed
// the same however it is cut into packets, and ends where a reader ends that knows nothing but the
// grammar of RFC 9112; a proxy before us has no chance to see it otherwise.

#include "fuzz/fuzz.hpp"
#include "net/exchange.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace terracat::fuzz {
namespace {

using net::SizeLimits;

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::size_t body_limit = 512;
constexpr std::size_t most_cuts = 16; ///< more would cost the square of the length

/// Small, so that inputs of a few hundred bytes meet them.
SizeLimits limits() {
  SizeLimits sizes;
  sizes.request_line = 256;
  sizes.fields = 1024;
  sizes.field_count = 16;
  sizes.chunk_overhead = 64;
  return sizes;
}

/// A request that was let through.
struct Message {
  std::string method;
  std::string path;
  std::string query;
  std::string body;
  bool keep_alive = false;
  std::size_t end = 0; ///< where it ends in the stream

  friend bool operator==(Message const&, Message const&) = default;
};

/// What became of a stream of bytes.
struct Outcome {
  std::vector<Message> messages;

  enum class End { waiting, undecided, refused } end = End::waiting;
};

/// The same requests and the same end; which of several faults is told may depend on what comes
/// first, and a rest that is too short to be judged may be one that is refused.
bool operator==(Outcome const& a, Outcome const& b) {
  bool const is_open = a.end == Outcome::End::undecided || b.end == Outcome::End::undecided;
  return a.messages == b.messages && (is_open || a.end == b.end);
}

/// Reads as net::Connection does, from bytes that come in parts.
class Stream {
 public:
  explicit Stream(SizeLimits const& sizes) : sizes_(sizes) {}

  void arrive(std::string_view bytes) {
    held_ += bytes;
    while (outcome_.end != Outcome::End::refused && advance()) {
    }
  }

  /// How it stands when nothing more comes. The rest of a chunked body is not judged while it is
  /// shorter than the shortest end of one.
  [[nodiscard]] Outcome outcome() const {
    auto out = outcome_;
    bool const is_short = is_in_body_ && !held_.empty() && held_.size() < 5;
    if (is_short && out.end == Outcome::End::waiting) out.end = Outcome::End::undecided;
    return out;
  }

 private:
  /// \return  false if more must come first
  bool advance() {
    if (!exchange_) {
      while (held_.starts_with(line_end)) consume(line_end.size());
      if (held_.empty() || held_ == "\r") return false;
      exchange_ = std::make_unique<net::Exchange>(net::TimePoint{});
      return true;
    }
    return is_in_body_ ? read_body() : read_head();
  }

  bool read_head() {
    auto const end = held_.find(head_end);
    if (end == std::string::npos) {
      return net::check_partial_head(held_, sizes_) && refuse();
    }
    auto const size = end + head_end.size();
    auto const head = held_.substr(0, size); // gone before the request is used, as in the buffer
    auto const refusal = net::read_request_head(*exchange_, head, sizes_);
    consume(size);
    if (refusal) return refuse();
    if (exchange_->framing.content_length > body_limit) return refuse();
    if (!exchange_->framing.has_body()) return finish();
    exchange_->parser.expect_body(exchange_->framing, body_limit, sizes_.chunk_overhead);
    is_in_body_ = true;
    return true;
  }

  bool read_body() {
    auto const step = exchange_->parser.read_body(held_);
    consume(step.consumed);
    if (step.refusal) return refuse();
    return step.is_done && finish();
  }

  bool finish() {
    outcome_.messages.push_back({.method = std::string(exchange_->method_name),
                                 .path = std::string(exchange_->head.path),
                                 .query = std::string(exchange_->head.query),
                                 .body = std::string(exchange_->parser.body()),
                                 .keep_alive = exchange_->keep_alive,
                                 .end = position_});
    exchange_.reset();
    is_in_body_ = false;
    return true;
  }

  bool refuse() {
    outcome_.end = Outcome::End::refused;
    return false;
  }

  void consume(std::size_t size) {
    held_.erase(0, size);
    position_ += size;
  }

  SizeLimits const& sizes_;
  std::string held_;
  std::size_t position_ = 0;
  std::unique_ptr<net::Exchange> exchange_;
  bool is_in_body_ = false;
  Outcome outcome_;
};

/// The grammar of RFC 9112 and nothing else; no leniency of section 2.2 or of anybody's.
class Grammar {
 public:
  explicit Grammar(std::string_view bytes) : rest_(bytes) {}

  /// \return  the body, or nothing if this is no whole request
  std::optional<std::string> read_request() {
    if (!line()) return std::nullopt; // the request line is not what this is about
    std::optional<std::string_view> length;
    bool is_chunked = false;
    for (auto field = line(); field && !field->empty(); field = line()) {
      auto const colon = field->find(':');
      if (colon == std::string_view::npos || colon == 0) return std::nullopt;
      auto const name = small(field->substr(0, colon));
      auto const value = trimmed(field->substr(colon + 1));
      if (!std::ranges::all_of(name, is_token)) return std::nullopt;
      if (name == "content-length") {
        if (length || is_chunked) return std::nullopt;
        length = value;
      }
      if (name == "transfer-encoding") {
        if (length || is_chunked || small(value) != "chunked") return std::nullopt;
        is_chunked = true;
      }
    }
    if (failed_) return std::nullopt;
    return is_chunked ? chunks() : text(length.value_or("0"));
  }

  [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }

 private:
  static std::string small(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }

  static bool is_token(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  }

  static std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
  }

  /// Up to the next CRLF; a CR or LF alone is in no line.
  std::optional<std::string_view> line() {
    auto const end = rest_.find(line_end);
    if (end == std::string_view::npos ||
        rest_.substr(0, end).find_first_of("\r\n") != std::string_view::npos) {
      failed_ = true;
      return std::nullopt;
    }
    auto const taken = rest_.substr(0, end);
    rest_.remove_prefix(end + line_end.size());
    return taken;
  }

  static std::optional<std::size_t> number(std::string_view digits, std::size_t base) {
    std::size_t out = 0;
    if (digits.empty()) return std::nullopt;
    for (auto const c : small(digits)) {
      auto const digit = std::string_view("0123456789abcdef").find(c);
      if (digit >= base || out > body_limit * body_limit) return std::nullopt;
      out = out * base + digit;
    }
    return out;
  }

  std::optional<std::string> text(std::string_view length) {
    auto const size = number(length, 10);
    if (!size || *size > rest_.size()) return std::nullopt;
    std::string out(rest_.substr(0, *size));
    rest_.remove_prefix(*size);
    return out;
  }

  std::optional<std::string> chunks() {
    std::string out;
    while (auto const head = line()) {
      auto const digits = head->substr(0, head->find_first_not_of("0123456789abcdefABCDEF"));
      auto const extension = trimmed(head->substr(digits.size()));
      auto const size = number(digits, 16);
      if (!size || (!extension.empty() && extension.front() != ';')) return std::nullopt;
      if (*size == 0) return trailers() ? std::optional(out) : std::nullopt;
      if (*size > rest_.size() || !rest_.substr(*size).starts_with(line_end)) return std::nullopt;
      out += rest_.substr(0, *size);
      rest_.remove_prefix(*size + line_end.size());
    }
    return std::nullopt;
  }

  bool trailers() {
    for (auto field = line(); field; field = line()) {
      if (field->empty()) return true;
    }
    return false;
  }

  std::string_view rest_;
  bool failed_ = false;
};

Outcome read(std::string_view input, std::span<std::size_t const> cuts, SizeLimits const& sizes) {
  Stream stream(sizes);
  std::size_t from = 0;
  for (auto const cut : cuts) {
    stream.arrive(input.substr(from, cut - from));
    from = cut;
  }
  stream.arrive(input.substr(from));
  return stream.outcome();
}

void compare_with_grammar(std::string_view input, Outcome const& outcome) {
  std::size_t begin = 0;
  for (auto const& message : outcome.messages) {
    while (input.substr(begin).starts_with(line_end)) begin += line_end.size();
    Grammar grammar(input.substr(begin));
    auto const body = grammar.read_request();
    require(body.has_value(), "what is let through follows the grammar", input.substr(begin));
    require(*body == message.body, "the grammar gives the same body", input.substr(begin));
    require(input.size() - grammar.left() == message.end, "the grammar ends at the same byte",
            input.substr(begin));
    begin = message.end;
  }
}

/// What we understood, written plainly, is understood the same.
void check_round_trip(Message const& message, SizeLimits const& sizes) {
  auto text = message.method + " " + message.path;
  if (!message.query.empty()) text += "?" + message.query;
  if (text.size() + 16 > sizes.request_line) return;
  text += " HTTP/1.1\r\nHost: h\r\n";
  if (!message.keep_alive) text += "Connection: close\r\n";
  text += "Content-Length: " + std::to_string(message.body.size()) + "\r\n\r\n" + message.body;
  auto expected = message;
  expected.end = text.size();
  auto const outcome = read(text, {}, sizes);
  require(outcome == Outcome{.messages = {expected}},
          "a request that is written plainly is read the same", text);
}

} // namespace

void try_input(std::string_view input) {
  static SizeLimits const sizes = limits();
  auto const whole = read(input, {}, sizes);
  std::vector<std::size_t> every;
  for (std::size_t at = 1; at < input.size(); ++at) every.push_back(at);
  require(read(input, every, sizes) == whole, "byte by byte it is framed as in one piece", input);
  auto const step = input.size() / most_cuts + 1;
  for (auto at = input.size() % step; at < input.size(); at += step) {
    require(read(input, {&at, 1}, sizes) == whole, "cut in two it is framed as in one piece",
            input);
  }
  compare_with_grammar(input, whole);
  for (auto const& message : whole.messages) check_round_trip(message, sizes);
}

} // namespace terracat::fuzz
