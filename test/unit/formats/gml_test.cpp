#include "formats/xml/gml.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::GeometryType;

namespace {

constexpr std::string_view latitude_first = "urn:ogc:def:crs:EPSG::4326";

gml::GeometryReading geometry(std::string const& text, std::optional<Bbox> const& around = {}) {
  auto const document = xml::Document::parse(text);
  REQUIRE(document);
  gml::Allowance allowance;
  return gml::read_geometry(document->root(), around, allowance);
}

std::string polygon(std::string_view positions, std::string_view crs = {}) {
  std::string text = "<gml:Polygon";
  if (!crs.empty()) text += " srsName='" + std::string(crs) + "'";
  return text + "><gml:exterior><gml:LinearRing><gml:posList>" + std::string(positions) +
         "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>";
}

Bbox box_of(gml::GeometryReading const& reading) {
  REQUIRE(reading.geometry);
  return reading.geometry->bbox();
}

constexpr std::string_view triangle_by_latitude = "45 5 45 7 47 6 45 5";

} // namespace

TEST_CASE("the system says which axis comes first") {
  auto const expected = Bbox::restored(5, 45, 7, 47);
  for (auto const* const crs :
       {"urn:ogc:def:crs:EPSG::4326", "urn:x-ogc:def:crs:EPSG:6.6:4326",
        "urn:ogc:def:crs:EPSG::4258", "http://www.opengis.net/def/crs/EPSG/0/4326"}) {
    INFO(crs);
    CHECK(box_of(geometry(polygon(triangle_by_latitude, crs))) == expected);
  }
  for (auto const* const crs :
       {"", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "http://www.opengis.net/gml/srs/epsg.xml#4326", "urn:ogc:def:crs:EPSG::3857"}) {
    INFO(crs);
    CHECK(box_of(geometry(polygon("5 45 7 45 6 47 5 45", crs))) == expected);
  }
}

TEST_CASE("numbers that contradict the system decide") {
  // 100 is no latitude.
  CHECK(box_of(geometry(polygon("100 5 100 7 102 6 100 5", latitude_first))) ==
        Bbox::restored(100, 5, 102, 7));
  // The box of the record lies where the other order puts the polygon.
  auto const around = Bbox::restored(4, 44, 8, 48);
  CHECK(box_of(geometry(polygon(triangle_by_latitude, "EPSG:4326"), around)) ==
        Bbox::restored(5, 45, 7, 47));
  // Where both orders miss the box, the system is believed.
  CHECK(box_of(geometry(polygon(triangle_by_latitude, "EPSG:4326"),
                        Bbox::restored(80, 0, 81, 1))) == Bbox::restored(45, 5, 47, 7));
}

TEST_CASE("positions are written in many ways") {
  auto const expected = Bbox::restored(5, 45, 7, 47);
  CHECK(box_of(geometry("<Polygon><outerBoundaryIs><LinearRing><coordinates>5,45 7,45 6,47 5,45"
                        "</coordinates></LinearRing></outerBoundaryIs></Polygon>")) == expected);
  CHECK(
      box_of(geometry("<Polygon><exterior><LinearRing><coordinates decimal=',' cs=';'>5,0;45 7;45 "
                      "6;47 5,0;45</coordinates></LinearRing></exterior></Polygon>")) == expected);
  CHECK(box_of(geometry("<Polygon><exterior><LinearRing><pos>5 45</pos><pos>7 45</pos><pos>6 47"
                        "</pos><pos>5 45</pos></LinearRing></exterior></Polygon>")) == expected);
  CHECK(
      box_of(geometry("<Polygon srsDimension='3'><exterior><LinearRing><posList>5 45 10 7 45 11 6 "
                      "47 12 5 45 10</posList></LinearRing></exterior></Polygon>")) == expected);
}

