#pragma once

#include "api/enum_set.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace terracat::api {

/// In what form an answer can be told.
enum class Form : std::uint8_t {
  json,        ///< as the route table says of the answer
  html,        ///< as a page, which says and links to the same
  ndjson,      ///< each thing of a list on a line of its own, until the end of the whole result
  geojson_seq, ///< likewise, as a GeoJSON text sequence (RFC 8142)
  csv,         ///< likewise, as a table
  atom,        ///< as a feed
};

struct FormRow {
  Form form;
  std::string_view name;       ///< as the parameter `f` has it
  std::string_view media_type; ///< empty: the one of the route
};

/// THE table of forms.
[[nodiscard]] std::span<FormRow const> forms() noexcept;

[[nodiscard]] FormRow const& row_of(Form form) noexcept;

/// Those that an answer can be had in besides JSON.
using Forms = EnumSet<Form>;

/// Whole results, piece by piece.
inline constexpr Forms streams{Form::ndjson, Form::geojson_seq, Form::csv};

/// Made of the answer in JSON when it is there.
inline constexpr Forms retold{Form::html, Form::atom};

/// The form that a request wants: what `f` names, else the one that `accept` likes best; if it
/// likes several as much or none at all, JSON.
/// \param media_type  of the answer as JSON
/// \param f           empty: not said
/// \throws ProblemError  if `f` names none of those that there are
[[nodiscard]] Form wanted_form(std::string_view f, std::string_view accept,
                               std::string_view media_type, Forms others);

/// True if who accepts this likes a page better than JSON.
[[nodiscard]] bool prefers_page(std::string_view accept);

} // namespace terracat::api
