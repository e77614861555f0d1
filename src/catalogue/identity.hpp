#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What things are called in public (design.md 6). All but ids that yield depends on the native id
/// alone, never on what is in the catalogue already, so that ids do not depend on who came first.
namespace terracat::catalogue {

/// True if the text is `^[A-Za-z][A-Za-z0-9_.-]*$`, at most 200 characters, and no literal of
/// Python (clients evaluate ids): what the id of a record may be.
[[nodiscard]] bool is_record_id(std::string_view text) noexcept;

/// True if the text can stand in a path as it is, is neither "." nor "..", and is no literal of
/// Python: what the id of an item may be.
[[nodiscard]] bool is_item_id(std::string_view text) noexcept;

/// The public id of a record: prefix and native id if they are legal, else a legal text made from
/// them. Where that lost a character, a fingerprint of the native id keeps different records apart.
[[nodiscard]] std::string record_id(std::string_view prefix, std::string_view native_id);

/// The public id of a record that cannot have the one it wants. Whether others have it depends on
/// what is there.
/// \param taken  how many that were made before for it are taken as well
[[nodiscard]] std::string yielded_id(std::string_view wanted, std::string_view source,
                                     std::size_t taken);

/// What a record of the source wanted to be called if `yielded_id` made its id.
/// \return  empty if it did not
[[nodiscard]] std::string_view wanted_id(std::string_view id, std::string_view source);

/// The public id of an item, as `record_id` makes that of a record.
[[nodiscard]] std::string item_id(std::string_view native_id);

} // namespace terracat::catalogue
