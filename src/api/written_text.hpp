#pragma once

#include "api/exchange.hpp"

#include <terracat/format.hpp>

#include <string>
#include <string_view>

/// What is the same for items and collections that somebody writes.
namespace terracat::api {

/// \return  valid until the next body is parsed
[[nodiscard]] json::Value parsed_body(Exchange const& exchange, std::string_view text);

/// \throws store::DeadlinePassed  if there is no time to go on; nothing has been begun
void expect_time(Exchange const& exchange);

/// What the body of a PATCH makes of a document: a JSON Merge Patch, or a JSON Patch if it says so.
/// \param kept  not from the parser of bodies
[[nodiscard]] std::string patched(Exchange const& exchange, json::Value const& kept);

/// Tells what is wrong with what somebody writes. \param where  JSON pointer of it in the request
[[noreturn]] void refuse_written(std::string const& where, std::string_view place,
                                 std::string detail);

/// Reads a document as the format reads harvested ones, but refuses what would be mended.
[[nodiscard]] formats::Resource read_strictly(Exchange const& exchange, std::string_view format,
                                              std::string const& document, std::string const& where,
                                              bool is_ours = false);

/// Writes the links of what was sent. What was read here comes back with links that answers have
/// from us: they are no provenance. The others stay in their places, so that findings tell which is
/// meant.
void write_sent_links(json::Writer& out, Exchange const& exchange, json::Value const& links);

} // namespace terracat::api
