#pragma once

#include <terracat/record.hpp>

#include <string>
#include <string_view>

/// What sources say of rights: licences, and statements about access that are none.
namespace terracat::formats {

/// What a statement is about, by where it stands.
enum class About : std::uint8_t { use, access };

/// Adds a licence; one may be named by its text here and by its address there.
void add_licence(model::RecordParts& record, model::Licence licence);

/// Adds a statement where it belongs: what is recognised as a licence is one wherever it stands,
/// and what is said of use is one as far as it does not speak of access alone.
/// \param address  absolute, or empty
void add_statement(model::RecordParts& record, model::LocalText text, std::string address,
                   About about);

/// True for a code of MD_RestrictionCode that some give for a statement. One that says something
/// by itself has been added.
[[nodiscard]] bool take_restriction_code(model::RecordParts& record, std::string_view text);

} // namespace terracat::formats
