#pragma once

#include <terracat/format.hpp>
#include <terracat/record.hpp>

#include <span>
#include <string>
#include <string_view>

/// Which fields of a record rules can fill.
namespace terracat::formats::rules {

/// One value for a field.
struct Saying {
  std::string_view text;     ///< never blank
  std::string_view language; ///< BCP 47; may be empty
  bool replaces = false;     ///< `always`: what contradicts it goes
  ReadContext const& context;
};

/// One row of field.cpp for each.
struct Field {
  std::string_view name;    ///< as in files of rules
  std::string_view summary; ///< for people
  bool has_language;        ///< texts of several languages
  bool is_list;             ///< there may be several, and `add` adds one
  bool is_joined;           ///< the texts of several places make one value

  /// \param language  of the rule; empty: any
  bool (*is_said)(model::RecordParts const& record, std::string_view language);

  /// Takes away what a rule `always` says otherwise.
  void (*clear)(model::RecordParts& record, std::string_view language);

  /// \return  JSON pointer to it in what record_json.hpp writes; empty: the field cannot hold it,
  ///          and nothing has changed
  std::string (*put)(model::RecordParts& record, Saying const& saying);
};

[[nodiscard]] std::span<Field const> fields() noexcept;

/// \return  null if there is none of that name
[[nodiscard]] Field const* find_field(std::string_view name) noexcept;

} // namespace terracat::formats::rules
