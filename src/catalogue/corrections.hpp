#pragma once

#include <terracat/problem.hpp>
#include <terracat/record.hpp>
#include <terracat/store_rows.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What data managers say instead of sources (doc/design.md 6): which fields of a record they can
/// correct, what these can hold, and how a correction is put on what the source said.
namespace terracat::catalogue {

using Languages = std::span<std::string const>; ///< of the site, the preferred one first

/// One row of corrections.cpp for each.
struct CorrectableField {
  std::string_view name;    ///< stored; also the member of the answered collection
  std::string_view summary; ///< for people
  bool has_languages;       ///< one text of several languages can be corrected: `title.fr`

  /// The value as it is kept. \return  a problem that says what was expected
  Result<std::string> (*read)(std::string_view value);

  /// What the record says there. \param language  empty: the text that is shown
  std::string (*said)(model::RecordParts const& record, std::string_view language,
                      Languages languages);

  /// \param value  as `read` made it
  void (*put)(model::RecordParts& record, std::string const& language, std::string const& value,
              Languages languages);
};

[[nodiscard]] std::span<CorrectableField const> correctable_fields() noexcept;

/// \return  null if there is no such field
[[nodiscard]] CorrectableField const* find_correctable(std::string_view name) noexcept;

/// What a correction stands for, and what it says.
struct Wording {
  std::string field;
  std::string language; ///< empty: the text that is shown
  std::string value;    ///< as it is kept
};

/// Reads `title` or `title.fr`; the value stays empty.
/// \return  a problem that lists what there is, if there is no such field or language
[[nodiscard]] Result<Wording> read_place(std::string_view text, Languages languages);

/// Reads `title.fr=Pluie`. \return  likewise, or what the field expects
[[nodiscard]] Result<Wording> read_wording(std::string_view text, Languages languages);

/// `title.fr`
[[nodiscard]] std::string place_name(store::CorrectionKey const& key);

/// The record as it is answered: with the corrections, and marks where they say something else than
/// the source. A correction of a field that this program does not know changes nothing.
/// \param said  as it was mapped
[[nodiscard]] model::Record corrected(model::Record const& said,
                                      std::vector<store::Correction> const& corrections,
                                      Languages languages);

} // namespace terracat::catalogue
