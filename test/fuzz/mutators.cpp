#include "fuzz/mutators.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace terracat::fuzz {
namespace {

using test::Random;
using namespace std::string_view_literals;

std::size_t below(std::size_t limit, Random& dice) {
  return static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(limit) - 1));
}

/// One of the places, or any if there is none.
std::size_t one_of(std::vector<std::size_t> const& places, std::string_view text, Random& dice) {
  return places.empty() ? below(text.size() + 1, dice) : places[below(places.size(), dice)];
}

std::vector<std::size_t> places_of(std::string_view characters, std::string_view text) {
  std::vector<std::size_t> out;
  for (auto at = text.find_first_of(characters); at != text.npos;
       at = text.find_first_of(characters, at + 1)) {
    out.push_back(at);
  }
  return out;
}

struct Slice {
  std::size_t at;
  std::size_t size;
};

Slice slice_of(std::string_view text, Random& dice) {
  auto const at = below(text.size(), dice);
  return {at, 1 + below(std::min<std::size_t>(text.size() - at, 200), dice)};
}

std::string with(std::string_view text, std::size_t at, std::size_t size, std::string_view other) {
  std::string out(text);
  out.replace(at, size, other);
  return out;
}

bool is_xml(std::string_view text) {
  auto const first = text.find_first_of("<{[");
  return first != text.npos && text[first] == '<';
}

template<std::size_t count>
std::string_view any(std::array<std::string_view, count> const& choices, Random& dice) {
  return choices[below(count, dice)];
}

// ---- What does not ask for a format

std::string cut(std::string_view text, Random& dice) {
  return std::string(text.substr(0, below(text.size(), dice)));
}

std::string drop(std::string_view text, Random& dice) {
  auto const [at, size] = slice_of(text, dice);
  return with(text, at, size, {});
}

std::string repeat(std::string_view text, Random& dice) {
  auto const [at, size] = slice_of(text, dice);
  return with(text, at, 0, text.substr(at, size));
}

std::string move(std::string_view text, Random& dice) {
  auto const [at, size] = slice_of(text, dice);
  auto const rest = with(text, at, size, {});
  return with(rest, below(rest.size() + 1, dice), 0, text.substr(at, size));
}

std::string flip(std::string_view text, Random& dice) {
  std::string out(text);
  for (auto count = 1 + below(4, dice); count > 0; --count) {
    auto& byte = out[below(out.size(), dice)];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ 1U << below(8, dice));
  }
  return out;
}

std::string insert_noise(std::string_view text, Random& dice) {
  constexpr std::array noises{"\0"sv,           "\x01"sv,         "\xff\xfe"sv,
                              "\xc0\xaf"sv,     "\xed\xa0\x80"sv, "\xef\xbb\xbf"sv,
                              "\xe2\x80\xae"sv, "\x7f"sv,         "\xf4\x90\x80\x80"sv,
                              "\r"sv,           "\xef\xbf\xbf"sv};
  return with(text, below(text.size() + 1, dice), 0, any(noises, dice));
}

/// As an editor of another age or another system would have saved it.
std::string encode(std::string_view text, Random& dice) {
  auto const kind = below(3, dice);
  if (kind == 0) return "\xef\xbb\xbf" + std::string(text);
  std::string out = kind == 1 ? "\xff\xfe" : "\xfe\xff";
  for (auto const c : text) {
    if (kind == 1) out += c;
    out += '\0';
    if (kind == 2) out += c;
  }
  return out;
}

// ---- What asks for a place that a reader looks at

std::string spoil_number(std::string_view text, Random& dice) {
  constexpr std::array numbers{"1e400"sv,  "-1e308"sv,
                               "NaN"sv,    "-0"sv,
                               "1,5"sv,    "0x10"sv,
                               "٣"sv,      ""sv,
                               "1e-320"sv, "99999999999999999999999"sv,
                               "181"sv,    "-90.0001"sv,
                               "540"sv,    "1.7976931348623157e308"sv};
  auto const at = one_of(places_of("0123456789", text), text, dice);
  auto const end = std::min(text.find_first_not_of("0123456789.eE+-", at), text.size());
  return with(text, at, std::max(end, at) - at, any(numbers, dice));
}

