#pragma once

#include <terracat/record.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

/// What sources say of rights: licences, and statements about access that are none.
namespace terracat::formats {

/// What a statement is about, by where it stands.
enum class About : std::uint8_t { use, access };

inline constexpr std::size_t most_licences = 200;

/// Adds a licence; one may be named by its text here and by its address there.
/// \return  false if there are too many
bool add_licence(model::RecordParts& record, model::Licence licence);

/// Adds a statement where it belongs: what is recognised as a licence is one wherever it stands,
/// and what is said of use is one as far as it does not speak of access alone.
/// \param address  absolute, or empty
/// \return  false if there are too many
bool add_statement(model::RecordParts& record, model::LocalText text, std::string address,
                   About about);

/// A record in the making that counts what is not taken.
template<class Draft>
concept CountingDraft = requires(Draft& draft) {
  { draft.parts } -> std::same_as<model::RecordParts&>;
  draft.left_out(std::string_view(), std::size_t{});
};

template<CountingDraft Draft>
void add_licence(Draft& draft, model::Licence licence) {
  if (!add_licence(draft.parts, std::move(licence))) draft.left_out("licences", most_licences);
}

template<CountingDraft Draft>
void add_statement(Draft& draft, model::LocalText text, std::string address, About about) {
  bool const has_room = add_statement(draft.parts, std::move(text), std::move(address), about);
  if (!has_room) draft.left_out("statements about rights", most_licences);
}

/// True for a code of MD_RestrictionCode that some give for a statement. One that says something
/// by itself has been added.
[[nodiscard]] bool take_restriction_code(model::RecordParts& record, std::string_view text);

} // namespace terracat::formats
