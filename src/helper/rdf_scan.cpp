#include "helper/rdf_scan.hpp"

#include <terracat/json.hpp>

#include <algorithm>

namespace terracat::helper {
namespace {

using rdf::Syntax;

constexpr auto none = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n";

Finding refusal(FindingCode code, std::string_view document, std::size_t at) {
  return {.code = code, .where = line_at(document, at), .excerpt = excerpt(document.substr(at))};
}

/// Elements, without regard to anything within them.
class XmlScan {
 public:
  XmlScan(std::string_view text, std::size_t depth) : text_(text), most_(depth) {}

  std::optional<Finding> run() {
    while (!finding_) {
      auto const open = text_.find('<', at_);
      if (open == none) break;
      at_ = open;
      step();
    }
    return finding_;
  }

 private:
  [[nodiscard]] bool is_at(std::string_view word) const noexcept {
    return text_.substr(at_).starts_with(word);
  }

  void refuse(FindingCode code) { finding_ = refusal(code, text_, at_); }

  void skip_past(std::string_view end) {
    auto const found = text_.find(end, at_);
    if (found == none) return refuse(FindingCode::xml_malformed);
    at_ = found + end.size();
  }

  void step() {
    if (is_at("<!--")) {
      at_ += 4; // else `<!-->` would be a whole comment
      skip_past("-->");
    } else if (is_at("<![CDATA[")) {
      skip_past("]]>");
    } else if (is_at("<?")) {
      skip_past("?>");
    } else if (is_at("<!")) {
      document_type();
    } else if (is_at("</")) {
      if (depth_ > 0) --depth_;
      skip_past(">");
    } else {
      start_tag();
    }
  }

  /// The tag ends at the first `>` outside of quotes.
  void start_tag() {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != '>') {
      if (text_[end] == '"' || text_[end] == '\'') end = text_.find(text_[end], end + 1);
      if (end == none) return refuse(FindingCode::xml_malformed);
      ++end;
    }
    if (end >= text_.size()) return refuse(FindingCode::xml_malformed);
    if (text_[end - 1] != '/' && ++depth_ > most_) return refuse(FindingCode::too_deep);
    at_ = end + 1;
  }

  /// Of a document type only names for texts are let through, as OWL has them for its namespaces:
  /// texts without references and markup, nothing from elsewhere.
  void document_type() {
    while (!finding_) {
      auto const stop = text_.find_first_of("[>\"'", at_);
      if (stop == none) return refuse(FindingCode::xml_malformed);
      at_ = stop;
      if (text_[stop] == '>') {
        ++at_;
        return;
      }
      if (text_[stop] == '[') {
        ++at_;
        return internal_subset();
      }
      skip_quoted();
    }
  }

  void skip_quoted() {
    auto const close = text_.find(text_[at_], at_ + 1);
    if (close == none) return refuse(FindingCode::xml_malformed);
    at_ = close + 1;
  }

  void internal_subset() {
    while (!finding_) {
      at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
      if (is_at("]")) return skip_past(">");
      if (is_at("<!--")) {
        at_ += 4;
        skip_past("-->");
      } else if (is_at("<!ENTITY")) {
        entity();
      } else {
        return refuse(FindingCode::xml_entity);
      }
    }
  }

  /// `<!ENTITY name "text">`
  void entity() {
    auto const begin = at_;
    auto const quote = text_.find_first_of("\"'>", at_);
    if (quote == none || text_[quote] == '>') return refuse(FindingCode::xml_entity);
    auto const head = text_.substr(begin, quote - begin);
    at_ = quote;
    skip_quoted();
    if (finding_) return;
    auto const value = text_.substr(quote + 1, at_ - quote - 2);
    auto const after = text_.find_first_not_of(blanks, at_);
    // `SYSTEM` and `PUBLIC` are third words of the head, `%` is a second one.
    bool const is_plain = words(head) == 2 && head.find('%') == none &&
                          value.find_first_of("<&%") == none && after != none &&
                          text_[after] == '>';
    at_ = begin;
    if (!is_plain) return refuse(FindingCode::xml_entity);
    at_ = after + 1;
  }

  static std::size_t words(std::string_view text) noexcept {
    std::size_t count = 0;
    for (auto at = text.find_first_not_of(blanks); at != none;
         at = text.find_first_not_of(blanks, text.find_first_of(blanks, at))) {
      ++count;
      if (text.find_first_of(blanks, at) == none) break;
    }
    return count;
  }

  std::string_view text_;
  std::size_t most_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::optional<Finding> finding_;
};

/// Where the text in quotes ends that begins at `at`: behind its last quote, or at the end.
std::size_t behind_quoted(std::string_view text, std::size_t at) noexcept {
  auto const quote = text[at];
  auto const thrice = std::string(3, quote);
  bool const is_long = text.substr(at).starts_with(thrice);
  at += is_long ? 3 : 1;
  while (at < text.size()) {
    if (text[at] == '\\') {
      at += 2;
    } else if (is_long ? text.substr(at).starts_with(thrice) : text[at] == quote) {
      return at + (is_long ? 3 : 1);
    } else if (!is_long && text[at] == '\n') {
      return at; // malformed: who parses it says so
    } else {
      ++at;
    }
  }
  return text.size();
}

std::optional<Finding> scan_turtle(std::string_view text, std::size_t most) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_quoted(text, at);
      continue;
    }
    if (c == '<') { // an address ends at the latest where no address goes on
      at = std::min(text.find_first_of("> \t\r\n", at), text.size());
    } else if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '\\') {
      ++at;
    } else if (c == '[' || c == '(') {
      if (++depth > most) return refusal(FindingCode::too_deep, text, at);
    } else if ((c == ']' || c == ')') && depth > 0) {
      --depth;
    }
    ++at;
  }
  return std::nullopt;
}

} // namespace

std::optional<Finding> scan_rdf(std::string_view document, Syntax syntax, RdfLimits const& limits) {
  if (document.size() > limits.bytes) {
    return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
  }
  if (!json::is_utf8(document)) {
    return Finding{.code = FindingCode::not_utf8, .where = {}, .excerpt = {}};
  }
  if (auto const zero = document.find('\0'); zero != none) {
    return Finding{
        .code = FindingCode::rdf_malformed, .where = line_at(document, zero), .excerpt = {}};
  }
  if (syntax == Syntax::rdf_xml) return XmlScan(document, limits.depth).run();
  return scan_turtle(document, limits.depth);
}

std::string without_declaration(std::string_view document) {
  std::string out(document);
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (out.starts_with(mark)) out.replace(0, mark.size(), mark.size(), ' ');
  auto const begin = out.find_first_not_of(blanks);
  if (begin == std::string::npos || !out.substr(begin, 6).starts_with("<?xml ")) return out;
  auto const end = out.find("?>", begin);
  if (end == std::string::npos) return out;
  for (auto at = begin; at < end + 2; ++at) {
    if (out[at] != '\n') out[at] = ' ';
  }
  return out;
}

std::string line_at(std::string_view document, std::size_t offset) {
  return "line " + std::to_string(std::ranges::count(document.substr(0, offset), '\n') + 1);
}

} // namespace terracat::helper
