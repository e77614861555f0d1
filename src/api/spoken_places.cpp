#include "api/spoken_places.hpp"

#include "api/fit.hpp"
#include "enrich/places.hpp"
#include "vocabulary/guess.hpp"
#include "vocabulary/thesaurus.hpp"

namespace terracat::api {

namespace {

gazetteer::IsLabel label_test(vocabulary::Thesaurus const& all) {
  return [&all](std::string_view words) {
    return !all.find(words).empty() || !all.find(vocabulary::without_plurals(words)).empty();
  };
}

} // namespace

gazetteer::IsLabel label_test(Site const& site) {
  return label_test(*site.thesaurus);
}

std::vector<gazetteer::SpokenPlace> spoken_places(Site const& site, std::string_view text) {
  return gazetteer::find_places(text, *site.places, label_test(site));
}

std::shared_ptr<catalogue::Guesser const> guesser_of(Site const& site) {
  auto guess = [places = site.places, all = site.thesaurus](
                   model::Record const& record) -> std::optional<catalogue::GuessedBox> {
    auto const area = enrich::guess_area(record, *places, label_test(*all));
    if (!area) return std::nullopt;
    std::string words;
    for (auto const& place : area->places) words += (words.empty() ? "" : ", ") + place.word;
    return catalogue::GuessedBox{
        .box = area->box, .rule = enrich::name_of(area->rule), .words = std::move(words)};
  };
  // The gazetteer is part of the program.
  return std::make_shared<catalogue::Guesser const>(
      catalogue::Guesser{.rules = site.thesaurus->digest(), .guess = std::move(guess)});
}

void add_guess(catalogue::View& view, RecordNumber record, std::string& out) {
  auto const* const guess = view.guess_of(record);
  if (guess == nullptr) return;
  json::Writer members;
  members.begin_object().name("gaia:guessed").begin_object().name("bbox");
  members.raw("[" + text_of(guess->box) + "]");
  members.name("rule").string(guess->rule).name("from").string(guess->words);
  auto const text = members.end_object().end_object().take();
  add_members(std::string_view(text).substr(1, text.size() - 2), out);
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
