#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

using model::LocalText;

/// The axes of a grid stand beside its variables in what is made from NetCDF files.
bool is_axis(std::string_view name) {
  constexpr std::array<std::string_view, 10> axes{"lat", "latitude", "lon", "longitude", "time",
                                                  "x",   "y",        "z",   "crs",       "depth"};
  return std::ranges::find(axes, folded(name)) != axes.end();
}

LocalText name_of_band(xml::Node band, Draft& draft) {
  // `descriptor` in 19139, `description` in 19115-3.
  for (auto const* const name : {"descriptor", "description"}) {
    if (auto text = name_in_languages(band.child(name), draft); !text.empty()) return text;
  }
  if (auto text = name_in_languages(band.at("name/*/code"), draft); !text.empty()) return text;
  return name_in_languages(band.at("sequenceIdentifier/*/aName"), draft);
}

void add_variable(LocalText name, Draft& draft) {
  if (says_nothing(name.first()) || is_axis(name.first())) return;
  draft.add_new(draft.parts.variables, std::move(name));
}

void read_coverage(xml::Node content, Draft& draft) {
  auto const attribute = content.child("attributeDescription");
  auto name = name_in_languages(attribute, draft);
  if (name.empty()) name = LocalText(one_line(attribute.child().attribute("title")));
  // With the quantity named, the dimensions say no more than its unit.
  if (!says_nothing(name.first())) {
    add_variable(std::move(name), draft);
    return;
  }
  for (auto const* const path : {"dimension/*", "attributeGroup/*/attribute/*"}) {
    for (auto const band : content.all(path)) {
      if (is_axis(line(band.at("sequenceIdentifier/*/aName")))) continue;
      add_variable(name_of_band(band, draft), draft);
    }
  }
}

/// A platform or an instrument by its title, else its code, else a description that is short enough
/// for a name.
LocalText equipment_name(xml::Node object, Draft& draft) {
  constexpr std::size_t longest = 100;
  auto const is_name = [](LocalText const& text) {
    return !says_nothing(text.first()) && !is_absolute_uri(text.first()) &&
           text.first().size() <= longest;
  };
  for (auto const* const path :
       {"citation/*/title", "identifier/*/code", "identifier", "description", "type"}) {
    if (auto text = name_in_languages(object.at(path), draft); is_name(text)) return text;
  }
  return {};
}

} // namespace

void read_content(xml::Node metadata, Draft& draft) {
  for (auto const content : metadata.all("contentInfo/*")) read_coverage(content, draft);
  for (auto const acquisition : metadata.all("acquisitionInformation/*")) {
    for (auto const* const path : {"platform/*", "instrument/*/mountedOn/*"}) {
      for (auto const platform : acquisition.all(path)) {
        draft.add_new(draft.parts.platforms, equipment_name(platform, draft));
      }
    }
    for (auto const* const path : {"instrument/*", "platform/*/instrument/*"}) {
      for (auto const instrument : acquisition.all(path)) {
        draft.add_new(draft.parts.instruments, equipment_name(instrument, draft));
      }
    }
  }
}

} // namespace terracat::formats::iso
