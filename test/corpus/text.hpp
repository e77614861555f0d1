#pragma once

#include <terracat/format.hpp>

#include <string>

namespace terracat::corpus {

/// A record as lines for people: one line per value, `where: value`, in the order of RecordParts.
[[nodiscard]] std::string as_text(model::Record const& record);

/// A finding as a line: code, place, excerpt.
[[nodiscard]] std::string as_text(Finding const& finding);

/// The whole file. \throws std::runtime_error
[[nodiscard]] std::string contents_of(std::string const& path);

} // namespace terracat::corpus
