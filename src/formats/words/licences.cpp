#include "formats/words/licences.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <vector>

namespace terracat::formats {
namespace {

struct Row {
  std::string_view sign; ///< part of an address in lower case, or words of a folded text
  std::string_view spdx;
};

constexpr std::array addresses{
    Row{"creativecommons.org/publicdomain/zero/1.0", "CC0-1.0"},
    Row{"opendatacommons.org/licenses/odbl", "ODbL-1.0"},
    Row{"opendatacommons.org/licenses/by", "ODC-By-1.0"},
    Row{"opendatacommons.org/licenses/pddl", "PDDL-1.0"},
    Row{"etalab-licence-ouverte-v2.0", "etalab-2.0"},
    Row{"etalab.gouv.fr/wp-content/uploads/2018/11/open-licence.pdf", "etalab-2.0"},
    Row{"github.com/etalab/licence-ouverte/blob/master/lo.md", "etalab-2.0"},
    Row{"opensource.org/licenses/mit", "MIT"},
    Row{"opensource.org/license/mit", "MIT"},
    Row{"apache.org/licenses/license-2.0", "Apache-2.0"},
    Row{"opensource.org/licenses/bsd-3-clause", "BSD-3-Clause"},
    Row{"eupl.eu/1.2", "EUPL-1.2"},
    Row{"open-government-licence/version/3", "OGL-UK-3.0"},
    Row{"open-government-licence/version/2", "OGL-UK-2.0"},
    Row{"open-government-licence/version/1", "OGL-UK-1.0"},
    Row{"govdata.de/dl-de/by-2-0", "DL-DE-BY-2.0"},
    Row{"govdata.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0"},
};

/// Licences by name. A name without identifier is known to be a licence of several versions, of
/// which the text says none.
constexpr std::array licence_names{
    Row{"cc0", "CC0-1.0"},
    Row{"cc zero", "CC0-1.0"},
    Row{"creative commons zero", "CC0-1.0"},
    Row{"odbl", "ODbL-1.0"},
    Row{"open database license", "ODbL-1.0"},
    Row{"open database licence", "ODbL-1.0"},
    Row{"odc by", "ODC-By-1.0"},
    Row{"open data commons attribution", "ODC-By-1.0"},
    Row{"pddl", "PDDL-1.0"},
    Row{"public domain dedication and license", "PDDL-1.0"},
    Row{"mit license", "MIT"},
    Row{"licence mit", "MIT"},
    Row{"apache license version 2 0", "Apache-2.0"},
    Row{"apache license 2 0", "Apache-2.0"},
    Row{"apache 2 0", "Apache-2.0"},
    Row{"etalab 2 0", "etalab-2.0"},
    Row{"licence ouverte 2 0", "etalab-2.0"},
    Row{"licence ouverte v2 0", "etalab-2.0"},
    Row{"licence ouverte version 2 0", "etalab-2.0"},
    Row{"licence ouverte etalab 2 0", "etalab-2.0"},
    Row{"licence ouverte etalab version 2 0", "etalab-2.0"},
    Row{"licence ouverte open licence 2 0", "etalab-2.0"},
    Row{"licence ouverte open licence v2 0", "etalab-2.0"},
    Row{"licence ouverte open licence version 2 0", "etalab-2.0"},
    Row{"open licence 2 0", "etalab-2.0"},
    Row{"open licence version 2 0", "etalab-2.0"},
    Row{"licence ouverte", ""},
    Row{"open licence", ""},
    Row{"open government licence v3 0", "OGL-UK-3.0"},
    Row{"open government licence 3 0", "OGL-UK-3.0"},
};

/// Those of SPDX that data and the programs beside them have, apart from Creative Commons' with
/// conditions.
constexpr std::array<std::string_view, 46> identifiers{"CC0-1.0",
                                                       "PDDL-1.0",
                                                       "ODbL-1.0",
                                                       "ODC-By-1.0",
                                                       "etalab-2.0",
                                                       "OGL-UK-1.0",
                                                       "OGL-UK-2.0",
                                                       "OGL-UK-3.0",
                                                       "OGL-Canada-2.0",
                                                       "NLOD-1.0",
                                                       "NLOD-2.0",
                                                       "DL-DE-BY-2.0",
                                                       "DL-DE-ZERO-2.0",
                                                       "CDLA-Permissive-1.0",
                                                       "CDLA-Permissive-2.0",
                                                       "CDLA-Sharing-1.0",
                                                       "C-UDA-1.0",
                                                       "O-UDA-1.0",
                                                       "OGC-1.0",
                                                       "MIT",
                                                       "MIT-0",
                                                       "ISC",
                                                       "0BSD",
                                                       "BSD-2-Clause",
                                                       "BSD-3-Clause",
                                                       "Apache-2.0",
                                                       "MPL-2.0",
                                                       "GPL-2.0-only",
                                                       "GPL-2.0-or-later",
                                                       "GPL-3.0-only",
                                                       "GPL-3.0-or-later",
                                                       "LGPL-2.1-only",
                                                       "LGPL-2.1-or-later",
                                                       "LGPL-3.0-only",
                                                       "LGPL-3.0-or-later",
                                                       "AGPL-3.0-only",
                                                       "AGPL-3.0-or-later",
                                                       "EUPL-1.1",
                                                       "EUPL-1.2",
                                                       "CECILL-2.1",
                                                       "CECILL-B",
                                                       "CECILL-C",
                                                       "GFDL-1.3-only",
                                                       "GFDL-1.3-or-later",
                                                       "Unlicense",
                                                       "CC-PDDC"};

struct Element {
  std::string_view words;
  std::string_view code; ///< as in the identifiers of Creative Commons
};

/// The conditions of Creative Commons, as addresses, abbreviations and sentences have them.
constexpr std::array conditions{
    Element{"attribution", "BY"},
    Element{"by", "BY"},
    Element{"noncommercial", "NC"},
    Element{"non commercial", "NC"},
    Element{"nc", "NC"},
    Element{"sharealike", "SA"},
    Element{"share alike", "SA"},
    Element{"sa", "SA"},
    Element{"noderivatives", "ND"},
    Element{"noderivs", "ND"},
    Element{"no derivatives", "ND"},
    Element{"no derivs", "ND"},
    Element{"nd", "ND"},
};

bool is_version(std::string_view version) noexcept {
  constexpr std::array<std::string_view, 5> versions{"1.0", "2.0", "2.5", "3.0", "4.0"};
  return std::ranges::find(versions, version) != versions.end();
}

/// `BY-NC-SA` and the like; others do not exist.
bool are_conditions(std::string_view codes) noexcept {
  constexpr std::array<std::string_view, 6> known{"BY",    "BY-SA",    "BY-ND",
                                                  "BY-NC", "BY-NC-SA", "BY-NC-ND"};
  return std::ranges::find(known, codes) != known.end();
}

std::string creative_commons(std::string_view codes, std::string_view version) {
  if (!are_conditions(codes) || !is_version(version)) return {};
  return "CC-" + std::string(codes) + "-" + std::string(version);
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

void add_condition(std::string& codes, std::string_view condition) {
  if (!codes.empty()) codes += '-';
  codes += condition;
}

/// What stands behind `sign` in an address, part by part.
std::vector<std::string_view> parts_behind(std::string_view address, std::string_view sign) {
  auto const at = address.find(sign);
  if (at == std::string_view::npos) return {};
  return split(address.substr(at + sign.size()), "/?#");
}

/// `CC_BY_4_0` of the code list of the Publications Office.
std::string of_authority(std::string_view code) {
  auto words = split(code, "_");
  if (words.size() < 3 || words.front() != "cc") return {};
  auto const version = std::string(words[words.size() - 2]) + "." + std::string(words.back());
  if (words[1] == "0" || words[1] == "zero") return "CC0-1.0";
  std::string codes;
  for (std::size_t i = 1; i + 2 < words.size(); ++i) {
    // BYNC, BYSA are written together there.
    for (std::size_t c = 0; c < words[i].size(); c += 2) {
      add_condition(codes, upper_ascii(words[i].substr(c, 2)));
    }
  }
  return creative_commons(codes, version);
}

/// Takes the words off the front of the text if they stand there as whole words.
bool take_words(std::string_view& text, std::string_view words) noexcept {
  if (!text.starts_with(words)) return false;
  auto const rest = text.substr(words.size());
  if (!rest.empty() && rest.front() != ' ') return false;
  text = stripped(rest);
  return true;
}

/// What follows `cc` or `creative commons`: `by nc sa 4 0`, `attribution 4 0 international`.
std::string creative_commons_of_words(std::string_view text) {
  std::string codes;
  for (bool found = true; found;) {
    found = std::ranges::any_of(conditions, [&](Element const& condition) {
      if (!take_words(text, condition.words)) return false;
      add_condition(codes, condition.code);
      return true;
    });
  }
  for (auto const* const filler : {"international", "licence", "license", "version", "v"}) {
    take_words(text, filler);
  }
  // "4.0" is folded to "4 0", and "v4.0" to "v4 0".
  if (text.starts_with('v')) text.remove_prefix(1);
  if (text.size() < 3 || text[1] != ' ' || (text.size() > 3 && text[3] != ' ')) return {};
  return creative_commons(codes, std::string{text[0], '.', text[2]});
}

/// Calls `visit(rest)` for each place where these words stand as whole words.
template<class Visitor>
void for_each_place(std::string_view text, std::string_view words, Visitor&& visit) {
  for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    auto const end = at + words.size();
    bool const begins = at == 0 || text[at - 1] == ' ';
    bool const ends = end == text.size() || text[end] == ' ';
    if (begins && ends) visit(at, stripped(text.substr(end)));
  }
}

/// Every licence that a folded text names. The empty name stands for one that has several versions,
/// of which the text says none.
std::set<std::string> licences_named(std::string_view plain) {
  std::set<std::string> found;
  for (auto const* const prefix : {"cc", "creative commons"}) {
    for_each_place(plain, prefix, [&](std::size_t, std::string_view rest) {
      bool const has_conditions =
          rest.starts_with("by") || rest.starts_with("attribution") || rest.starts_with("nc");
      if (has_conditions) found.insert(creative_commons_of_words(rest));
    });
  }
  // Of two names that begin at one place, the longer one is meant.
  auto by_length = licence_names;
  std::ranges::stable_sort(by_length, std::ranges::greater(),
                           [](Row const& row) { return row.sign.size(); });
  std::set<std::size_t> taken;
  for (auto const& row : by_length) {
    for_each_place(plain, row.sign, [&](std::size_t at, std::string_view) {
      if (taken.contains(at)) return;
      for (std::size_t i = 0; i < row.sign.size(); ++i) taken.insert(at + i);
      found.insert(std::string(row.spdx));
    });
  }
  return found;
}

} // namespace

std::string spdx_of_address(std::string_view address) {
  auto const lower = lowered(stripped(address));
  for (auto const& [sign, spdx] : addresses) {
    if (lower.find(sign) != std::string::npos) return std::string(spdx);
  }
  if (auto const parts = parts_behind(lower, "creativecommons.org/licenses/"); parts.size() >= 2) {
    auto const page = parts.size() > 2 ? parts[2] : std::string_view();
    bool const is_page = page.empty() || page.starts_with("deed") || page.starts_with("legalcode");
    // A version for one country is another licence.
    return is_page ? creative_commons(upper_ascii(parts[0]), parts[1]) : std::string();
  }
  if (auto const parts = parts_behind(lower, "/authority/licence/"); !parts.empty()) {
    return of_authority(parts.front());
  }
  return {};
}

std::string spdx_of_text(std::string_view text) {
  constexpr std::size_t longest = 2'000; // a whole licence names others
  if (text.size() > longest) return {};
  auto plain = folded(text);
  // What a licence is compatible with is another one.
  if (auto const at = plain.find(" compatible "); at != std::string::npos) plain.resize(at);
  auto const found = licences_named(plain);
  return found.size() == 1 ? *found.begin() : std::string();
}

std::string spdx_of(std::string_view text, std::string_view address) {
  if (auto spdx = spdx_of_address(address); !spdx.empty()) return spdx;
  auto const within = address_in(text);
  constexpr std::size_t longest = 300;
  if (text.size() <= longest && !within.empty()) {
    if (auto spdx = spdx_of_address(within); !spdx.empty()) return spdx;
  }
  return spdx_of_text(text);
}

std::string spdx_identifier(std::string_view text) {
  for (auto const known : identifiers) {
    if (equal_ignoring_case(known, text)) return std::string(known);
  }
  auto const upper = upper_ascii(text);
  auto const version = upper.rfind('-');
  constexpr std::string_view prefix = "CC-";
  if (!upper.starts_with(prefix) || version == std::string::npos || version < prefix.size()) {
    return {};
  }
  return creative_commons(std::string_view(upper).substr(prefix.size(), version - prefix.size()),
                          std::string_view(upper).substr(version + 1));
}

std::string_view address_in(std::string_view text) noexcept {
  auto const at = std::min(text.find("http://"), text.find("https://"));
  if (at == std::string_view::npos) return {};
  auto address = text.substr(at);
  address = address.substr(0, address.find_first_of(" \t\r\n<>\"'"));
  while (!address.empty() &&
         std::string_view(".,;:!?)]").find(address.back()) != std::string_view::npos) {
    address.remove_suffix(1);
  }
  return address;
}

} // namespace terracat::formats
