#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace terracat::log {

/// Appends a JSON string that no text can break out of: besides what JSON asks for, it escapes the
/// control characters of either range and those that turn the direction of writing, which would
/// fool a terminal. Bytes that are not UTF-8 become U+FFFD.
void append_quoted(std::string& out, std::string_view text);

/// `2026-05-01T12:30:00.042Z`, always with milliseconds, so that lines can be sorted.
void append_timestamp(std::string& out, std::chrono::system_clock::time_point time);

/// Writes all bytes, waiting for the reader where it must. Gives up on an error: there is nowhere
/// left to complain.
void write_fully(int descriptor, std::string_view bytes) noexcept;

} // namespace terracat::log