TEST_CASE("simple and multiple geometries are read whole") {
  CHECK(geometry("<Point><pos>5 45</pos></Point>").geometry->type() == GeometryType::point);
  CHECK(geometry("<LineString><posList>5 45 6 46 8 46</posList></LineString>").geometry->type() ==
        GeometryType::line_string);
  auto const points =
      geometry("<MultiPoint><pointMember><Point><pos>1 2</pos></Point></pointMember>"
               "<pointMember><Point><pos>3 4</pos></Point></pointMember></MultiPoint>");
  CHECK(points.geometry->type() == GeometryType::multi_point);
  CHECK(box_of(points) == Bbox::restored(1, 2, 3, 4));
  auto const member = [](std::string const& inner) {
    return "<surfaceMember>" + inner + "</surfaceMember>";
  };
  auto const surfaces =
      geometry("<g:MultiSurface xmlns:g='u' xmlns:gml='v'>" + member(polygon("0 0 1 0 0 1 0 0")) +
               member(polygon("5 5 6 5 5 6 5 5")) + "</g:MultiSurface>");
  CHECK(surfaces.geometry->type() == GeometryType::multi_polygon);
  CHECK(box_of(surfaces) == Bbox::restored(0, 0, 6, 6));
  CHECK(geometry("<Surface><patches><PolygonPatch><exterior><LinearRing><posList>0 0 1 0 0 1 0 0"
                 "</posList></LinearRing></exterior></PolygonPatch></patches></Surface>")
            .geometry);
  CHECK(geometry("<MultiGeometry><geometryMember><Point><pos>1 2</pos></Point></geometryMember>"
                 "<geometryMember><LineString><posList>0 0 1 1</posList></LineString>"
                 "</geometryMember></MultiGeometry>")
            .geometry->type() == GeometryType::geometry_collection);
}

TEST_CASE("holes stay holes") {
  auto const reading = geometry("<Polygon><exterior><LinearRing><posList>0 0 9 0 9 9 0 9 0 "
                                "0</posList></LinearRing></exterior>"
                                "<interior><LinearRing><posList>3 3 3 6 6 6 6 3 3 "
                                "3</posList></LinearRing></interior></Polygon>");
  REQUIRE(reading.geometry);
  CHECK_FALSE(reading.geometry->is_box());
  CHECK(model::from_wkb(reading.geometry->wkb()).parts.front().size() == 2);
}

TEST_CASE("an outline that crosses itself everywhere is unreadable, and not for long") {
  // Chords of a circle, each almost a diameter: every one crosses nearly every other.
  std::string chords;
  for (int i = 0; i < 2'000; ++i) {
    auto const angle = i * 3.1;
    chords +=
        std::to_string(50 * std::cos(angle)) + " " + std::to_string(50 * std::sin(angle)) + " ";
  }
  CHECK(geometry(polygon(chords)).findings == std::vector{FindingCode::geometry_unreadable});
  // A star with few points is an outline that somebody drew.
  CHECK(geometry(polygon("0 10 6 -8 -10 3 10 3 -6 -8 0 10")).geometry);
}

TEST_CASE("the geometries of a document share what they may take") {
  auto const document = xml::Document::parse(polygon("0 10 6 -8 -10 3 10 3 -6 -8 0 10"));
  gml::Allowance allowance{.positions = 10, .meetings = 8};
  CHECK(gml::read_geometry(document->root(), {}, allowance).geometry);
  CHECK(allowance.positions == 4);
  CHECK(allowance.meetings == 3); // a five-pointed star crosses itself five times
  CHECK_FALSE(gml::read_geometry(document->root(), {}, allowance).geometry);
  allowance = {.positions = 10, .meetings = 4};
  CHECK_FALSE(gml::read_geometry(document->root(), {}, allowance).geometry);
}

TEST_CASE("borders that polygons share are no tangle") {
  auto const member = [](std::string const& inner) {
    return "<surfaceMember>" + inner + "</surfaceMember>";
  };
  std::string rows;
  for (int i = 0; i < 500; ++i) {
    auto const low = std::to_string(i * 0.1);
    auto const high = std::to_string((i + 1) * 0.1);
    rows += member(polygon("0 " + low + " 1 " + low + " 1 " + high + " 0 " + high + " 0 " + low));
  }
  CHECK(
      geometry("<g:MultiSurface xmlns:g='u' xmlns:gml='v'>" + rows + "</g:MultiSurface>").geometry);
}

TEST_CASE("what is no geometry in degrees is unreadable") {
  for (auto const& text :
       {polygon("860000 6500000 861000 6500000 861000 6501000 860000 6500000"), polygon("1 2 3"),
        polygon("a b c d"), polygon(""), polygon("1 1 2 2"), polygon("1 nan 2 2 3 3 1 nan"),
        std::string("<Polygon/>"), std::string("<MultiSurface/>"), std::string("<Unheard/>"),
        std::string("<Point><coordinates></coordinates></Point>")}) {
    INFO(text);
    auto const reading = geometry(text);
    CHECK_FALSE(reading.geometry);
    CHECK(reading.findings == std::vector{FindingCode::geometry_unreadable});
  }
}
