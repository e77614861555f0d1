#include "formats/xml/xml_encoding.hpp"

#include "formats/words/text.hpp"
#include "formats/words/utf8.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>

namespace terracat::formats::xml {
namespace {

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};

using namespace std::string_view_literals;

/// Byte order marks; the longer ones first, for that of UTF-32 begins like that of UTF-16.
constexpr std::array marks{
    Mark{"\xFF\xFE\0\0"sv, "utf-32le"}, Mark{"\0\0\xFE\xFF"sv, "utf-32be"},
    Mark{"\xEF\xBB\xBF"sv, "utf-8"},    Mark{"\xFF\xFE"sv, "utf-16le"},
    Mark{"\xFE\xFF"sv, "utf-16be"},
};

/// How `<` or `<?` begins a document without byte order mark.
constexpr std::array first_characters{
    Mark{"<\0\0\0"sv, "utf-32le"},
    Mark{"\0\0\0<"sv, "utf-32be"},
    Mark{"<\0"sv, "utf-16le"},
    Mark{"\0<"sv, "utf-16be"},
};

/// The value of `encoding` in the XML declaration, in lower case; empty if there is none.
std::string declared_encoding(std::string_view document) {
  if (!document.starts_with("<?xml")) return {};
  auto const declaration = document.substr(0, std::min(document.find("?>"), std::size_t{200}));
  auto const name = declaration.find("encoding");
  if (name == std::string_view::npos) return {};
  auto const open = declaration.find_first_of("\"'", name);
  if (open == std::string_view::npos) return {};
  auto const close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return lowered(declaration.substr(open + 1, close - open - 1));
}

/// ICU knows many more encodings, among them some that hide markup in ordinary letters (UTF-7).
bool is_accepted(std::string_view encoding) noexcept {
  constexpr std::array<std::string_view, 5> prefixes{"iso-8859-", "iso8859-", "windows-125",
                                                     "cp125", "utf-32"};
  constexpr std::array<std::string_view, 6> names{"utf-16le", "utf-16be", "us-ascii",
                                                  "ascii",    "latin1",   "latin-1"};
  return std::ranges::any_of(prefixes, [&](auto prefix) { return encoding.starts_with(prefix); }) ||
         std::ranges::find(names, encoding) != names.end();
}

bool is_latin_1(std::string_view encoding) noexcept {
  constexpr std::array<std::string_view, 6> names{"iso-8859-1", "iso8859-1", "latin1",
                                                  "latin-1",    "us-ascii",  "ascii"};
  return std::ranges::find(names, encoding) != names.end();
}

/// What is declared as Latin-1 is often Windows-1252, which has letters and quotes where Latin-1
/// has only control characters that no text holds. Browsers read it so, too.
std::string_view as_meant(std::string_view encoding) noexcept {
  return is_latin_1(encoding) ? "windows-1252" : encoding;
}

struct ConverterDeleter {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};

std::optional<std::string> converted(std::string_view bytes, std::string_view encoding) {
  auto status = U_ZERO_ERROR;
  std::unique_ptr<UConverter, ConverterDeleter> const converter(
      ucnv_open(std::string(as_meant(encoding)).c_str(), &status));
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  auto const length = static_cast<std::int32_t>(bytes.size());
  icu::UnicodeString text;
  // None of the accepted encodings makes more than one unit of UTF-16 of one byte.
  auto* const buffer = text.getBuffer(length + 1);
  if (buffer == nullptr) throw std::bad_alloc();
  auto const units =
      ucnv_toUChars(converter.get(), buffer, length + 1, bytes.data(), length, &status);
  text.releaseBuffer(U_SUCCESS(status) ? units : 0);
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::optional<std::string> checked(std::string_view bytes) {
  if (!is_utf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

} // namespace

std::optional<std::string> to_utf8(std::string_view document) {
  constexpr std::size_t longest = std::size_t{1} << 30; // ICU counts in 32 bits
  if (document.size() > longest) return std::nullopt;
  for (auto const& mark : marks) {
    if (!document.starts_with(mark.bytes)) continue;
    document.remove_prefix(mark.bytes.size());
    if (mark.encoding == "utf-8") return checked(document);
    return converted(document, mark.encoding);
  }
  for (auto const& first : first_characters) {
    if (document.starts_with(first.bytes)) return converted(document, first.encoding);
  }
  auto const declared = declared_encoding(document);
  // Whoever declares UTF-16 in single bytes has recoded the document and left the declaration.
  bool const is_recoded = declared.starts_with("utf-16") || declared.starts_with("utf-32");
  if (declared.empty() || declared == "utf-8" || declared == "utf8" || is_recoded) {
    return checked(document);
  }
  if (!is_accepted(declared)) return std::nullopt;
  // An accented letter of Latin-1 is hardly ever part of valid UTF-8: the declaration is a
  // leftover.
  if (is_latin_1(declared) && is_utf8(document)) return std::string(document);
  return converted(document, declared);
}

} // namespace terracat::formats::xml
