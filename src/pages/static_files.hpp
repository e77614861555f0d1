#pragma once

#include <terracat/embedded.hpp>

#include <string>
#include <string_view>

/// The files that pages are shown with: they are in the program, and their addresses change with
/// their content, so that browsers may keep them for good.
namespace terracat::pages {

/// "/static/style.0123456789abcdef.css". \pre there is a file of that name
[[nodiscard]] std::string static_path(std::string_view name);

/// "/static/main-….js", the script that takes over pages; empty: the program was built without one.
[[nodiscard]] std::string script_path();

/// The licences of what others wrote and the script contains; empty: there is no script.
[[nodiscard]] std::string licences_path();

/// \param address  behind "/static/" \return  null if there is no such file
[[nodiscard]] EmbeddedFile const* static_file(std::string_view address) noexcept;

/// "text/css; charset=utf-8"
[[nodiscard]] std::string_view media_type_of(EmbeddedFile const& file) noexcept;

} // namespace terracat::pages
