#pragma once

#include "pages/sheet.hpp"

#include <terracat/record.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What a record says, in the words of its readers.
namespace terracat::pages {

/// "Jeu de données", "Service", … for a type of ISO 19115.
[[nodiscard]] Message type_name(std::string_view type) noexcept;

/// The names of what is measured, each once, at most so many.
[[nodiscard]] std::vector<std::string> variables_of(model::Record const& record, Language language,
                                                    std::size_t most);

/// What the source says of the data in a plain sentence or two, apart from the description.
/// \return  empty if it does not
[[nodiscard]] std::string plain_summary(model::Record const& record);

/// Places that the record names. Empty if it names none.
[[nodiscard]] std::vector<std::string> places_of(model::Record const& record, Language language);

/// Where the data are, in words: places, else the box; empty if the record does not say.
[[nodiscard]] std::string where(model::Record const& record, Language language);

/// When, in words; empty if the record does not say.
[[nodiscard]] std::string when(model::Record const& record, Language language);

/// "20 m", "0,25°", "1:25 000"; empty if the record does not say.
[[nodiscard]] std::string detail(model::Record const& record, Language language);

/// How often the data are brought up to date; empty if the record does not say.
[[nodiscard]] std::string frequency(model::Record const& record, Language language);

/// Organisations and people that made or publish the data, each once, producers first.
[[nodiscard]] std::vector<std::string> makers_of(model::Record const& record, Language language);

/// The licence by a name that people know; empty if the record does not say.
[[nodiscard]] std::string licence_name(model::Record const& record, Language language);

/// Where that licence can be read.
[[nodiscard]] std::optional<Url> licence_url(model::Record const& record);

/// True if the licence lets everybody use the data for anything.
[[nodiscard]] bool is_open(model::Record const& record) noexcept;

/// The names of formats, each once.
[[nodiscard]] std::vector<std::string> formats_of(model::Record const& record, Language language);

/// The DOI without prefix; empty if there is none.
[[nodiscard]] std::string_view doi_of(model::Record const& record) noexcept;

/// The last date that the record tells of itself or of the data; nothing if it tells none.
[[nodiscard]] std::optional<model::Bound> updated(model::Record const& record) noexcept;

/// The text without the languages of its author, each once, "a, b, c".
[[nodiscard]] std::string listed(std::vector<std::string> const& texts);

/// What it takes to get the data, by the name of a formats::Access: "Libre"; empty for any other.
[[nodiscard]] std::string_view words_of_access(std::string_view name, Language language) noexcept;

/// How fine data are, by the name of a class (formats::resolution_class): "10 à 30 m"; empty for
/// any other.
[[nodiscard]] std::string_view words_of_resolution(std::string_view name,
                                                   Language language) noexcept;

} // namespace terracat::pages
