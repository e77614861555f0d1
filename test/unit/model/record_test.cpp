#include <terracat/item.hpp>
#include <terracat/record.hpp>

#include "support/catch.hpp"

using namespace terracat::model;

namespace {

RecordParts parts() {
  RecordParts made;
  made.native_id = "a";
  made.title = LocalText("en", "Rain");
  made.type = "dataset";
  return made;
}

Instant year(std::int64_t number) {
  return *Instant::at({number, 1, 1});
}

TemporalExtent period(Bound start, Bound end) {
  return {.interval = Interval::make(start, end).value(), .start_text = {}, .end_text = {}};
}

} // namespace

TEST_CASE("a record needs an id and a title") {
  CHECK(Record::make(parts()));
  auto nameless = parts();
  nameless.title = {};
  CHECK(Record::make(nameless).error().where == "title");
  auto anonymous = parts();
  anonymous.native_id.clear();
  CHECK(Record::make(anonymous).error().where == "id");
}

TEST_CASE("data sets and series are collections, services are not") {
  CHECK(Record::make(parts())->is_collection());
  auto service = parts();
  service.type = "service";
  CHECK_FALSE(Record::make(service)->is_collection());
}

TEST_CASE("the area and the period of a record are the union of its extents") {
  auto made = parts();
  CHECK_FALSE(Record::make(made)->bbox());
  CHECK_FALSE(Record::make(made)->period());
  made.spatial.push_back({.geometry = Geometry::box(Bbox::restored(0, 0, 1, 1)), .place = {}});
  made.spatial.push_back({.geometry = {}, .place = LocalText("Alpes")});
  made.spatial.push_back({.geometry = Geometry::box(Bbox::restored(5, -1, 6, 0)), .place = {}});
  made.temporal.push_back(period(Bound::at(year(2000)), Bound::at(year(2001))));
  made.temporal.push_back(period(Bound::at(year(1990)), Bound::unknown()));
  auto record = Record::make(made).value();
  CHECK(record.bbox() == Bbox::restored(0, -1, 6, 1));
  CHECK(record.period()->first() == year(1990));
  CHECK(record.period()->last() == year(2001));
  made.temporal.push_back(period(Bound::at(year(2010)), Bound::open()));
  CHECK(Record::make(made)->period()->end().is_open());
}

TEST_CASE("texts are given in the wanted language, else in the author's first") {
  LocalText text("fr", "pluie");
  text.add("en", "rain");
  text.add("fr", "averse");
  text.add("de", "");
  CHECK(text.entries().size() == 2);
  CHECK(text.best(std::vector<std::string>{"de", "en"}) == "rain");
  CHECK(text.best(std::vector<std::string>{"de"}) == "pluie");
  CHECK(LocalText().best(std::vector<std::string>{"en"}).empty());
}

TEST_CASE("an item's time and period") {
  ItemParts made;
  made.native_id = "i";
  made.body = "\"type\":\"Feature\",\"links\":[";
  CHECK_FALSE(Item::make(made)->time());
  made.start = year(2000);
  made.end = year(2001);
  CHECK(Item::make(made)->time() == year(2000));
  CHECK(Item::make(made)->period()->last() == year(2001));
  made.datetime = year(2005);
  CHECK(Item::make(made)->time() == year(2005));
  CHECK(Item::make(made)->period()->last() == year(2001));
  made.end.reset();
  CHECK(Item::make(made)->period()->first() == year(2005));
  made.end = year(1999);
  CHECK_FALSE(Item::make(made));
}

TEST_CASE("addresses are printed without what lets one in") {
  CHECK(credentials_in("https://u:p@a.example/x@y") == "u:p");
  CHECK(credentials_in("https://u:p@q@a.example") == "u:p@q");
  CHECK(credentials_in("https://a.example/?m=u@b").empty());
  CHECK(credentials_in("u:p@a.example").empty());
  CHECK(masked("https://u:p@a.example:8/x?q=1") == "https://***@a.example:8/x?q=1");
  CHECK(masked("https://token@a.example") == "https://***@a.example");
  CHECK(masked("https://a.example/?API_Key=1&&q=token&sig") ==
        "https://a.example/?API_Key=***&&q=token&sig");
  CHECK(masked("/data/token=1") == "/data/token=1");
  CHECK(masked("Mind https://a.example/?author=1, please") ==
        "Mind https://a.example/?author=1, please");
  CHECK(masked("").empty());
}

TEST_CASE("links are resolved, encoded, and unsafe schemes are known") {
  auto const base = "https://a.example/stac/items/one.json";
  CHECK(resolve_href(base, "../data/b c.tif") == "https://a.example/stac/data/b%20c.tif");
  CHECK(resolve_href(base, "/x?q={y}") == "https://a.example/x?q=%7By%7D");
  CHECK(resolve_href(base, " https://b.example/é%20 ") == "https://b.example/%C3%A9%20");
  CHECK(resolve_href(base, "x[1]/100%") == "https://a.example/stac/items/x%5B1%5D/100%25");
  CHECK(resolve_href(base, "http://[::1]:8080/a") == "http://[::1]:8080/a");
  CHECK(resolve_href("", "data.tif").empty());
  CHECK(is_public_href("HTTPS://a.example"));
  CHECK(is_public_href("s3://bucket/key"));
  CHECK_FALSE(is_public_href("javascript:alert(1)"));
  CHECK_FALSE(is_public_href("file:///etc/passwd"));
  CHECK_FALSE(is_public_href("data.tif"));
}
