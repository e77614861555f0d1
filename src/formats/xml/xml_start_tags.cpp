#include "formats/xml/xml.hpp"
#include "formats/xml/xml_encoding.hpp"
#include "formats/xml/xml_walk.hpp"

#include <algorithm>

namespace terracat::formats::xml {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// Takes apart the beginning of a document. It may end anywhere, and may be anything.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : rest_(text) {}

  /// Goes past texts, comments, instructions and the document type to the next start tag.
  /// \return  what stands between `<` and `>`; empty at the end
  std::string_view next_start_tag() {
    while (true) {
      auto const open = rest_.find('<');
      if (open == std::string_view::npos) return {};
      rest_.remove_prefix(open);
      if (rest_.starts_with("<!--")) {
        if (!skip_past("-->")) return {};
      } else if (rest_.starts_with("<![CDATA[")) {
        if (!skip_past("]]>")) return {};
      } else if (rest_.starts_with("<?")) {
        if (!skip_past("?>")) return {};
      } else if (rest_.starts_with("<!")) {
        if (!skip_document_type()) return {};
      } else if (rest_.starts_with("</")) {
        if (!skip_past(">")) return {};
      } else {
        return tag();
      }
    }
  }

 private:
  bool skip_past(std::string_view end) noexcept {
    auto const at = rest_.find(end);
    if (at == std::string_view::npos) return false;
    rest_.remove_prefix(at + end.size());
    return true;
  }

  /// `<!DOCTYPE x [ … ]>`: the brackets hold further `>`.
  bool skip_document_type() noexcept {
    auto const at = rest_.find_first_of("[>");
    if (at == std::string_view::npos) return false;
    return rest_[at] == '>' ? skip_past(">") : skip_past("]") && skip_past(">");
  }

  /// The tag ends at the first `>` outside of quotes.
  std::string_view tag() noexcept {
    char quote = 0;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      auto const c = rest_[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        auto const found = rest_.substr(1, i - 1);
        rest_.remove_prefix(i + 1);
        return found;
      }
    }
    return {};
  }

  std::string_view rest_;
};

/// The value of an attribute written `name="value"` in a tag; nothing if it is not there.
std::optional<std::string> attribute_value(std::string_view tag, std::string_view name) {
  for (auto at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    if (at == 0 || blanks.find(tag[at - 1]) == std::string_view::npos) continue;
    auto rest = tag.substr(at + name.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    if (!rest.starts_with('=')) continue;
    auto const open = rest.find_first_of("\"'");
    if (open == std::string_view::npos) return std::nullopt;
    auto const close = rest.find(rest[open], open + 1);
    if (close == std::string_view::npos) return std::nullopt;
    return std::string(rest.substr(open + 1, close - open - 1));
  }
  return std::nullopt;
}

/// Enough for the tags that matter, little enough to be cheap.
constexpr std::size_t longest_beginning = 65'536;

/// The beginning in UTF-8. A character that the cut goes through does no harm before the last tag.
std::string beginning_of(std::string_view bytes) {
  auto const beginning = bytes.substr(0, longest_beginning);
  auto const is_wide = beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF") ||
                       beginning.substr(0, 4).find('\0') != std::string_view::npos;
  if (!is_wide) return std::string(beginning);
  return to_utf8(beginning).value_or(std::string());
}

} // namespace

std::vector<StartTag> first_start_tags(std::string_view bytes, std::size_t count) {
  auto const beginning = beginning_of(bytes);
  auto const first = beginning.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string::npos || beginning[first] != '<') return {};
  Scanner scanner(beginning);
  std::vector<StartTag> found;
  std::vector<std::string_view> tags;
  while (found.size() < count) {
    auto const tag = scanner.next_start_tag();
    if (tag.empty()) break;
    tags.push_back(tag);
    auto const name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    auto const prefix = prefix_part(name);
    auto const declaration = prefix.empty() ? std::string("xmlns") : "xmlns:" + std::string(prefix);
    StartTag start{
        .name = std::string(local_part(name)), .namespace_uri = {}, .written = std::string(tag)};
    for (auto around = tags.rbegin(); around != tags.rend(); ++around) {
      if (auto uri = attribute_value(*around, declaration)) {
        start.namespace_uri = std::move(*uri);
        break;
      }
    }
    found.push_back(std::move(start));
  }
  return found;
}

} // namespace terracat::formats::xml
