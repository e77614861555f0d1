#include "pages/message.hpp"
#include "pages/words.hpp"
#include "support/catch.hpp"

namespace terracat::pages {
namespace {

using model::Bbox;
using model::Bound;
using model::Instant;
using model::Interval;
using model::LocalText;
using model::Precision;

constexpr auto fr = Language::fr;
constexpr auto en = Language::en;

Bound at(std::int64_t year, unsigned month, unsigned day, Precision precision) {
  return Bound::at(Instant::at({year, month, day}).value(), precision);
}

TEST_CASE("numbers are grouped as each language does") {
  CHECK(number(0, fr) == "0");
  CHECK(number(999, en) == "999");
  CHECK(number(4'312, fr) == "4\u202f312");
  CHECK(number(4'312, en) == "4,312");
  CHECK(number(38'400'000, en) == "38,400,000");
  CHECK(decimal(2.5, 2, fr) == "2,5");
  CHECK(decimal(2.5, 2, en) == "2.5");
  CHECK(decimal(20.0, 2, fr) == "20");
  CHECK(decimal(100.0, 0, en) == "100");
}

TEST_CASE("dates are as precise as they were written") {
  CHECK(date(at(2025, 3, 15, Precision::day), fr) == "15 mars 2025");
  CHECK(date(at(2025, 3, 1, Precision::day), fr) == "1er mars 2025");
  CHECK(date(at(2025, 3, 15, Precision::day), en) == "15 March 2025");
  CHECK(date(at(2025, 3, 1, Precision::month), fr) == "mars 2025");
  CHECK(date(at(2025, 1, 1, Precision::year), en) == "2025");
  CHECK(date(at(-9'999, 1, 1, Precision::year), en) == "10,000 BC");
  CHECK(moment(Instant::at({2026, 11, 20}, 50'705'000).value(), fr) ==
        "20 novembre 2026 à 14:05 UTC");
}

TEST_CASE("what is near is told by how long ago it was") {
  Instant const now = Instant::at({2026, 11, 20}, 50'400'000).value();
  auto const before = [&](std::int64_t minutes) {
    return Instant(now.milliseconds() - minutes * 60'000);
  };
  CHECK(ago(before(0), now, fr) == "à l’instant");
  CHECK(ago(before(59), now, fr) == "il y a 59 min");
  CHECK(ago(before(120), now, en) == "2 h ago");
  CHECK(ago(before(25 * 60), now, fr) == "hier");
  CHECK(ago(before(60 * 24 * 10), now, en) == "10 November 2026");
  CHECK(ago(Instant(now.milliseconds() + 60'000), now, en) == "20 November 2026");
}

TEST_CASE("periods say whether they go on") {
  auto const y2005 = at(2005, 1, 1, Precision::year);
  auto const y2013 = at(2013, 1, 1, Precision::year);
  CHECK(period(Interval::make(y2005, y2013).value(), fr) == "2005–2013");
  CHECK(period(Interval::make(y2005, Bound::open()).value(), fr) == "2005 → en cours");
  CHECK(period(Interval::make(y2005, Bound::unknown()).value(), en) ==
        "since 2005, end not stated");
  CHECK(period(Interval::make(Bound::open(), y2013).value(), en) == "until 2013");
  CHECK(period(Interval::instant(y2005), en) == "2005");
  CHECK(period(Interval::make(at(2005, 3, 1, Precision::month), y2013).value(), en) ==
        "March 2005 – 2013");
  // Whole years that were written as moments are years.
  auto const days = [](std::int64_t first, std::int64_t last, unsigned day) {
    return Interval::make(at(first, 1, 1, Precision::day), at(last, 12, day, Precision::day))
        .value();
  };
  CHECK(period(days(2014, 2023, 31), fr) == "2014–2023");
  CHECK(period(days(2014, 2014, 31), fr) == "2014");
  CHECK(period(days(2014, 2023, 30), en) == "1 January 2014 – 30 December 2023");
}

TEST_CASE("places are told in degrees") {
  CHECK(place(Bbox::make(-1, 42.3, 4, 46).value(), fr) ==
        "42,3°\u00a0N à 46°\u00a0N, 1°\u00a0O à 4°\u00a0E");
  CHECK(place(Bbox::make(0, -10, 0, -10).value(), en) == "10°\u00a0S, 0°");
  CHECK(place(Bbox::world(), en) == "Whole world");
  CHECK(is_global(Bbox::make(-180, -60, 180, 75).value()));
  CHECK_FALSE(is_global(Bbox::make(-10, -60, 180, 75).value()));
}

TEST_CASE("texts are shown in the reader's language if there is one") {
  LocalText text("en", "snow");
  text.add("fr", "neige");
  CHECK(best(text, fr).text == "neige");
  CHECK(best(text, fr).language == "fr");
  CHECK(best(LocalText("en", "snow"), fr).language == "en");
  CHECK(best(LocalText("de", "Schnee"), fr).text == "Schnee");
  CHECK(best(LocalText("Schnee"), en).language.empty());
  CHECK(best(LocalText(), en).text.empty());
}

TEST_CASE("long texts end behind a sentence or a word") {
  CHECK(shortened("short", 10) == "short");
  CHECK(shortened("One sentence here. Another one that is longer", 30) == "One sentence here.");
  CHECK(shortened("no sentence but a good many words", 20) == "no sentence but a…");
  CHECK(shortened("été été été été", 7) == "été…");
  CHECK(shortened("\u4e2d\u4e2d\u4e2d\u4e2d", 2) == "\u4e2d\u4e2d…");
  CHECK(shortened("", 5).empty());
}

TEST_CASE("messages are filled in, and counted as each language does") {
  constexpr Message message{"{1} avant {0}", "{1} before {0}"};
  CHECK(filled(message, fr, {"a", "b"}) == "b avant a");
  constexpr Counted files{{"{0} fichier", "{0} file"}, {"{0} fichiers", "{0} files"}};
  CHECK(counted(files, fr, 0) == "0 fichier");
  CHECK(counted(files, en, 0) == "0 files");
  CHECK(counted(files, en, 1) == "1 file");
  CHECK(counted(files, fr, 4'312) == "4\u202f312 fichiers");
}

TEST_CASE("a tag means the language that it is a variety of") {
  CHECK(spoken("fr") == fr);
  CHECK(spoken("EN-gb") == en);
  CHECK_FALSE(spoken("frr"));
  CHECK_FALSE(spoken("f"));
  CHECK_FALSE(spoken(""));
}

} // namespace
} // namespace terracat::pages
