#include "json/fault.hpp"

#include "json/rapidjson_settings.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <optional>

namespace terracat::json {
namespace {

struct LineAndColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};

LineAndColumn position_of(std::string_view text, std::size_t offset) {
  LineAndColumn at;
  for (auto const c : text.substr(0, offset)) {
    at.column = c == '\n' ? 1 : at.column + 1;
    at.line += c == '\n' ? 1 : 0;
  }
  return at;
}

/// Where the second half of a surrogate pair stands without the first, which RapidJSON 1.1.0 takes.
/// \pre RapidJSON takes the text
std::optional<std::size_t> lone_surrogate(std::string_view text) {
  constexpr std::size_t escape = 6; // \uXXXX
  for (auto at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    if (text[at + 1] != 'u') {
      at += 2;
      continue;
    }
    bool const is_surrogate = (text[at + 2] | 0x20) == 'd';
    bool const is_second =
        std::string_view("cdefCDEF").find(text[at + 3]) != std::string_view::npos;
    if (is_surrogate && is_second) return at;
    bool const is_first = is_surrogate && text[at + 3] >= '8';
    at += is_first ? 2 * escape : escape;
  }
  return std::nullopt;
}

} // namespace

Problem fault_of(std::string_view text) {
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::BaseReaderHandler<> ignore_content;
  rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>, ThrowingAllocator> reader;
  // Numbers as strings: the library's own conversion of long numbers is not safe in 1.1.0.
  reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
               rapidjson::kParseNumbersAsStringsFlag>(stream, ignore_content);
  Problem problem{.kind = ProblemKind::invalid_body, .detail = "not valid JSON", .where = {}};
  auto const say = [&](rapidjson::ParseErrorCode code, std::size_t offset) {
    auto const at = position_of(text, offset);
    problem.detail = std::string("not valid JSON: ") + rapidjson::GetParseError_En(code);
    problem.where = "line " + std::to_string(at.line) + ", column " + std::to_string(at.column);
  };
  if (reader.HasParseError()) {
    say(reader.GetParseErrorCode(), reader.GetErrorOffset());
  } else if (stream.Tell() < text.size()) { // RapidJSON takes a zero byte for the end
    say(rapidjson::kParseErrorDocumentRootNotSingular, stream.Tell());
  } else if (auto const at = lone_surrogate(text)) {
    say(rapidjson::kParseErrorStringUnicodeSurrogateInvalid, *at);
  } else {
    // What RapidJSON reads and simdjson does not: numbers beyond the range of a double or 64 bits.
    problem.detail = "not valid JSON: a number is out of range";
  }
  return problem;
}

} // namespace terracat::json
