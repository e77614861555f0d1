#include "kinds/waf/listing.hpp"

#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace terracat::kinds::waf {
namespace {

constexpr std::string_view blanks = " \t\r\n\f";

/// Short links in a folder with a long address take many times their bytes.
constexpr std::size_t longest_address = 2'000;
constexpr std::size_t most_bytes = std::size_t{32} << 20; ///< of all addresses

/// The names by which characters stand in attributes of addresses.
constexpr std::array<std::pair<std::string_view, char>, 7> references{{{"&amp;", '&'},
                                                                       {"&#38;", '&'},
                                                                       {"&#x26;", '&'},
                                                                       {"&quot;", '"'},
                                                                       {"&#39;", '\''},
                                                                       {"&lt;", '<'},
                                                                       {"&gt;", '>'}}};

std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const* const found = std::ranges::find_if(
        references, [text](auto const& reference) { return text.starts_with(reference.first); });
    bool const is_reference = found != references.end();
    out += is_reference ? found->second : text.front();
    text.remove_prefix(is_reference ? found->first.size() : 1);
  }
  return out;
}

/// Takes the attributes of a tag one by one from its text.
class Tag {
 public:
  explicit Tag(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] std::optional<std::string> attribute(std::string_view wanted) {
    while (skip(blanks), !rest_.empty()) {
      auto const name = take(rest_.find_first_of(" \t\r\n\f=/"));
      skip(blanks);
      if (!rest_.starts_with('=')) {
        if (rest_.starts_with('/')) rest_.remove_prefix(1);
        continue;
      }
      rest_.remove_prefix(1);
      auto const value = take_value();
      if (equal_ignoring_case(name, wanted)) return unescaped(value);
    }
    return std::nullopt;
  }

 private:
  void skip(std::string_view characters) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
  }

  std::string_view take(std::size_t bytes) {
    auto const taken = rest_.substr(0, bytes);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view take_value() {
    skip(blanks);
    bool const is_quoted = rest_.starts_with('"') || rest_.starts_with('\'');
    if (!is_quoted) return take(rest_.find_first_of(blanks));
    auto const quote = rest_.front();
    rest_.remove_prefix(1);
    auto const value = take(rest_.find(quote));
    rest_.remove_prefix(std::min<std::size_t>(1, rest_.size()));
    return value;
  }

  std::string_view rest_;
};

/// Takes the tags of a page one by one; what stands in comments is none.
class Tags {
 public:
  explicit Tags(std::string_view html) noexcept : rest_(html) {}

  /// \return  what stands between `<` and `>`, which may stand in quotes; nothing at the end
  [[nodiscard]] std::optional<std::string_view> next() {
    constexpr std::string_view comment = "<!--";
    while (go_to('<')) {
      if (rest_.starts_with(comment)) {
        auto const end = rest_.find("-->", comment.size());
        rest_.remove_prefix(std::min(end, rest_.size()));
        continue;
      }
      rest_.remove_prefix(1);
      auto const tag = rest_.substr(0, end_of_tag());
      if (tag.size() == rest_.size()) return std::nullopt; // cut off
      rest_.remove_prefix(tag.size() + 1);
      return tag;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool go_to(char character) {
    rest_.remove_prefix(std::min(rest_.find(character), rest_.size()));
    return !rest_.empty();
  }

  [[nodiscard]] std::size_t end_of_tag() const {
    auto at = rest_.find_first_of("\"'>");
    while (at != std::string_view::npos && rest_[at] != '>') {
      // A quote opens a value behind an equals sign only.
      auto const before = rest_.find_last_not_of(blanks, at == 0 ? 0 : at - 1);
      bool const opens = before != std::string_view::npos && rest_[before] == '=';
      if (opens) at = rest_.find(rest_[at], at + 1);
      if (at != std::string_view::npos) at = rest_.find_first_of("\"'>", at + 1);
    }
    return at;
  }

  std::string_view rest_;
};

bool names(std::string_view tag, std::string_view element) {
  auto const name = tag.substr(0, tag.find_first_of(" \t\r\n\f/", 1)); // "/body", too
  return equal_ignoring_case(name, element);
}

void sort_out(std::vector<std::string>& addresses) {
  std::ranges::sort(addresses);
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
}

/// Lists offer to be sorted by links with a query.
/// \return  how many bytes it took; more than most_bytes if the address is too long to be kept
std::size_t add(std::string_view href, std::string_view folder, Listing& out) {
  if (href.find_first_of("?#") != std::string_view::npos) return 0;
  auto address = link_target(folder, href);
  if (address.empty() || address == folder) return 0;
  if (address.find("/../") != std::string::npos || address.ends_with("/..")) return 0;
  if (!address.starts_with(folder)) {
    out.has_parent = out.has_parent || (address.ends_with('/') && folder.starts_with(address));
    return 0;
  }
  if (address.size() > longest_address) return most_bytes + 1;
  auto const bytes = address.size();
  (address.ends_with('/') ? out.folders : out.files).push_back(std::move(address));
  return bytes;
}

} // namespace

std::string folder_of(std::string_view address) {
  return link_target(address, ".");
}

Listing read_listing(std::string_view html, std::string_view folder) {
  Listing out;
  Tags tags(html);
  std::size_t bytes = 0;
  while (auto const tag = tags.next()) {
    if (names(*tag, "/html") || names(*tag, "/body")) out.is_whole = true;
    if (!names(*tag, "a")) continue;
    auto const href = Tag(tag->substr(1)).attribute("href");
    if (href) bytes += add(trimmed(*href), folder, out);
    if (bytes > most_bytes) break;
  }
  if (bytes > most_bytes) out.is_whole = false;
  sort_out(out.files);
  sort_out(out.folders);
  return out;
}

} // namespace terracat::kinds::waf
