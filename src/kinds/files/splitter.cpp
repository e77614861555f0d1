#include "kinds/files/splitter.hpp"

#include "kinds/xml_answer.hpp"

#include <terracat/format.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <utility>

namespace terracat::kinds::files {
namespace {

Cut fault(FindingCode code, std::string where, std::string excerpt) {
  return {.bytes = {},
          .fault = Finding{.code = code, .where = std::move(where), .excerpt = std::move(excerpt)}};
}

/// Cuts that are known at once.
class Ready : public Splitter {
 public:
  explicit Ready(std::deque<Cut> cuts) : cuts_(std::move(cuts)) {}

  [[nodiscard]] std::optional<Cut> next() override {
    if (cuts_.empty()) return std::nullopt;
    auto cut = std::move(cuts_.front());
    cuts_.pop_front();
    return cut;
  }

 private:
  std::deque<Cut> cuts_;
};

std::unique_ptr<Splitter> ready(Cut cut) {
  std::deque<Cut> cuts;
  cuts.push_back(std::move(cut));
  return std::make_unique<Ready>(std::move(cuts));
}

std::unique_ptr<Splitter> whole(std::string text) {
  if (text.size() > most_document_bytes) return ready(fault(FindingCode::too_large, {}, {}));
  return ready({.bytes = std::move(text), .fault = {}});
}

std::unique_ptr<Splitter> records_of(Results& results) {
  std::deque<Cut> cuts;
  for (auto& record : results.records) {
    cuts.push_back({.bytes = std::move(record.bytes), .fault = {}});
  }
  return std::make_unique<Ready>(std::move(cuts));
}

class Lines : public Splitter {
 public:
  explicit Lines(Buffered input) : input_(std::move(input)) {}

  [[nodiscard]] std::optional<Cut> next() override {
    while (auto line = next_line()) {
      constexpr std::string_view blanks = " \t\r\x1e"; // RFC 7464 starts each text with 1E
      if (line->size() > most_document_bytes) {
        return fault(FindingCode::too_large, "line " + std::to_string(number_), {});
      }
      line->erase(0, line->find_first_not_of(blanks));
      line->erase(line->find_last_not_of(blanks) + 1);
      if (!line->empty()) return Cut{.bytes = std::move(*line), .fault = {}};
    }
    return std::nullopt;
  }

 private:
  /// Of a line that is too long only so much as shows that.
  [[nodiscard]] std::optional<std::string> next_line() {
    std::string line;
    bool has_begun = false;
    for (auto window = input_.window(); !window.empty(); window = input_.window()) {
      has_begun = true;
      auto const end = window.find('\n');
      auto const piece = window.substr(0, end);
      if (line.size() <= most_document_bytes) line += piece;
      input_.consume(end == std::string_view::npos ? window.size() : end + 1);
      if (end != std::string_view::npos) break;
    }
    if (!has_begun) return std::nullopt;
    ++number_;
    return line;
  }

  Buffered input_;
  std::size_t number_ = 0;
};

class JsonTexts : public Splitter {
 public:
  explicit JsonTexts(Buffered input) : input_(std::move(input)) {}

  [[nodiscard]] std::optional<Cut> next() override {
    while (!ended_) {
      auto const window = input_.window();
      if (window.empty()) return at_end();
      for (std::size_t i = 0; i < window.size(); ++i) {
        ++offset_;
        auto cut = step(window[i]);
        if (!cut) continue;
        input_.consume(i + 1);
        return cut;
      }
      input_.consume(window.size());
    }
    return std::nullopt;
  }

 private:
  enum class Where : std::uint8_t {
    between, ///< texts
    text,    ///< an object that may yet turn out to hold a list of documents
    list,    ///< between the elements of a list
    element, ///< of a list
    rest,    ///< of a text behind its list
  };

  [[nodiscard]] Cut fault_here(FindingCode code, std::string what) const {
    return fault(code, "byte " + std::to_string(offset_), std::move(what));
  }

  static bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '\x1e';
  }

  [[nodiscard]] std::optional<Cut> at_end() {
    ended_ = true;
    if (where_ == Where::between) return std::nullopt;
    return fault_here(FindingCode::json_malformed, "the file ends in the middle");
  }

