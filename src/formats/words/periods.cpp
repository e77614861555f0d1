#include "formats/words/periods.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/text.hpp"

namespace terracat::formats {
namespace {

/// An end that is not there limits nothing (DCAT 3, 6.15); one that says nothing is not known.
model::Bound bound_of(std::string const& text, std::vector<FindingCode>& findings) {
  if (text.empty()) return model::Bound::open();
  auto const reading = read_date(text);
  if (reading.finding) findings.push_back(*reading.finding);
  return reading.at;
}

} // namespace

PeriodReading read_period(std::string start, std::string end) {
  PeriodReading out;
  auto const first = bound_of(start, out.findings);
  auto const last = bound_of(end, out.findings);
  auto interval = model::Interval::make(first, last);
  if (interval) {
    out.extent.interval = *interval;
  } else if (first.earliest() && last.earliest()) {
    out.findings.push_back(FindingCode::interval_reversed);
  }
  out.extent.start_text = std::move(start);
  out.extent.end_text = std::move(end);
  return out;
}

PeriodReading read_period(std::string_view text) {
  auto const start = dcmi_part(text, "start");
  auto const end = dcmi_part(text, "end");
  if (!start.empty() || !end.empty()) return read_period(std::string(start), std::string(end));
  auto const slash = text.find('/');
  auto const first = std::string(stripped(text.substr(0, slash)));
  if (slash == std::string_view::npos) return read_period(first, first);
  return read_period(first, std::string(stripped(text.substr(slash + 1))));
}

std::string_view dcmi_part(std::string_view text, std::string_view name) {
  for (auto const part : split(text, ";")) {
    auto const sign = part.find('=');
    if (sign == std::string_view::npos) continue;
    if (equal_ignoring_case(stripped(part.substr(0, sign)), name)) {
      return stripped(part.substr(sign + 1));
    }
  }
  return {};
}

} // namespace terracat::formats
