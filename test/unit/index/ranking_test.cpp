// Which record answers a question best, and why.

#include "index/ranking.hpp"

#include "store/memory/memory_store.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

#include <cmath>
#include <map>

using namespace terracat;
using namespace terracat::index;

namespace {

struct Sketch {
  std::string id;
  std::string title;
  std::string description;
  std::string language = "en";
};

/// A few records, and questions about them.
class Library {
 public:
  explicit Library(std::vector<Sketch> const& sketches) {
    auto const writer = store_->writer();
    writer->begin();
    for (auto const& sketch : sketches) {
      model::RecordParts parts;
      parts.native_id = "native-" + sketch.id;
      parts.title = model::LocalText(sketch.language, sketch.title);
      parts.description = model::LocalText(sketch.language, sketch.description);
      auto write = test::record_write(sketch.id, sketch.title);
      write.words = maker_.of(model::Record::make(std::move(parts)).value());
      auto const number = writer->put(write);
      writer->put_identifier(sketch.id, "id", number);
      ids_.emplace(number, sketch.id);
    }
    writer->commit();
    reader_->begin();
  }

  std::vector<std::string> ask(std::string_view text, Expander const& expand = {}) {
    WordLookup const lookup(*reader_);
    question_ = read_question(text, maker_, lookup, expand);
    std::vector<std::string> out;
    there_.clear();
    auto const locate = [this](RecordNumber number) -> std::optional<model::Bbox> {
      auto const found = boxes.find(ids_.at(number));
      return found == boxes.end() ? std::nullopt : std::optional(found->second);
    };
    auto const ranking = rank(question_, maker_, lookup, 100, locate, by_word);
    is_cut = ranking.is_cut;
    for (auto const& one : ranking.records) {
      out.push_back(ids_.at(one.record));
      if (one.is_there) there_.push_back(out.back());
    }
    return out;
  }

  /// Of what was found last, what is in the places of the question or names them.
  [[nodiscard]] std::vector<std::string> const& there() const { return there_; }

  /// Of the question that was asked last.
  std::vector<Reason> why(std::string_view id) {
    auto const box = boxes.find(std::string(id));
    return reasons(question_, maker_,
                   reader_->record_words(reader_->record_by_id(id).value()).value(),
                   box == boxes.end() ? std::nullopt : std::optional(box->second));
  }

  [[nodiscard]] Question const& question() const { return question_; }

  std::map<std::string, model::Bbox> boxes; ///< of records, by id
  std::size_t by_word = most_by_word;
  bool is_cut = false; ///< of the question that was asked last

 private:
  WordMaker maker_;
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  std::unique_ptr<store::Reader> reader_ = store_->reader();
  std::map<RecordNumber, std::string> ids_;
  Question question_;
  std::vector<std::string> there_;
};

using Ids = std::vector<std::string>;

/// What else there is, so that no word stands in half of the records.
std::vector<Sketch> with_others(std::vector<Sketch> sketches) {
  for (auto const* const word : {"wind", "soil", "tree", "cloud", "river", "quake"}) {
    sketches.push_back(
        {std::string("x-") + word, std::string("Maps of ") + word, "Made in a year"});
  }
  return sketches;
}

std::vector<Expansion> rain(std::string_view text) {
  if (text != "pluie") return {};
  return {{"précipitations", "fr", 1}, {"rainfall", "en", 0.9}, {"rain gauge", "en", 0.5}};
}

} // namespace

TEST_CASE("who has more of the question comes first") {
  Library library(with_others({{"ice", "Ice", "Of a glacier"},
                               {"both", "Ice of the sea", "A year"},
                               {"sea", "Sea", "Of a year"}}));
  CHECK(library.ask("sea ice").front() == "both");
  CHECK(library.ask("sea ice").size() == 3);
  CHECK(library.ask("icicle").empty());
  CHECK(library.ask("").empty());
  CHECK(library.ask("of the").empty());
}

TEST_CASE("who wants it quickly has the best records for each word compared alone") {
  Library library(with_others(
      {{"ice", "Ice", "Ice of ice"}, {"both", "Sea ice", "A year"}, {"sea", "Sea", "Sea of sea"}}));
  library.by_word = 1;
  CHECK(library.ask("sea ice") == Ids{"both", "sea", "ice"}); // the words together are a phrase
  CHECK(library.is_cut);
  CHECK(library.ask("ice") == Ids{"ice"});
  library.by_word = 3;
  CHECK(library.ask("ice") == Ids{"ice", "both"});
  CHECK_FALSE(library.is_cut);
}

