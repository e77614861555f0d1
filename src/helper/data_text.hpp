#pragma once

#include <terracat/data_file.hpp>

#include <boost/system/result.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a helper that reads files of data is asked, and what it answers.
namespace terracat::helper {

/// The endings of the files, which go beside it in the same order: `[".tif",".tif.aux.xml"]`.
[[nodiscard]] std::string data_request(std::span<data::OpenFile const> files);

/// \return  nothing if the text is none of data_request, or an ending is more than letters, digits
///          and dots
[[nodiscard]] std::optional<std::vector<std::string>> endings_in(std::string_view request);

using FactsOrFinding = boost::system::result<data::Facts, Finding>;

/// JSON: an object with the members of data::Facts, or `{"finding":[code,where,excerpt]}`.
[[nodiscard]] std::string data_answer(FactsOrFinding const& outcome);

/// Believes nothing: the answer is that of a process that may be somebody else's by now.
/// \return  nothing if the text is none of data_answer
[[nodiscard]] std::optional<FactsOrFinding> facts_in(std::string_view answer);

} // namespace terracat::helper
