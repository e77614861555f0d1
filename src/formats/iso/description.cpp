#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/extents.hpp"
#include "formats/words/progress.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

using model::LocalText;

/// MD_MaintenanceFrequencyCode of ISO 19115:2003 and 19115-1:2014.
constexpr std::array<std::string_view, 15> frequency_codes{
    "continual",  "daily",      "weekly",   "fortnightly", "monthly",
    "quarterly",  "biannually", "annually", "asNeeded",    "irregular",
    "notPlanned", "unknown",    "periodic", "semimonthly", "biennially"};

std::string listed(xml::Node property, std::span<std::string_view const> known, Draft& draft) {
  auto value = code(property, known);
  if (is_known(value, known) || value.empty()) return value;
  if (!says_nothing(value)) draft.note(FindingCode::code_unknown, property, value);
  return {};
}

// ---- Resolution

struct Unit {
  std::string_view written;
  std::string_view unit;
  double factor;
};

/// Units of length in metres and of angle in degrees; the numbers are codes of EPSG.
constexpr std::array units{
    Unit{"m", "m", 1},
    Unit{"metre", "m", 1},
    Unit{"metres", "m", 1},
    Unit{"meter", "m", 1},
    Unit{"meters", "m", 1},
    Unit{"9001", "m", 1},
    Unit{"metre s", "m", 1},
    Unit{"km", "m", 1'000},
    Unit{"kilometre", "m", 1'000},
    Unit{"kilometres", "m", 1'000},
    Unit{"kilometer", "m", 1'000},
    Unit{"kilometers", "m", 1'000},
    Unit{"9036", "m", 1'000},
    Unit{"cm", "m", 0.01},
    Unit{"centimetre", "m", 0.01},
    Unit{"mm", "m", 0.001},
    Unit{"deg", "degree", 1},
    Unit{"degree", "degree", 1},
    Unit{"degrees", "degree", 1},
    Unit{"dd", "degree", 1},
    Unit{"9102", "degree", 1},
    Unit{"9122", "degree", 1},
    Unit{"decimal degree", "degree", 1},
    Unit{"decimal degrees", "degree", 1},
    Unit{"arcsec", "degree", 1.0 / 3'600},
    Unit{"arcsecond", "degree", 1.0 / 3'600},
    Unit{"arc second", "degree", 1.0 / 3'600},
    Unit{"arcmin", "degree", 1.0 / 60},
};

/// `m` of "m", "urn:ogc:def:uom:EPSG::9001", "http://…/ML_gmxUom.xml#m".
model::Resolution with_unit(double value, std::string_view uom) {
  auto const written = stripped(uom);
  auto last = written;
  if (auto const cut = written.find_last_of("#:/"); cut != std::string_view::npos) {
    last = written.substr(cut + 1);
  }
  if (written == "°") return {.value = value, .unit = "degree"};
  auto const word = folded(last);
  auto const* const found = std::ranges::find(units, word, &Unit::written);
  if (found == units.end()) return {.value = value, .unit = one_line(last)};
  return {.value = value * found->factor, .unit = std::string(found->unit)};
}

void add_resolution(model::Resolution resolution, Draft& draft) {
  auto& known = draft.parts.resolutions;
  constexpr std::size_t most = 200;
  bool const is_new = std::ranges::find(known, resolution) == known.end();
  if (!(resolution.value > 0) || !is_new) return;
  if (known.size() >= most) return draft.left_out("resolutions", most);
  known.push_back(std::move(resolution));
}

void read_resolution(xml::Node resolution, Draft& draft) {
  for (auto const denominator : resolution.all("equivalentScale/*/denominator")) {
    if (auto const number = read_number(line(denominator)).value) {
      add_resolution({.value = *number, .unit = "scale"}, draft);
    }
  }
  for (auto const* const name : {"distance", "angularDistance"}) {
    for (auto const distance : resolution.children(name)) {
      auto const text = line(distance);
      auto const number = read_number(text);
      auto unit = distance.child().attribute("uom");
      if (number.value) {
        add_resolution(with_unit(*number.value, unit), draft);
      } else if (is_placeholder(text)) {
        draft.note(FindingCode::text_placeholder, distance, text);
      }
    }
  }
}

// ---- Reference system

bool is_epsg_number(std::string_view text) noexcept {
  return (text.size() == 4 || text.size() == 5) &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The number behind `EPSG` in "EPSG:4326", "urn:ogc:def:crs:EPSG::2154",
/// ".../def/crs/EPSG/0/3035", "RGF93 / Lambert-93 (EPSG:2154)"; empty if there is none.
std::string_view epsg_number_in(std::string_view text) {
  auto const at = lowered(text).find("epsg");
  if (at == std::string::npos) return {};
  for (auto const part : split(text.substr(at + 4), ":/#() ,;")) {
    if (is_epsg_number(part)) return part;
    // A version may come first.
    if (part.find_first_not_of("0123456789.") != std::string_view::npos) return {};
  }
  return {};
}

/// `EPSG:4326` for whatever form a source gives the code of a reference system.
std::string crs_of(std::string_view code, std::string_view space) {
  if (auto const number = epsg_number_in(code); !number.empty()) {
    return "EPSG:" + std::string(number);
  }
  bool const is_of_epsg = space.empty() || lowered(space).find("epsg") != std::string::npos;
  if (is_of_epsg && is_epsg_number(code)) return "EPSG:" + std::string(code);
  auto const plain = folded(code);
  if (plain.find("crs84") != std::string::npos) return "OGC:CRS84";
  if (plain == "wgs84" || plain == "wgs 84" || plain == "wgs 1984") return "EPSG:4326";
  return {};
}

void read_reference_system(xml::Node metadata, Draft& draft) {
  for (auto const identifier : metadata.all("referenceSystemInfo/*/referenceSystemIdentifier/*")) {
    auto const property = identifier.child("code");
    auto const space = line(identifier.child("codeSpace"));
    for (auto const& code :
         {line(property), std::string(anchor(property)), line(identifier.child("description"))}) {
      if (draft.parts.crs.empty()) draft.parts.crs = crs_of(code, space);
    }
  }
}

// ---- Lineage

void add_text(std::vector<LocalText>& texts, LocalText text, Draft& draft) {
  // Some records list every file that they were made of.
  constexpr std::size_t most = 60;
  bool const is_new = std::ranges::find(texts, text) == texts.end();
  if (says_nothing(text.first()) || !is_new) return;
  if (texts.size() >= most) return draft.left_out("paragraphs", most);
  texts.push_back(std::move(text));
}

void read_lineage(xml::Node metadata, Draft& draft) {
  std::vector<LocalText> texts;
  auto lineages = metadata.all("dataQualityInfo/*/lineage/*");
  for (auto const modern : metadata.all("resourceLineage/*")) lineages.push_back(modern);
  for (auto const lineage : lineages) {
    add_text(texts, prose_in_languages(lineage.child("statement"), draft), draft);
    for (auto const* const path : {"processStep/*/description", "source/*/description"}) {
      for (auto const description : lineage.all(path)) {
        add_text(texts, prose_in_languages(description, draft), draft);
      }
    }
  }
  draft.parts.lineage = joined(texts, "\n\n");
}

void read_abstract(xml::Node identification, Draft& draft) {
  std::vector<LocalText> texts;
  auto const property = identification.child("abstract");
  add_text(texts, prose_in_languages(property, draft), draft);
  if (texts.empty()) draft.note(FindingCode::abstract_missing, identification);
  add_text(texts, prose_in_languages(identification.child("supplementalInformation"), draft),
           draft);
  draft.parts.description = joined(texts, "\n\n");
}

} // namespace

void read_description(xml::Node metadata, xml::Node identification, Draft& draft) {
  read_abstract(identification, draft);
  draft.parts.purpose = prose_in_languages(identification.child("purpose"), draft);
  for (auto const resolution : identification.all("spatialResolution/*")) {
    read_resolution(resolution, draft);
  }
  for (auto const status : identification.children("status")) {
    if (draft.parts.status.empty()) draft.parts.status = listed(status, progress_codes, draft);
  }
  for (auto const frequency :
       identification.all("resourceMaintenance/*/maintenanceAndUpdateFrequency")) {
    if (draft.parts.frequency.empty()) {
      draft.parts.frequency = listed(frequency, frequency_codes, draft);
    }
  }
  read_reference_system(metadata, draft);
  read_lineage(metadata, draft);
}

} // namespace terracat::formats::iso
