#include "index/code_spans.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

/// \pre it does not begin before the last one
void append(CodeSpans& spans, CodeSpan span) {
  bool const touches =
      !spans.empty() && (span.first <= spans.back().last || span.first - spans.back().last == 1);
  if (touches && span.first != Column::none) {
    spans.back().last = std::max(spans.back().last, span.last);
  } else if (spans.empty() || spans.back().first != span.first) {
    spans.push_back(span);
  }
}

} // namespace

CodeSpans spans_of(std::vector<Column::Code> codes) {
  std::ranges::sort(codes);
  CodeSpans out;
  for (auto const code : codes) append(out, {code, code});
  return out;
}

CodeSpans united(CodeSpans const& a, CodeSpans const& b) {
  CodeSpans all;
  all.reserve(a.size() + b.size());
  std::ranges::merge(a, b, std::back_inserter(all), {}, &CodeSpan::first, &CodeSpan::first);
  CodeSpans out;
  for (auto const& span : all) append(out, span);
  return out;
}

CodeSpans common(CodeSpans const& a, CodeSpans const& b) {
  CodeSpans out;
  for (auto one = a.begin(), other = b.begin(); one != a.end() && other != b.end();) {
    auto const first = std::max(one->first, other->first);
    auto const last = std::min(one->last, other->last);
    if (first <= last) out.push_back({first, last});
    one->last < other->last ? ++one : ++other;
  }
  return out;
}

CodeSpans other_values(CodeSpans const& spans, Column::Code size) {
  CodeSpans out;
  Column::Code next = 0;
  for (auto const& [first, last] : spans) {
    if (first >= size) break;
    if (next < first) out.push_back({next, first - 1});
    next = last + 1;
  }
  if (next < size) out.push_back({next, size - 1});
  return out;
}

bool are_of_all_rows(CodeSpans const& spans, Column const& column) noexcept {
  bool const has_values = !spans.empty() && spans.front() == CodeSpan{0, column.size() - 1};
  return has_values && (!column.has_missing() || spans.back().last == Column::none);
}

double share_of(CodeSpans const& spans, Column const& column) noexcept {
  double codes = 0;
  for (auto const& [first, last] : spans) codes += static_cast<double>(last - first) + 1;
  return std::min(1.0, codes / (static_cast<double>(column.size()) + 1));
}

} // namespace terracat::index