TEST_CASE("words that stand together count more") {
  Library library(with_others({{"apart", "Maps", "the sea in winter, the ice"},
                               {"together", "Maps", "the winter of the sea ice"}}));
  auto const known = [](std::string_view text) {
    return text == "sea ice" ? std::vector<Expansion>{{"sea ice", "en", 1}}
                             : std::vector<Expansion>{};
  };
  CHECK(library.ask("sea ice", known) == Ids{"together", "apart"});
  CHECK(library.question().parts.size() == 1);
}

TEST_CASE("accents, case and number make no difference, nor does the language of the question") {
  Library library(with_others({{"debit", "Débits des rivières", "Mesures de l'eau", "fr"}}));
  CHECK(library.ask("debit de RIVIERE") == Ids{"debit"});
  CHECK(library.ask("the rivières").front() == "debit");
}

TEST_CASE("an acronym in its own case comes before the same letters") {
  Library library(with_others({{"film", "The film E. T. et al", "et"},
                               {"word", "Data of et al", "no more"},
                               {"evapo", "Maps of ET", "Water that leaves"}}));
  CHECK(library.ask("ET").front() == "evapo");
}

TEST_CASE("what says the same counts, the best of it, and no more than what was typed") {
  Library library(with_others({{"typed", "Pluie", "D'une année", "fr"},
                               {"english", "Rainfall", "Of one year"},
                               {"gauge", "Rain gauge", "Of one year"}}));
  CHECK(library.ask("pluie") == Ids{"typed"});
  CHECK(library.ask("pluie", rain) == Ids{"typed", "english", "gauge"});
  auto const why = library.why("english");
  REQUIRE(why.size() == 1);
  CHECK(why[0].kind == Reason::Kind::related);
  CHECK(why[0].text == "pluie");
  CHECK(why[0].label == "rainfall");
  CHECK(why[0].field == WordField::title);
  CHECK(library.why("typed").at(0).kind == Reason::Kind::typed);
}

TEST_CASE("a mistyped word is taken for one that is there, a word that is there is not") {
  Library library(with_others({{"rain", "Precipitation", "Of a year"},
                               {"seal", "Seals", "Of a coast"},
                               {"sea", "Sea", "Of a year"}}));
  CHECK(library.ask("precipitatoin") == Ids{"rain"});
  CHECK(library.why("rain").at(0).kind == Reason::Kind::meant);
  CHECK(library.ask("seals") == Ids{"seal"});
  CHECK(library.ask("xyzzy").empty());
  CHECK(library.ask("seabed").empty()); // nor is a word for a short one that others begin with
}

TEST_CASE("what is named outright comes first") {
  Library library(with_others({{"much", "Sea ice of the sea", "sea sea sea ice"},
                               {"sea_1", "Other", "Nothing"},
                               {"title", "The sea", "Nothing"}}));
  CHECK(library.ask("sea_1").front() == "sea_1");
  CHECK(library.ask("sea").front() == "title");
}

namespace {

model::Bbox box(double west, double south, double east, double north) {
  return model::Bbox::make(west, south, east, north).value();
}

std::vector<Expansion> alps(std::string_view text) {
  if (text != "Alps") return {};
  return {{.label = "Alpes", .language = "fr", .weight = 1, .bbox = box(5, 44, 16, 48)},
          {.label = "Alps", .language = "en", .weight = 1}};
}

} // namespace

TEST_CASE("where a question names a place, what lies there comes before what does not") {
  Library library(with_others({{"away", "Rainfall", "Of a year"},
                               {"world", "Rainfall", "Of a year"},
                               {"silent", "Rainfall", "Of a year"},
                               {"inside", "Rainfall", "Of a year"},
                               {"named", "Rainfall of the Alps", "Of a year"}}));
  library.boxes = {{"away", box(-60, -10, -50, 0)},
                   {"world", model::Bbox::world()},
                   {"inside", box(6, 45, 7, 46)},
                   {"x-wind", box(6, 45, 7, 46)}};
  auto const found = library.ask("rainfall in the Alps", alps);
  CHECK(found == Ids{"named", "inside", "world", "silent", "away"});
  CHECK(library.there() == Ids{"named", "inside", "world"});
  auto const why = library.why("inside");
  REQUIRE(why.size() == 2);
  CHECK(why[1].kind == Reason::Kind::located);
  CHECK(why[1].text == "Alps");
  CHECK(why[1].label == "Alpes");
  CHECK(library.why("away").size() == 1);
  CHECK(library.why("named").back().kind == Reason::Kind::typed);
}

