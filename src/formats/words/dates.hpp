#pragma once

#include <terracat/finding.hpp>
#include <terracat/interval.hpp>

#include <optional>
#include <string_view>

namespace terracat::formats {

/// A date as far as it could be read.
struct DateReading {
  /// A moment with the precision that was written; open for "now", "present", "en cours"; unknown
  /// for "None", "unknown" and for what cannot be read.
  model::Bound at = model::Bound::unknown();

  /// date_repaired or date_unreadable, if it is one of the two.
  std::optional<FindingCode> finding;
};

/// Reads a date as sources write it. Without remark: the forms of ISO 8601 with or without time, of
/// any length of fraction and any year; a time without zone is in UTC. As repaired: names of months
/// in French or English, `31/12/2015`, `2012-9-30`, month and day exchanged where only one of the
/// two can be meant (`2015-14-12`), days of the year and of the week, a date with a time that says
/// nothing. Unreadable: everything else, above all dates within sentences.
[[nodiscard]] DateReading read_date(std::string_view text);

} // namespace terracat::formats
