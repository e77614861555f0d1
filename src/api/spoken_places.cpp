#include "api/spoken_places.hpp"

#include "vocabulary/guess.hpp"
#include "vocabulary/thesaurus.hpp"

namespace terracat::api {

gazetteer::IsLabel label_test(Site const& site) {
  return [&all = *site.thesaurus](std::string_view words) {
    return !all.find(words).empty() || !all.find(vocabulary::without_plurals(words)).empty();
  };
}

std::vector<gazetteer::SpokenPlace> spoken_places(Site const& site, std::string_view text) {
  return gazetteer::find_places(text, *site.places, label_test(site));
}

void tell_place(json::Writer& out, gazetteer::Place const& place,
                std::span<std::string const> languages) {
  out.name("label").string(place.label(languages));
  out.name("kind").string(gazetteer::name_of(place.kind));
  if (auto const& box = place.bbox) {
    out.name("bbox").begin_array().number(box->west()).number(box->south());
    out.number(box->east()).number(box->north()).end_array();
  }
  out.member("uri", place.uri());
}

std::string text_of(model::Bbox const& box) {
  json::Writer out;
  out.begin_array().number(box.west()).number(box.south());
  auto const list = out.number(box.east()).number(box.north()).end_array().take();
  return list.substr(1, list.size() - 2);
}

} // namespace terracat::api
