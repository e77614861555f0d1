#pragma once

#include <terracat/descriptor.hpp>

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace terracat::helper {

/// A request or an answer on its way: four bytes for its length, the lowest first, then itself.
inline constexpr std::size_t length_bytes = 4;

[[nodiscard]] std::array<char, length_bytes> head_of(std::size_t length) noexcept;
[[nodiscard]] std::size_t length_of(std::span<char const, length_bytes> head) noexcept;

/// What is sent before the first request: the helper is confined and ready. No answer is empty.
inline constexpr std::string_view ready;

/// So many files may come with a request.
inline constexpr std::size_t most_request_files = 8;

/// Makes an answer out of a request.
using Answer = std::function<std::string(std::string_view)>;

/// Makes what answers, and with it everything that has to be loaded, opened or asked of the system.
using MakeAnswer = std::function<Answer()>;

/// Likewise of a request that came with files, in their order. They are closed when it is answered.
using FileAnswer = std::function<std::string(std::string_view, std::span<Descriptor const>)>;
using MakeFileAnswer = std::function<FileAnswer()>;

/// The exit code of a helper whose library is not installed.
inline constexpr int lacks_library = 3;

/// What a helper process is given.
struct Confinement {
  pid_t parent = 0; ///< who started it
  std::size_t memory_bytes = std::size_t{1} << 30;
};

/// Confines the process, then answers what comes on the standard input until that ends.
/// \return  the exit code: 0 at the end, 1 if the process cannot be confined, lacks_library
/// \throws  what the answer throws: the process ends of it
[[nodiscard]] int serve(Confinement const& confinement, MakeAnswer const& make);

/// As `serve`, for a helper that is handed files: it may map those, however large, and nothing
/// else.
[[nodiscard]] int serve_files(Confinement const& confinement, MakeFileAnswer const& make);

} // namespace terracat::helper
