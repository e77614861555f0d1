// Times as people say them.

#include "query/spoken_time.hpp"

#include "support/catch.hpp"

#include <string>

using namespace terracat;
using namespace terracat::query;

namespace {

/// What was found, as "what says it = first/last", to the day where nothing else counts.
std::string found(std::string_view text, Hemisphere hemisphere = Hemisphere::northern) {
  auto const now = model::parse_rfc3339("2026-11-28T12:00:00Z").value();
  auto const time = find_time(text, now, hemisphere);
  if (!time) return "none";
  auto const day = [](std::optional<model::Instant> const& moment) {
    return moment ? model::to_iso8601(*moment).substr(0, 10) : std::string("..");
  };
  return std::string(text.substr(time->begin, time->end - time->begin)) + " = " + day(time->first) +
         "/" + day(time->last);
}

struct Row {
  char const* text;
  char const* found;
};

} // namespace

TEST_CASE("times of people are read in French and in English") {
  auto const row = GENERATE(values<Row>({
      {"rain 2010", "2010 = 2010-01-01/2010-12-31"},
      {"pluie en 2010 dans les Alpes", "2010 = 2010-01-01/2010-12-31"},
      {"crue de mai 2010", "mai 2010 = 2010-05-01/2010-05-31"},
      {"flood of May 2010", "May 2010 = 2010-05-01/2010-05-31"},
      {"décembre 2010", "décembre 2010 = 2010-12-01/2010-12-31"},
      {"le 17 mai 2010", "17 mai 2010 = 2010-05-17/2010-05-17"},
      {"le 1er août 2003", "1er août 2003 = 2003-08-01/2003-08-01"},
      {"May 17, 2010", "May 17, 2010 = 2010-05-17/2010-05-17"},
      {"17/05/2010", "17/05/2010 = 2010-05-17/2010-05-17"},
      {"2010-05-17", "2010-05-17 = 2010-05-17/2010-05-17"},
      {"2012-02", "2012-02 = 2012-02-01/2012-02-29"},
      {"entre 1990 et 1995", "entre 1990 et 1995 = 1990-01-01/1995-12-31"},
      {"between March 1990 and 1995", "between March 1990 and 1995 = 1990-03-01/1995-12-31"},
      {"de 1990 à 1995", "de 1990 à 1995 = 1990-01-01/1995-12-31"},
      {"from 1990 to May 1995", "from 1990 to May 1995 = 1990-01-01/1995-05-31"},
      {"glaces 2003-2005", "2003-2005 = 2003-01-01/2005-12-31"},
      {"2003–2005", "2003–2005 = 2003-01-01/2005-12-31"},
      {"depuis 2010", "depuis 2010 = 2010-01-01/.."},
      {"since May 2010", "since May 2010 = 2010-05-01/.."},
      {"à partir de 2010", "à partir de 2010 = 2010-01-01/.."},
      {"from 2010", "from 2010 = 2010-01-01/.."},
      {"après 2010", "après 2010 = 2011-01-01/.."},
      {"after 2010", "after 2010 = 2011-01-01/.."},
      {"avant 1950", "avant 1950 = ../1949-12-31"},
      {"before 1950", "before 1950 = ../1949-12-31"},
      {"jusqu'en 1999", "jusqu'en 1999 = ../1999-12-31"},
      {"jusqu’à 1999", "jusqu’à 1999 = ../1999-12-31"},
      {"until 1999", "until 1999 = ../1999-12-31"},
      {"années 90", "années 90 = 1990-01-01/1999-12-31"},
      {"années 1980", "années 1980 = 1980-01-01/1989-12-31"},
      {"the 1990s", "1990s = 1990-01-01/1999-12-31"},
      {"nineties", "nineties = 1990-01-01/1999-12-31"},
      {"XXe siècle", "XXe siècle = 1901-01-01/2000-12-31"},
      {"19th century", "19th century = 1801-01-01/1900-12-31"},
      {"été 2003", "été 2003 = 2003-06-01/2003-08-31"},
      {"winter 2010", "winter 2010 = 2009-12-01/2010-02-28"},
      {"hiver 2009-2010", "hiver 2009-2010 = 2009-12-01/2010-02-28"},
      {"spring 2012", "spring 2012 = 2012-03-01/2012-05-31"},
      {"ces cinq dernières années", "ces cinq dernières années = 2021-11-28/2026-11-28"},
      {"les 5000 dernières années", "les 5000 dernières années = -2974-11-2/2026-11-28"},
      {"the last 10 years", "the last 10 years = 2016-11-28/2026-11-28"},
      {"past two months", "past two months = 2026-09-28/2026-11-28"},
      {"les 30 derniers jours", "les 30 derniers jours = 2026-10-29/2026-11-28"},
      {"l'an dernier", "an dernier = 2025-01-01/2025-12-31"},
      {"last year", "last year = 2025-01-01/2025-12-31"},
      {"cette année", "cette année = 2026-01-01/2026-12-31"},
      {"this year", "this year = 2026-01-01/2026-12-31"},
  }));
  CHECK(found(row.text) == row.found);
}

TEST_CASE("seasons of the south are half a year apart") {
  CHECK(found("summer 2010", Hemisphere::southern) == "summer 2010 = 2009-12-01/2010-02-28");
  CHECK(found("hiver 2010", Hemisphere::southern) == "hiver 2010 = 2010-06-01/2010-08-31");
}

TEST_CASE("what is no time is none") {
  auto const* const text =
      GENERATE("", "rain", "en hiver", "mars", "may", "altitude 2000 m", "CMIP6", "12345",
               "entre terre et mer", "from space", "depuis l'espace", "last", "Landsat 8",
               "10.5194/essd-2020", "31/02/2010", "les années", "été");
  INFO(text);
  CHECK(found(text) == "none");
}
