#include "pages/markdown.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace terracat::pages {
namespace {

constexpr std::string_view fence = "```";
constexpr std::string_view of_site = "site:";
constexpr std::string_view site_mark = "{site}";
constexpr std::size_t deepest = 4; ///< of what stands within each other in a line

std::string with_site(std::string_view text, std::string_view site) {
  std::string out;
  for (auto at = text.find(site_mark); at != std::string_view::npos; at = text.find(site_mark)) {
    out += text.substr(0, at);
    out += site;
    text.remove_prefix(at + site_mark.size());
  }
  return out.append(text);
}

std::optional<Url> address(Sheet const& sheet, std::string_view written) {
  if (written.starts_with(of_site)) {
    auto const path = written.substr(of_site.size());
    return path.starts_with('/') ? std::optional(sheet.own(path)) : std::nullopt;
  }
  if (written.starts_with('/')) return sheet.page(written == "/" ? "" : written);
  return Url::elsewhere(written);
}

/// What stands in a line: text with code, stress, strength and links in it.
class Line {
 public:
  explicit Line(Sheet& sheet) : sheet_(sheet), html_(sheet.html) {}

  void write(std::string_view text, std::size_t depth = 0) {
    while (!text.empty()) {
      auto const at =
          depth == deepest ? text.size() : std::min(text.find_first_of("`*["), text.size());
      html_.text(text.substr(0, at));
      text.remove_prefix(at);
      if (text.empty()) return;
      auto const taken = written(text, depth);
      if (taken == 0) html_.text(text.substr(0, 1)); // it stands for itself
      text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
  }

 private:
  /// Writes what begins the text. \return  how much of it that was; 0: it is nothing but text
  std::size_t written(std::string_view text, std::size_t depth) {
    if (text.front() == '[') return link(text, depth);
    if (text.front() == '`') {
      return between(text, "`", [&](auto inner) { html_.element("code", {}, inner); });
    }
    auto const strong = between(text, "**", [&](auto inner) {
      html_.element("strong", {}, [&] { write(inner, depth + 1); });
    });
    if (strong > 0) return strong;
    return between(text, "*",
                   [&](auto inner) { html_.element("em", {}, [&] { write(inner, depth + 1); }); });
  }

  template<class Write>
  static std::size_t between(std::string_view text, std::string_view mark, Write&& write_inner) {
    if (!text.starts_with(mark)) return 0;
    auto const end = text.find(mark, mark.size());
    if (end == std::string_view::npos || end == mark.size()) return 0;
    auto const inner = text.substr(mark.size(), end - mark.size());
    // A star beside a blank is one that multiplies, or a word's.
    if (mark.front() == '*' && (inner.front() == ' ' || inner.back() == ' ')) return 0;
    write_inner(inner);
    return end + mark.size();
  }

  std::size_t link(std::string_view text, std::size_t depth) {
    auto const middle = text.find("](");
    auto const end = middle == std::string_view::npos ? middle : text.find(')', middle);
    if (end == std::string_view::npos) return 0;
    auto const url = address(sheet_, text.substr(middle + 2, end - middle - 2));
    if (!url) return 0;
    html_.element("a", {{"href", *url}}, [&] { write(text.substr(1, middle - 1), depth + 1); });
    return end + 1;
  }

  Sheet& sheet_;
  Html& html_;
};

/// Of a list: what stands before its text. \return  0: it is none
std::size_t bullet_of(std::string_view line) noexcept {
  return line.starts_with("- ") || line.starts_with("* ") ? 2 : 0;
}

std::size_t number_of(std::string_view line) noexcept {
  auto const digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && digits < 4 && line.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

std::size_t quote_of(std::string_view line) noexcept {
  return line.starts_with("> ") ? 2 : 0;
}

class Blocks {
 public:
  Blocks(Sheet& sheet, std::string_view text) : sheet_(sheet), html_(sheet.html) {
    for (std::size_t from = 0; from <= text.size();) {
      auto const end = std::min(text.find('\n', from), text.size());
      auto line = text.substr(from, end - from);
      if (line.ends_with('\r')) line.remove_suffix(1);
      lines_.push_back(line);
      from = end + 1;
    }
  }

  void write() {
    while (at_ < lines_.size()) {
      auto const line = lines_[at_];
      if (trimmed(line).empty()) {
        ++at_;
      } else if (line.starts_with(fence)) {
        write_code();
      } else if (line.front() == '#') {
        write_heading();
      } else if (bullet_of(line) > 0) {
        html_.element("ul", {}, [&] { write_list(bullet_of); });
      } else if (number_of(line) > 0) {
        html_.element("ol", {}, [&] { write_list(number_of); });
      } else if (quote_of(line) > 0) {
        html_.element("blockquote", {},
                      [&] { html_.element("p", {}, [&] { inline_text(gathered(quote_of)); }); });
      } else {
        html_.element("p", {}, [&] { inline_text(paragraph()); });
      }
    }
  }

 private:
  void inline_text(std::string const& text) { Line(sheet_).write(text); }

  /// True if no paragraph goes on with the line.
  [[nodiscard]] static bool ends_paragraph(std::string_view line) noexcept {
    return trimmed(line).empty() || line.starts_with(fence) || line.front() == '#' ||
           bullet_of(line) > 0 || number_of(line) > 0 || quote_of(line) > 0;
  }

  void add(std::string& out, std::string_view line) const {
    out += (out.empty() ? "" : " ") + with_site(trimmed(line), sheet_.site().url);
  }

  std::string paragraph() {
    std::string out;
    do add(out, lines_[at_++]);
    while (at_ < lines_.size() && !ends_paragraph(lines_[at_]));
    return out;
  }

  /// The lines that begin so, without their beginnings.
  std::string gathered(std::size_t (*mark)(std::string_view) noexcept) {
    std::string out;
    for (; at_ < lines_.size() && mark(lines_[at_]) > 0; ++at_) {
      add(out, lines_[at_].substr(mark(lines_[at_])));
    }
    return out;
  }

  void write_list(std::size_t (*mark)(std::string_view) noexcept) {
    while (at_ < lines_.size() && mark(lines_[at_]) > 0) {
      lines_[at_].remove_prefix(mark(lines_[at_]));
      html_.element("li", {}, [&] { inline_text(paragraph()); });
    }
  }

  void write_heading() {
    auto const line = lines_[at_++];
    auto const level = std::min(line.find_first_not_of('#'), line.size());
    auto const text = with_site(trimmed(line.substr(level)), sheet_.site().url);
    auto const write_text = [&] { inline_text(text); };
    if (level <= 2) {
      html_.element("h2", {}, write_text);
      has_section_ = true;
    } else {
      // No level is left out.
      has_section_ ? html_.element("h3", {}, write_text) : html_.element("h2", {}, write_text);
    }
  }

  void write_code() {
    std::string code;
    for (++at_; at_ < lines_.size() && !lines_[at_].starts_with(fence); ++at_) {
      code += with_site(lines_[at_], sheet_.site().url) + "\n";
    }
    if (at_ < lines_.size()) ++at_;
    html_.element("div", {{"data-copy", true}}, [&] {
      html_.element("pre", {{"tabindex", "0"}}, [&] { html_.element("code", {}, code); });
    });
  }

  Sheet& sheet_;
  Html& html_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  bool has_section_ = false;
};

} // namespace

void write_markdown(Sheet& sheet, std::string_view text) {
  Blocks(sheet, text).write();
}

} // namespace terracat::pages
