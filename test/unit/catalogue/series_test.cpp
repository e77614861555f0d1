// Of a series the first ones stand for the others.

#include "catalogue/series.hpp"

#include "catalogue/roll.hpp"

#include "support/catch.hpp"

using namespace terracat;
using catalogue::Hit;
using catalogue::Roll;
using Catch::Detail::Approx;

namespace {

struct Sketch {
  std::string title;
  std::string producer = {};
  std::vector<std::string> keywords = {};
};

/// Records with the numbers 1, 2, ... in that order.
class Shelf {
 public:
  explicit Shelf(std::vector<Sketch> const& sketches) {
    std::vector<Roll::Row> rows;
    for (auto const& sketch : sketches) {
      auto const number = RecordNumber{static_cast<std::int64_t>(rows.size() + 1)};
      // Rolls are sorted by this key: rows stand as the sketches do.
      auto entry = std::make_shared<catalogue::Entry>(catalogue::Entry{.number = number});
      entry->title_key = std::string(3, static_cast<char>(rows.size() + 1));
      rows.push_back({entry, facts(sketch), false});
    }
    roll_ = std::make_unique<Roll>(catalogue::RollEdition(), std::move(rows));
  }

  /// Hits with those scores, of each record in turn, damped.
  std::vector<Hit> damped(std::vector<double> const& scores) {
    std::vector<Hit> hits;
    for (std::uint32_t row = 0; row < scores.size(); ++row) {
      hits.push_back({.row = row, .score = scores[row], .items = {}});
    }
    catalogue::damp_series(hits, *roll_);
    return hits;
  }

 private:
  std::shared_ptr<catalogue::RecordFacts const> facts(Sketch const& sketch) {
    model::RecordParts parts;
    parts.native_id = "n";
    parts.type = "dataset";
    parts.title = model::LocalText("en", sketch.title);
    if (!sketch.producer.empty()) {
      model::Contact contact;
      contact.organisation = model::LocalText("en", sketch.producer);
      parts.contacts = {contact};
    }
    model::KeywordSet set;
    for (auto const& keyword : sketch.keywords) {
      set.keywords.push_back({.label = model::LocalText("en", keyword), .uri = {}});
    }
    if (!set.keywords.empty()) parts.keyword_sets = {set};
    return std::make_shared<catalogue::RecordFacts const>(
        model::Record::make(std::move(parts)).value(), nullptr, languages_, pool_);
  }

  std::vector<std::string> languages_{"en"};
  catalogue::ValuePool pool_;
  std::unique_ptr<Roll> roll_;
};

std::vector<std::uint32_t> rows(std::vector<Hit> const& hits) {
  std::vector<std::uint32_t> out;
  for (auto const& hit : hits) out.push_back(hit.row);
  return out;
}

using Rows = std::vector<std::uint32_t>;

std::uint64_t print(std::string_view title) {
  return catalogue::print_of_title(model::LocalText("en", std::string(title)));
}

} // namespace

TEST_CASE("titles of a series differ by numbers, tiles and single letters") {
  CHECK(print("Surface reflectance, tile T31TCJ, 2019") ==
        print("Surface Reflectance tile T30UXU"));
  CHECK(print("Dust b 12/03/2015") == 0); // one word is no series
  CHECK(print("Rain gauges") != print("Gauges rain"));
  CHECK(print("Rain gauges") != print("Rain radar"));
  CHECK(print("2015-2016") == 0);
  CHECK(print("") == 0);
}

TEST_CASE("each of a series counts less than the one before") {
  Shelf shelf({{"Snow tiles 2001"}, {"Snow tiles 2002"}, {"Snow tiles 2003"}, {"Ice of lakes"}});
  auto const hits = shelf.damped({10, 9.5, 9, 8});
  CHECK(rows(hits) == Rows{0, 1, 3, 2});
  CHECK(hits[0].score == 10);
  CHECK(hits[1].score == Approx(9.5 / 1.1));
  CHECK(hits[3].score == Approx(9 / 1.2));
  CHECK(hits[3].damping == Approx(1 / 1.2));
  CHECK(hits[3].alike_before == 2);
  CHECK(hits[2].damping == 1);
  CHECK(hits[2].alike_before == 0);
}

TEST_CASE("what others made is another series") {
  Shelf shelf({{"Snow tiles 2001", "North"}, {"Snow tiles 2002", "South"}});
  auto const hits = shelf.damped({10, 9});
  CHECK(rows(hits) == Rows{0, 1});
  CHECK(hits[1].score == 9);
}

TEST_CASE("a long series keeps half of its score, and nothing is left out") {
  std::vector<Sketch> sketches;
  for (int year = 1990; year < 2020; ++year)
    sketches.push_back({"Snow tiles " + std::to_string(year)});
  Shelf shelf(sketches);
  auto const hits = shelf.damped(std::vector<double>(30, 8));
  REQUIRE(hits.size() == 30);
  CHECK(hits[10].damping == Approx(0.5)); // ten before it: 1 / (1 + 10 * 0.1)
  CHECK(hits[29].damping == 0.5);
  CHECK(hits[29].score == 4);
  CHECK(hits[9].row < hits[10].row);
}

TEST_CASE("the same keywords by the same producer are a block, by others they are none") {
  std::vector<std::string> const block{"ocean", "climate", "atmosphere"};
  Shelf shelf({{"Tides of Brest", "North", block},
               {"Waves of Sein", "North", block},
               {"Salt of Arcachon", "South", block},
               {"Foam of Oléron", "North", {"ocean", "climate"}},
               {"Sand of Ré", "North", {"ocean", "climate"}}});
  auto const hits = shelf.damped({10, 10, 10, 10, 10});
  CHECK(rows(hits) == Rows{4, 3, 2, 0, 1}); // of one score the newest first
  CHECK(hits[4].damping == Approx(1 / 1.01));
  CHECK(hits[4].alike_before == 0);
  CHECK(hits[3].damping == 1);
  CHECK(hits[1].damping == 1); // two keywords are too few to tell
}