  [[nodiscard]] std::optional<Cut> step(char c) {
    if (in_string_) {
      in_string(c);
      return std::nullopt;
    }
    switch (where_) {
    case Where::between:
      return between(c);
    case Where::list:
      return in_list(c);
    case Where::rest:
      nest(c);
      break;
    case Where::text:
    case Where::element:
      return in_document(c);
    }
    if (depth_ == 0) where_ = Where::between;
    return std::nullopt;
  }

  void in_string(char c) {
    keep(c);
    if (!is_escaped_ && c == '"') {
      in_string_ = false;
      return;
    }
    is_escaped_ = !is_escaped_ && c == '\\';
    if (last_string_.size() <= longest_name) last_string_ += c;
  }

  /// Brackets and the beginnings of strings.
  void nest(char c) {
    if (c == '"') {
      in_string_ = true;
      last_string_.clear();
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      --depth_;
    }
  }

  [[nodiscard]] std::optional<Cut> between(char c) {
    if (is_blank(c)) return std::nullopt;
    if (c == '{') {
      begin(Where::text, c);
    } else if (c == '[') {
      depth_ = list_depth_ = 1;
      where_ = Where::list;
    } else {
      ended_ = true;
      return fault_here(FindingCode::json_malformed, "neither an object nor an array");
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Cut> in_list(char c) {
    if (is_blank(c)) return std::nullopt;
    if (c == '{') {
      begin(Where::element, c);
      return std::nullopt;
    }
    nest(c);
    where_ = depth_ == 0 ? Where::between : Where::rest;
    if (c == ']') return std::nullopt;
    // Other arrays hold no documents; one report is enough for all of their elements.
    return fault_here(FindingCode::unexpected_root, "an element that is no object");
  }

  void begin(Where where, char c) {
    where_ = where;
    document_.clear();
    is_too_large_ = false;
    has_empty_list_ = false;
    name_.clear();
    keep(c);
    ++depth_;
  }

  [[nodiscard]] std::optional<Cut> in_document(char c) {
    bool const is_member = where_ == Where::text && depth_ == 1;
    if (is_member && c == ':') name_ = last_string_;
    if (is_member && c == ',') name_.clear();
    if (may_be_list_ && !is_blank(c)) {
      may_be_list_ = false;
      if (c == '{') return begin_list(c);
      has_empty_list_ = c == ']';
    }
    may_be_list_ =
        may_be_list_ || (is_member && c == '[' && (name_ == "features" || name_ == "collections"));
    keep(c);
    nest(c);
    auto const outside = where_ == Where::element ? list_depth_ : 0;
    if (depth_ != outside || (c != '}' && c != ']')) return std::nullopt;
    where_ = where_ == Where::element ? Where::list : Where::between;
    if (is_too_large_) return fault_here(FindingCode::too_large, {});
    // A list of documents that holds none is none itself; a data set has features of another kind.
    if (std::exchange(has_empty_list_, false) && formats::recognise(document_) == nullptr) {
      return std::nullopt;
    }
    return Cut{.bytes = std::move(document_), .fault = {}};
  }

  /// The first element of a member that is a list of documents.
  [[nodiscard]] std::optional<Cut> begin_list(char c) {
    where_ = Where::list;
    depth_ = list_depth_ = 2;
    return in_list(c);
  }

  void keep(char c) {
    if (where_ != Where::text && where_ != Where::element) return;
    is_too_large_ = is_too_large_ || document_.size() == most_document_bytes;
    if (!is_too_large_) document_ += c;
  }

  static constexpr std::size_t longest_name = 16; ///< longer ones are no name that is looked for

  Buffered input_;
  std::size_t offset_ = 0; ///< of the byte behind the one that is looked at
  Where where_ = Where::between;
  std::size_t depth_ = 0;
  std::size_t list_depth_ = 0;
  bool in_string_ = false;
  bool is_escaped_ = false;
  bool is_too_large_ = false;
  bool may_be_list_ = false;    ///< nothing of the member's elements was seen yet
  bool has_empty_list_ = false; ///< the text that is being read
  bool ended_ = false;
  std::string last_string_;
  std::string name_; ///< of the member of the text that is being read
  std::string document_;
};

// ---- What a file is

enum class Content : std::uint8_t { lines, json, xml, text, unknown };

struct NamedContent {
  std::string_view ending;
  Content content;
};

constexpr std::array by_name{
    NamedContent{".ndjson", Content::lines},   NamedContent{".jsonl", Content::lines},
    NamedContent{".geojsonl", Content::lines}, NamedContent{".json", Content::json},
    NamedContent{".geojson", Content::json},   NamedContent{".xml", Content::xml},
    NamedContent{".rdf", Content::text},       NamedContent{".jsonld", Content::text},
    NamedContent{".ttl", Content::text},       NamedContent{".n3", Content::text},
    NamedContent{".nt", Content::text}};

bool ends_with(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() &&
         equal_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_mark_and_blanks(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text;
}

/// True if the first line is an object, and so is the beginning of the second.
bool looks_like_lines(std::string_view text) {
  auto const end = text.find('\n');
  if (end == std::string_view::npos) return text.starts_with('\x1e');
  auto line = text.substr(0, end);
  line = line.substr(0, line.find_last_not_of(" \r") + 1);
  auto const rest = without_mark_and_blanks(text.substr(end));
  return line.starts_with('\x1e') ||
         (line.starts_with('{') && line.ends_with('}') && rest.starts_with('{'));
}

Content content_by_name(std::string_view name) noexcept {
  auto const* const known = std::ranges::find_if(
      by_name, [name](auto const& named) { return ends_with(name, named.ending); });
  return known == by_name.end() ? Content::unknown : known->content;
}

Content content_of(std::string_view name, std::string_view head) {
  auto const text = without_mark_and_blanks(head);
  auto const said = content_by_name(name);
  if (said == Content::lines || said == Content::text) return said;
  if (text.starts_with('<')) return Content::xml;
  if (text.starts_with('{') || text.starts_with('[') || text.starts_with('\x1e')) {
    return looks_like_lines(text) ? Content::lines : Content::json;
  }
  // What its name promises and its beginning does not show is reported by who reads it.
  return said == Content::unknown ? said : Content::text;
}

} // namespace

std::unique_ptr<Splitter> split_lines(Buffered input) {
  return std::make_unique<Lines>(std::move(input));
}

std::unique_ptr<Splitter> split_json(Buffered input) {
  return std::make_unique<JsonTexts>(std::move(input));
}

std::unique_ptr<Splitter> split_xml(Buffered input) {
  constexpr std::size_t beginning = std::size_t{16} << 10;
  auto text = input.take(most_document_bytes + 1);
  auto const head = std::string_view(text).substr(0, beginning);
  if (head.find("GetRecordsResponse") != std::string_view::npos ||
      head.find("GetRecordByIdResponse") != std::string_view::npos) {
    auto answer = read_answer(text);
    if (auto* const results = std::get_if<Results>(&answer)) return records_of(*results);
  }
  return whole(std::move(text));
}

std::unique_ptr<Splitter> no_split(Buffered input) {
  return whole(input.take(most_document_bytes + 1));
}

std::unique_ptr<Splitter> only_fault(Finding finding) {
  return ready({.bytes = {}, .fault = std::move(finding)});
}

bool promises_metadata(std::string_view name) noexcept {
  return content_by_name(name) != Content::unknown;
}

std::unique_ptr<Splitter> splitter_for(std::string_view name, Buffered input, bool is_given) {
  auto const content = content_of(name, input.head());
  if (input.head().starts_with(byte_order_mark)) input.consume(byte_order_mark.size());
  switch (content) {
  case Content::lines:
    return split_lines(std::move(input));
  case Content::json:
    return split_json(std::move(input));
  case Content::xml:
    return split_xml(std::move(input));
  case Content::text:
    return no_split(std::move(input));
  case Content::unknown:
    break;
  }
  return is_given ? no_split(std::move(input)) : nullptr;
}

} // namespace terracat::kinds::files
