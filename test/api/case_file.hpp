#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace terracat::test {

/// One header line; as an expectation its value may hold `*`.
struct HeaderLine {
  std::string name;
  std::string value;
  bool is_absent = false; ///< `!Name:`
};

/// One question and its answer, as README.md describes them.
struct Exchange {
  std::size_t line = 0; ///< where it begins
  std::string title;    ///< the comment before it
  bool follows_pages = false;
  std::string method;
  std::string target;
  std::vector<HeaderLine> headers;
  std::string body;
  std::string placeholder; ///< of `for`; empty: asked once
  std::vector<std::string> values;

  int status = 0;
  std::vector<HeaderLine> expected_headers;
  std::vector<std::string> sentences;
};

/// \throws std::runtime_error  with file and line, if the text does not follow the format
[[nodiscard]] std::vector<Exchange> read_cases(std::filesystem::path const& path);

/// `text` with `value` in the place of every `<<name>>`.
[[nodiscard]] std::string with_value(std::string text, std::string const& name,
                                     std::string const& value);

} // namespace terracat::test
