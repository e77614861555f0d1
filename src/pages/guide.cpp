#include "pages/guide.hpp"

#include <terracat/embedded.hpp>
#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace terracat::embedded {

/// The folder guides/.
[[nodiscard]] std::span<EmbeddedFile const> guide_files() noexcept;

} // namespace terracat::embedded

namespace terracat::pages {
namespace {

struct KindRow {
  GuideKind kind;
  std::string_view segment;
};

constexpr std::array kinds{KindRow{GuideKind::tutorial, "tutorials"},
                           KindRow{GuideKind::tool, "tools"}};
constexpr std::string_view frame_line = "---";
constexpr std::size_t most_concepts = 50;

Problem wrong(std::string_view path, std::string_view what) {
  return {.kind = ProblemKind::invalid_body,
          .detail = std::string(path) + ": " + std::string(what),
          .where = {}};
}

/// Of the text, which then begins behind it.
std::string_view next_line(std::string_view& text) noexcept {
  auto const end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_name(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 60 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// "tutorials/first-steps.fr.md" \return  whether it is one
bool read_path(std::string_view path, Guide& out) {
  auto const slash = path.find('/');
  auto const* const kind =
      std::ranges::find(kinds, path.substr(0, std::min(slash, path.size())), &KindRow::segment);
  if (slash == std::string_view::npos || kind == kinds.end()) return false;
  auto file = path.substr(slash + 1);
  if (!file.ends_with(".md")) return false;
  file.remove_suffix(3);
  auto const point = file.rfind('.');
  if (point == std::string_view::npos) return false;
  auto const code_of = file.substr(point + 1);
  auto const* const language = std::ranges::find(languages, code_of, code);
  if (language == languages.end() || !is_name(file.substr(0, point))) return false;
  out.kind = kind->kind;
  out.name = file.substr(0, point);
  out.language = *language;
  return true;
}

std::vector<std::string> listed_in(std::string_view text) {
  std::vector<std::string> out;
  while (!(text = trimmed(text, " ,")).empty() && out.size() < most_concepts) {
    auto const end = std::min(text.find_first_of(" ,"), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

/// \return  whether the line is understood
bool read_member(std::string_view line, Guide& out) {
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  auto const name = line.substr(0, colon);
  auto const value = trimmed(line.substr(colon + 1));
  if (name == "title") {
    out.title = value;
  } else if (name == "summary") {
    out.summary = value;
  } else if (name == "concepts") {
    out.concepts = listed_in(value);
  } else if (name == "order") {
    auto const* const end = value.data() + value.size();
    auto const [stop, error] = std::from_chars(value.data(), end, out.order);
    return error == std::errc{} && stop == end;
  } else {
    return false;
  }
  return true;
}

} // namespace

std::string_view segment_of(GuideKind kind) noexcept {
  return std::ranges::find(kinds, kind, &KindRow::kind)->segment;
}

terracat::Result<Guide> read_guide(std::string_view path, std::string_view text) {
  Guide out;
  if (!read_path(path, out)) {
    return wrong(path, "expected tutorials/NAME.fr.md, tools/NAME.en.md or the like");
  }
  if (text.size() > longest_guide || !json::is_utf8(text)) {
    return wrong(path, "expected UTF-8 of 256 KiB at most");
  }
  if (next_line(text) != frame_line) return wrong(path, "expected --- in the first line");
  while (!text.empty()) {
    auto const line = next_line(text);
    if (line == frame_line) {
      if (out.title.empty()) return wrong(path, "there is no title");
      out.text = text;
      return out;
    }
    if (!trimmed(line).empty() && !read_member(line, out)) {
      return wrong(path, "not understood: " + std::string(line.substr(0, 100)));
    }
  }
  return wrong(path, "expected a second line ---");
}

std::vector<Guide> const& shipped_guides() {
  static auto const guides = [] {
    std::vector<Guide> out;
    for (auto const& file : embedded::guide_files()) {
      out.push_back(read_guide(file.name, file.bytes).value());
    }
    return out;
  }();
  return guides;
}

Guide const* find_guide(std::vector<Guide> const& guides, GuideKind kind, std::string_view name,
                        Language language) noexcept {
  Guide const* out = nullptr;
  for (auto const& guide : guides) {
    if (guide.kind != kind || guide.name != name) continue;
    if (out == nullptr || guide.language == language) out = &guide;
  }
  return out;
}

std::vector<Guide const*> guides_in(std::vector<Guide> const& guides, GuideKind kind,
                                    Language language) {
  std::vector<Guide const*> out;
  for (auto const& guide : guides) {
    if (guide.kind == kind && find_guide(guides, kind, guide.name, language) == &guide) {
      out.push_back(&guide);
    }
  }
  std::ranges::stable_sort(out, {},
                           [](Guide const* one) { return std::pair(one->order, one->title); });
  return out;
}

} // namespace terracat::pages
