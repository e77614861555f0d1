#include "formats/json/box_text.hpp"
#include "formats/json/href.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/json/json_text.hpp"
#include "formats/json/stac_version.hpp"
#include "formats/json/time_text.hpp"
#include "json/pointer.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::Bound;
using model::Instant;
using model::Precision;

namespace {

/// `2004-01-01T00:00:00Z year`, with ` utc` behind if nothing has to be repaired.
std::string time(std::string_view text) {
  constexpr std::string_view names[] = {"year", "month", "day", "second", "millisecond"};
  auto const written = read_time(text);
  if (!written) return "none";
  return model::to_iso8601(*written->at.earliest()) + " " +
         std::string(names[static_cast<std::size_t>(written->at.precision())]) +
         (written->is_utc ? " utc" : "");
}

std::string box(double west, double south, double east, double north) {
  auto const reading = interpret({west, south, east, north, std::nullopt});
  if (!reading) return "none";
  return box_text(reading->plane, std::nullopt) + (reading->swapped ? " swapped" : "") +
         (reading->wrapped ? " wrapped" : "") + (reading->clamped ? " clamped" : "");
}

} // namespace

TEST_CASE("times are read in every form that sources use") {
  CHECK(time("2004-05-06T07:08:09Z") == "2004-05-06T07:08:09Z second utc");
  CHECK(time("2004-05-06T07:08:09.12Z") == "2004-05-06T07:08:09.120Z millisecond utc");
  CHECK(time("2004-05-06T07:08:09.1234567+00:00") == "2004-05-06T07:08:09.123Z millisecond utc");
  CHECK(time("2004-05-06T07:08:09+02:00") == "2004-05-06T05:08:09Z second");
  CHECK(time("2004-05-06t07:08:09z") == "2004-05-06T07:08:09Z second");
  CHECK(time("2004-05-06T07:08:09") == "2004-05-06T07:08:09Z second");
  CHECK(time("2004-05-06 07:08:09.5") == "2004-05-06T07:08:09.500Z millisecond");
  CHECK(time("2004-05-06T07:08") == "2004-05-06T07:08:00Z second");
  CHECK(time("2004-05-06T07:08:09-0130") == "2004-05-06T08:38:09Z second");
  CHECK(time("2004-05-06T07:08:09+02") == "2004-05-06T05:08:09Z second");
  CHECK(time("20040506T070809Z") == "2004-05-06T07:08:09Z second");
  CHECK(time("20040506") == "2004-05-06T00:00:00Z day");
  CHECK(time(" 2004-05-06 ") == "2004-05-06T00:00:00Z day");
  CHECK(time("2004-05-06Z") == "2004-05-06T00:00:00Z day");
  CHECK(time("2004-05-06+02:00") == "2004-05-06T00:00:00Z day");
  CHECK(time("2004-05") == "2004-05-01T00:00:00Z month");
  CHECK(time("2004-05T00:00:00") == "2004-05-01T00:00:00Z month");
  CHECK(time("2004") == "2004-01-01T00:00:00Z year");
  CHECK(time("-10000-01-01T00:00:00Z") == "-10000-01-01T00:00:00Z second");
  CHECK(time("-0024") == "-0024-01-01T00:00:00Z year");
  CHECK(time("12024-03-01") == "+12024-03-01T00:00:00Z day");
  CHECK(time("2016-12-31T23:59:60Z") == "2016-12-31T23:59:59.999Z second utc");
}

TEST_CASE("what is no time is not read") {
  for (auto const text :
       {"", "None", "None-12-31", "2015-14-12", "2015-02-30", "8 juillet 1974", "2004-05T07:00:00",
        "12024", "123", "2004-05-06T25:00:00Z", "2004-05-06T07:08:09+25:00",
        "2004-05-06T07:08:09Zulu", "2004-", "2004-05-06T", "99999999999", "+-2004", "present"}) {
    INFO(text);
    CHECK(time(text) == "none");
  }
}

TEST_CASE("a bound is answered by its first or its last second") {
  auto const bound = [](Precision precision) {
    return Bound::at(*Instant::at({.year = 2004, .month = 2, .day = 1}), precision);
  };
  CHECK(first_second(bound(Precision::month)) == "2004-02-01T00:00:00Z");
  CHECK(last_second(bound(Precision::month)) == "2004-02-29T23:59:59Z");
  CHECK(last_second(bound(Precision::day)) == "2004-02-01T23:59:59Z");
  CHECK(last_second(bound(Precision::second)) == "2004-02-01T00:00:00Z");
  CHECK(last_second(bound(Precision::millisecond)) == "2004-02-01T00:00:00Z");
  CHECK_FALSE(first_second(Bound::open()));
  CHECK_FALSE(last_second(Bound::unknown()));
  CHECK_FALSE(first_second(Bound::at(*Instant::at({.year = 12000}))));
  auto const before_epoch = Bound::at(*Instant::at({.year = 1950}), Precision::year);
  CHECK(last_second(before_epoch) == "1950-12-31T23:59:59Z");
}