TEST_CASE("a place alone is asked for by its names") {
  Library library(with_others({{"inside", "Snow", "Of a year"}, {"named", "Alpes", "", "fr"}}));
  library.boxes = {{"inside", box(6, 45, 7, 46)}};
  CHECK(library.ask("Alps", alps) == Ids{"named"});
}

TEST_CASE("a record is the nearer to a place the more of it lies there") {
  auto const place = box(0, 0, 10, 10);
  CHECK(nearness(place, box(20, 20, 30, 30)) == 0);
  CHECK(nearness(place, box(2, 2, 3, 3)) == 1);
  CHECK(nearness(place, box(5, 5, 5, 5)) == 1); // a station
  CHECK(nearness(place, place) == 1);
  // Where it is only guessed to be counts half.
  CHECK(nearness(place, RecordPlace(box(2, 2, 3, 3), "title")) == 0.5);
  CHECK(nearness(place, RecordPlace(box(20, 20, 30, 30), "title")) == 0);
  // A quarter of it lies there.
  CHECK(nearness(place, box(5, 5, 15, 15)) == Approx(std::pow(0.25, 0.4)).epsilon(1e-3));
  // Of the whole Earth 100 / 64,800.
  CHECK(nearness(place, model::Bbox::world()) == Approx(0.07505).epsilon(1e-3));
}

TEST_CASE("nearness knows the antimeridian") {
  auto const fiji = box(174, -21, -178, -12);
  CHECK(nearness(fiji, box(-180, -20, -179, -19)) == 1);
  CHECK(nearness(fiji, box(-170, -20, -160, -19)) == 0);
  // Of its 6 degrees the 5 from 177 to -178.
  CHECK(nearness(fiji, box(177, -20, -177, -19)) == Approx(std::pow(5.0 / 6, 0.4)).epsilon(1e-3));
}

namespace {

model::Instant day(std::string_view text) {
  return model::parse_rfc3339(std::string(text) + "T00:00:00Z").value();
}

model::Interval between(std::string_view first, std::string_view last) {
  return model::Interval::make(model::Bound::at(day(first)), model::Bound::at(day(last))).value();
}

} // namespace

TEST_CASE("times have in common what the shorter one shares with the other") {
  AskedTime const asked{.first = day("2015-01-01"), .last = day("2015-12-31")};
  CHECK(common_time(asked, between("1980-01-01", "2020-01-01")) == 1);
  CHECK(common_time(asked, between("2015-03-01", "2015-03-01")) == 1);
  CHECK(common_time(asked, between("2016-01-01", "2017-01-01")) == 0);
  CHECK(common_time(asked, between("2015-12-21", "2016-01-10")) ==
        Approx(0.5).margin(0.001)); // ten days of twenty
  auto const since_may =
      model::Interval::make(model::Bound::at(day("2015-05-01")), model::Bound::open()).value();
  CHECK(common_time(asked, since_may) == 1);
  auto const from_later =
      model::Interval::make(model::Bound::at(day("2019-05-01")), model::Bound::open()).value();
  CHECK(common_time(asked, from_later) == 0);
}

TEST_CASE("what is of another time comes behind, and what does not say between") {
  RecordNumber const early{1};
  RecordNumber const silent{2};
  RecordNumber const late{3};
  Ranking ranking{.records = {{.record = early, .score = 10},
                              {.record = silent, .score = 9},
                              {.record = late, .score = 8}}};
  weigh_times(ranking, {.first = day("2015-01-01"), .last = day("2015-12-31")},
              [&](RecordNumber number) -> std::optional<model::Interval> {
                if (number == early) return between("1990-01-01", "1991-01-01");
                if (number == late) return between("2010-01-01", "2020-01-01");
                return std::nullopt;
              });
  REQUIRE(ranking.records.size() == 3);
  CHECK(ranking.records[0].record == late);
  CHECK(ranking.records[0].score == 8);
  CHECK(ranking.records[1].record == silent);
  CHECK(ranking.records[1].score == Approx(7.65));
  CHECK(ranking.records[2].record == early);
  CHECK(ranking.records[2].score == Approx(7));
}
