#pragma once

#include <string>
#include <string_view>

/// JSON text made by appending. What comes from a document that has been parsed is put together
/// again without a writer in between; texts are UTF-8 already.
namespace terracat::formats {

/// Appends `text` with quotes and escapes.
void append_quoted(std::string& out, std::string_view text);

/// Appends `"name":`, after a comma unless the member is the first of its object.
/// \pre  `out` is empty, or ends in `{` or in a whole value
void begin_member(std::string& out, std::string_view name);

/// Appends a comma unless the element is the first of its array.
/// \pre  `out` is empty, or ends in `[` or in a whole value
void begin_element(std::string& out);

/// Appends a member whose value is a string.
void append_member(std::string& out, std::string_view name, std::string_view text);

/// Appends a member whose value is JSON text.
void append_raw_member(std::string& out, std::string_view name, std::string_view json);

/// Appends the shortest digits that read back as the same value, the nearest of those.
/// \pre  `value` is finite
void append_number(std::string& out, double value);

} // namespace terracat::formats