TEST_CASE("a box is read the narrower way where west lies beyond east") {
  CHECK(box(1, 2, 3, 4) == "[1,2,3,4]");
  CHECK(box(3.28133559, 48, 1.31279111, 50) == "[1.31279111,48,3.28133559,50] swapped");
  CHECK(box(177, -19, -178, -16) == "[177,-19,-178,-16]");
  CHECK(box(90, 0, -90, 10) == "[90,0,-90,10]"); // no reading is narrower
  CHECK(box(1, 4, 3, 2) == "[1,2,3,4] swapped");
  CHECK(box(190, 0, 170, 10) == "[170,0,-170,10] swapped wrapped");
}

TEST_CASE("a box is the whole circle if its ends nearly meet around the back") {
  CHECK(box(-180, -90, 180, 90) == "[-180,-90,180,90]");
  CHECK(box(0, -90, 360, 90) == "[-180,-90,180,90] wrapped");
  CHECK(box(0, -90, 357.5, 90) == "[-180,-90,180,90] wrapped");
  CHECK(box(180, -90, -180, 90) == "[-180,-90,180,90]");
  CHECK(box(0, 0, 355, 10) == "[0,0,-5,10] wrapped");
  CHECK(box(-180, 0, 176, 10) == "[-180,0,176,10]");
}

TEST_CASE("latitudes a little beyond a pole are cut, anything further is no degree") {
  CHECK(box(0, -91.25, 10, 91.25) == "[0,-90,10,90] clamped");
  CHECK(box(0, -96, 10, 0) == "none");
  CHECK(box(650000, 6860000, 660000, 6870000) == "none");
  CHECK(box(-361, 0, 0, 1) == "none");
}

TEST_CASE("numbers are written as short and as near as can be") {
  auto const text = [](double value) {
    std::string out;
    append_number(out, value);
    return out;
  };
  CHECK(text(180) == "180");
  CHECK(text(-0.0) == "0");
  CHECK(text(0.1) == "0.1");
  CHECK(text(172.91173669923782) == "172.91173669923782");
}

TEST_CASE("a licence is an SPDX identifier or a text") {
  CHECK(licence_of("CC-BY-4.0").spdx == "CC-BY-4.0");
  CHECK(licence_of("GPL-2.0+").spdx == "GPL-2.0+");
  for (auto const text : {"proprietary", "other", "various", "CC BY 4.0", "MIT OR Apache-2.0"}) {
    CHECK(licence_of(text).spdx.empty());
    CHECK(licence_of(text).text.first() == text);
  }
}

TEST_CASE("language tags are told from what is none") {
  CHECK(language_tag("fr") == "fr");
  CHECK(language_tag("en-CA") == "en-ca");
  CHECK(language_tag("zh-Hant-TW") == "zh-hant-tw");
  for (auto const text : {"", "f", "??", "fr-", "fr--ca", "français", "en_US", "123"}) {
    INFO(text);
    CHECK(language_tag(text).empty());
  }
}

TEST_CASE("versions of STAC are told apart as far as they differ") {
  CHECK(generation_of("0.8.1") == StacGeneration::v0_8);
  CHECK(generation_of("0.9.0") == StacGeneration::v0_9);
  CHECK(generation_of("1.0.0-beta.2") == StacGeneration::v1_0_beta);
  CHECK(generation_of("1.0.0-rc.1") == StacGeneration::v1_0);
  CHECK(generation_of("1.0.0") == StacGeneration::v1_0);
  CHECK(generation_of("1.1.0-beta.1") == StacGeneration::v1_1);
  CHECK(generation_of("1.2.0") == StacGeneration::v1_1);
  for (auto const text : {"", "0.7.0", "0.80", "2.0.0", "v1.0.0", "10.0"}) {
    CHECK_FALSE(generation_of(text));
  }
}

TEST_CASE("addresses are answered encoded, or not at all") {
  constexpr std::string_view plain = "https://example.org/a/b.tif?x=1&y=(2)#z";
  CHECK(answerable_href(plain) == plain);
  CHECK(answerable_href("https://example.org/a b") == "https://example.org/a%20b");
  CHECK(answerable_href("https://example.org/%20?q=<é>") ==
        "https://example.org/%20?q=%3C%C3%A9%3E");
  CHECK(answerable_href("s3://bucket/a b|c") == "s3://bucket/a b|c");
  CHECK(answerable_href("mailto:a@example.org") == "mailto:a@example.org");
  for (auto const text : {"", "a/b", "/a", "javascript:x", "file:///a", "http://[x", "C:\\a"}) {
    INFO(text);
    CHECK(answerable_href(text).empty());
  }
}

TEST_CASE("a name in a JSON pointer has its slashes and tildes escaped") {
  CHECK(json::pointer_token("a/b~c") == "a~1b~0c");
}