std::string spoil_date(std::string_view text, Random& dice) {
  constexpr std::array dates{"0000-00-00"sv, "2024-02-30T25:61:61Z"sv,      "-12000"sv,
                             "now"sv,        "2024-01-01T00:00:60Z"sv,      "99999-12-31"sv,
                             "1/2/2003"sv,   "2024-01-01T00:00:00+99:99"sv, ".."sv};
  std::vector<std::size_t> years;
  for (auto const at : places_of("12", text)) {
    auto const year = text.substr(at, 5);
    if (year.size() == 5 && year[4] == '-') years.push_back(at);
  }
  auto const at = one_of(years, text, dice);
  auto const end = std::min(text.find_first_of("<\"", at), text.size());
  return with(text, at, end - at, any(dates, dice));
}

std::string nest(std::string_view text, Random& dice) {
  auto const depth = dice.once_in(2) ? 70 : 20'000;
  std::string out;
  for (int i = 0; i < depth; ++i) out += is_xml(text) ? "<a>" : "[";
  auto const at = one_of(places_of(is_xml(text) ? "<" : "[{\"", text), text, dice);
  return with(text, at, 0, out);
}

/// A name that is known gets another.
std::string rename(std::string_view text, Random& dice) {
  auto const at = one_of(places_of(is_xml(text) ? ":" : "\"", text), text, dice);
  auto const begin = std::min(at + 1, text.size());
  auto const end = std::min(text.find_first_of(" >/\":=", begin), text.size());
  constexpr std::array names{""sv,         "x"sv,   "type"sv, "id"sv, "MD_Metadata"sv,
                             "DateTime"sv, "bbox"sv};
  return with(text, begin, end - begin, any(names, dice));
}

/// The part between two marks, once more: members, elements and attributes twice.
std::string double_member(std::string_view text, Random& dice) {
  auto const marks = places_of(is_xml(text) ? "> " : ",", text);
  auto const at = one_of(marks, text, dice);
  auto const next = std::ranges::upper_bound(marks, at);
  auto const end = next == marks.end() ? text.size() : *next;
  return with(text, at, 0, text.substr(at, std::max(end, at) - at));
}

std::string spoil_escape(std::string_view text, Random& dice) {
  constexpr std::array of_xml{"&#0;"sv,
                              "&#x110000;"sv,
                              "&unknown;"sv,
                              "]]>"sv,
                              "<![CDATA["sv,
                              "<!--"sv,
                              "<?x"sv,
                              "&"sv,
                              "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"sv,
                              "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]>&d;"sv};
  constexpr std::array of_json{"\\u0000"sv, "\\ud800"sv, "\\x"sv, "\\"sv,
                               "\""sv,      "\\u202e"sv, "/*"sv,  ",,"sv};
  auto const at = one_of(places_of(is_xml(text) ? ">" : "\"", text), text, dice);
  return with(text, std::min(at + 1, text.size()), 0,
              is_xml(text) ? any(of_xml, dice) : any(of_json, dice));
}

/// One text that is as long as a book.
std::string lengthen(std::string_view text, Random& dice) {
  constexpr std::array words{"a"sv, "&amp;"sv, "<b>"sv, " "sv, "é"sv, "1"sv, "-"sv, "\\n"sv};
  std::string out;
  auto const word = any(words, dice);
  while (out.size() < std::size_t{1} << 18) out += word;
  auto const at = one_of(places_of(is_xml(text) ? ">" : "\"", text), text, dice);
  return with(text, std::min(at + 1, text.size()), 0, out);
}

constexpr std::array rows{
    Mutator{"cut", cut},
    Mutator{"drop", drop},
    Mutator{"repeat", repeat},
    Mutator{"move", move},
    Mutator{"flip", flip},
    Mutator{"noise", insert_noise},
    Mutator{"encoding", encode},
    Mutator{"number", spoil_number},
    Mutator{"date", spoil_date},
    Mutator{"nest", nest},
    Mutator{"name", rename},
    Mutator{"twice", double_member},
    Mutator{"escape", spoil_escape},
    Mutator{"long", lengthen},
};

} // namespace

std::span<Mutator const> mutators() noexcept {
  return rows;
}

} // namespace terracat::fuzz
