#pragma once

#include <terracat/finding.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::vocabulary {

/// What was noticed about a vocabulary: how often each thing, and where it was first met.
class Report {
 public:
  struct Line {
    FindingCode code;
    std::size_t count = 0;
    std::vector<Finding> examples; ///< a few
  };

  /// \param where  the address of a concept or scheme
  void add(FindingCode code, std::string_view where, std::string_view text = {}) {
    add({.code = code, .where = std::string(where), .excerpt = excerpt(text)});
  }

  void add(Finding finding) {
    auto line = std::ranges::find(lines_, finding.code, &Line::code);
    if (line == lines_.end()) line = lines_.insert(line, {.code = finding.code});
    ++line->count;
    if (line->examples.size() < most_examples) line->examples.push_back(std::move(finding));
  }

  void add(Report const& other) {
    for (auto const& line : other.lines_) {
      for (auto const& example : line.examples) add(example);
      std::ranges::find(lines_, line.code, &Line::code)->count += line.count - line.examples.size();
    }
  }

  /// In the order in which they were first noticed.
  [[nodiscard]] std::vector<Line> const& lines() const noexcept { return lines_; }

  [[nodiscard]] std::size_t count(FindingCode code) const {
    auto const line = std::ranges::find(lines_, code, &Line::code);
    return line == lines_.end() ? 0 : line->count;
  }

 private:
  static constexpr std::size_t most_examples = 20;

  std::vector<Line> lines_;
};

} // namespace terracat::vocabulary
