#pragma once

#include <terracat/format.hpp>

namespace terracat::formats {

/// A longer list is no metadata, and some of what is done with lists takes the square of their
/// length.
inline constexpr std::size_t longest_list = 10'000;

/// Looks for what has more members or elements than that: the object itself, or an array in it
/// other than `links`, which a static catalogue may have by the thousands. \param where  JSON
/// pointer of the object \return  `too_large`; nothing if all is well
[[nodiscard]] std::optional<Finding> find_overlong(json::Value const& object, std::string where);

/// Parses a document, whatever its root is. A byte order mark is skipped.
/// \return  `json_malformed`, `too_large` or `too_deep`
[[nodiscard]] boost::system::result<json::Value, Finding> parse_root(std::string_view document,
                                                                     json::Parser& parser);

/// Parses a document whose root must be an object. A byte order mark is skipped.
/// \return  `json_malformed`, `too_large`, `too_deep` or `unexpected_root`
[[nodiscard]] boost::system::result<json::Value, Finding>
parse_document(std::string_view document, ReadContext const& context);

/// The elements of a list that is a member of the root, each as a document; the document as it is
/// where there is no such member.
/// \return  as parse_document; `unexpected_root` if the member is no list or is empty
[[nodiscard]] SplitResult split_list(std::string_view document, std::string_view list,
                                     ReadContext const& context);

} // namespace terracat::formats
