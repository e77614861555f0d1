// Files of data as items: what is made of what a reader says of them. What GDAL says of real ones
// is tried in test/unit/helper and test/feature/test_data_files.py.

#include "kinds/files/data_files.hpp"
#include "kinds/files/data_item.hpp"
#include "kinds/files/data_time.hpp"
#include "kinds/files/files.hpp"
#include "kinds/files/sha256.hpp"

#include "support/canned_fetcher.hpp"
#include "support/harvest.hpp"
#include "support/temporary_folder.hpp"

#include "support/catch.hpp"

#include <terracat/json.hpp>

#include <unistd.h>

#include <fstream>

using namespace terracat;
using namespace terracat::test;
using namespace terracat::kinds::files;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

/// Says of each file how it begins, and refuses those that begin with "bad".
class Simple : public data::Reader {
 public:
  boost::system::result<data::Facts, Finding> read(std::span<data::OpenFile const> files) override {
    endings.clear();
    for (auto const& file : files) endings.push_back(file.ending);
    std::string head(3, '\0');
    if (::pread(files.front().descriptor, head.data(), head.size(), 0) != 3 || head == "bad") {
      return Finding{.code = FindingCode::file_unreadable, .where = {}, .excerpt = "a reason"};
    }
    data::Facts out{.driver = "GTiff",
                    .crs_code = {},
                    .crs_wkt = {},
                    .grid = {},
                    .box = {},
                    .sides = {},
                    .bands = {},
                    .layers = {},
                    .metadata = {}};
    if (head != "far") out.sides = {{{{2, 45}}, {{2, 44}}, {{3, 44}}, {{3, 45}}}};
    return out;
  }

  [[nodiscard]] std::string obstacle() override { return lack; }

  Strings endings; ///< of the last file
  std::string lack;
};

struct Tree {
  TemporaryFolder folder;
  Simple reader;
  Source source{.name = "s", .title = {}, .kind = "files", .address = {}};

  Tree() {
    source.address = (folder.path() / "relief").native();
    fs::create_directory(source.address);
  }

  void write(fs::path const& relative, std::string_view text) const {
    auto const file = fs::path(source.address) / relative;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  Harvest run(std::string const& options = "") {
    source.options = R"({"read":"data")" + options + "}";
    CannedFetcher unused(std::map<std::string, std::string>{});
    return harvest(*start(source, {unused, nullptr, &reader}, {}));
  }
};

std::string sum_of(std::string_view text, std::size_t piece) {
  Sha256 sum;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    sum.add(text.substr(0, piece));
  }
  return sum.multihash();
}

std::string matched(std::string_view pattern, std::string_view path) {
  std::string fault;
  auto const parsed = NamePattern::parse(pattern, fault);
  if (!parsed) return fault;
  auto const time = parsed->match(path);
  return time.datetime + "|" + time.start + "|" + time.end;
}

std::string said(Metadata const& metadata) {
  auto const time = time_in(metadata);
  return time.datetime + "|" + time.start + "|" + time.end;
}

data::Facts facts_with(std::array<model::Path, 4> sides, Metadata metadata = {}) {
  return {.driver = "GTiff",
          .crs_code = {},
          .crs_wkt = {},
          .grid = {},
          .box = {},
          .sides = std::move(sides),
          .bands = {},
          .layers = {},
          .metadata = std::move(metadata)};
}

} // namespace

TEST_CASE("data: SHA-256 of what FIPS 180 gives the digests of, in any pieces") {
  CHECK(sum_of("", 1) == "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sum_of("abc", 2) == "1220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  constexpr auto two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  for (auto const piece : {1U, 7U, 55U, 56U, 64U, 100U}) {
    CHECK(sum_of(two_blocks, piece) ==
          "1220248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  }
  std::string const million(1'000'000, 'a');
  for (auto const piece : {63U, 64U, 65U, 4096U}) {
    CHECK(sum_of(million, piece) ==
          "1220cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}

TEST_CASE("data: a pattern finds the time in a name") {
  CHECK(matched("S2_{year}{month}{day}T{hour}{minute}{second}_*", "x/S2_20240229T103021_a.tif") ==
        "2024-02-29T10:30:21Z||");
  CHECK(matched("*_{year}{month}{day}.nc", "a_b_20240229_20230101.nc") ==
        "|2023-01-01T00:00:00Z|2023-01-01T23:59:59Z");
  CHECK(matched("*{year}-{month}*", "sst-2023-02.nc") ==
        "|2023-02-01T00:00:00Z|2023-02-28T23:59:59Z");
  CHECK(matched("{year}/{day_of_year}/*", "2024/060/a.tif") ==
        "|2024-02-29T00:00:00Z|2024-02-29T23:59:59Z");
  CHECK(matched("?_{year}*", "a_1999.tif") == "|1999-01-01T00:00:00Z|1999-12-31T23:59:59Z");
  CHECK(matched("{year}{month}{day}T{hour}*", "20240229T10.tif") == "2024-02-29T10:00:00Z||");
}

TEST_CASE("data: a name that does not fit tells no time") {
  for (auto const& [pattern, path] :
       {std::pair("{year}.tif", "x2024.tif"), std::pair("{year}{month}{day}*", "20240230.tif"),
        std::pair("{year}{day_of_year}*", "2023366.tif"),
        std::pair("{year}{day_of_year}*", "2023000.tif"), std::pair("*/{year}.tif", "a/b/2024.tif"),
        std::pair("{year}*", ""), std::pair("{year}", "202")}) {
    INFO(pattern);
    CHECK(matched(pattern, path) == "||");
  }
}

TEST_CASE("data: what is no pattern is told") {
  CHECK(matched("*", "a") == "{year} is missing");
  CHECK(matched("{year}{year}", "a") == "{year} stands there twice");
  CHECK(matched("{year}{day}", "a") == "{day} needs {month}");
  CHECK(matched("{year}{month}{hour}", "a") == "{hour} needs a day");
  CHECK(matched("{year}{day_of_year}{minute}", "a") == "{minute} needs {hour}");
  CHECK(matched("{year}{day_of_year}{hour}{second}", "a") == "{second} needs {minute}");
  CHECK(matched("{year}{day_of_year}{month}", "a") ==
        "{day_of_year} stands instead of {month} and {day}");
  CHECK(matched("{date}", "a").starts_with("braces stand around year"));
}

TEST_CASE("data: a name of many stars takes no time to speak of") {
  std::string const name(4'000, 'a');
  std::string pattern;
  for (int i = 0; i < 60; ++i) pattern += "*a";
  CHECK(matched(pattern + "{year}", name) == "||");
}

TEST_CASE("data: metadata tell the time, the surest first") {
  CHECK(said({{"TIFFTAG_DATETIME", "2021:06:03 10:20:30"}}) == "2021-06-03T10:20:30Z||");
  CHECK(said({{"TIFFTAG_DATETIME", "2021:06:03 10:20:30"},
              {"ACQUISITIONDATETIME", "2020-01-02 03:04:05"}}) == "2020-01-02T03:04:05Z||");
  CHECK(said({{"NC_GLOBAL#time_coverage_start", "2001"},
              {"NC_GLOBAL#time_coverage_end", "2002-02"},
              {"TIFFTAG_DATETIME", "2021:06:03 10:20:30"}}) ==
        "|2001-01-01T00:00:00Z|2002-02-28T23:59:59Z");
  CHECK(said({{"time_coverage_start", "2001-05-06T07:08:09Z"}}) == "2001-05-06T07:08:09Z||");
  CHECK(said({{"TIFFTAG_DATETIME", "no time"}}) == "||");
  CHECK(said({}) == "||");
}

TEST_CASE("data: an axis of time is counted from its origin") {
  auto const axis = [](std::string units, std::string values, std::string calendar = "") {
    return said({{"time#units", std::move(units)},
                 {"time#calendar", std::move(calendar)},
                 {"NETCDF_DIM_time_VALUES", std::move(values)}});
  };
  CHECK(axis("days since 1950-01-01", "{0,1,365}") == "|1950-01-01T00:00:00Z|1951-01-01T00:00:00Z");
  CHECK(axis("hours since 1900-01-01 00:00:00", "24") == "1900-01-02T00:00:00Z||");
  CHECK(axis("seconds since 1970-01-01T00:00:00Z", "{60,0}") ==
        "|1970-01-01T00:00:00Z|1970-01-01T00:01:00Z");
  CHECK(axis("days since 1950-01-01", "{0,1}", "standard") ==
        "|1950-01-01T00:00:00Z|1950-01-02T00:00:00Z");
  CHECK(axis("days since 1950-01-01", "{0,1}", "360_day") == "||");
  CHECK(axis("months since 1950-01-01", "{0,1}") == "||");
  CHECK(axis("days since 1950-01-01", "{0,1e300}") == "||");
  CHECK(axis("days since then", "{0,1}") == "||");
  CHECK(axis("days since 1950-01-01", "{}") == "||");
}

TEST_CASE("data: an outline has the positions that its shape needs") {
  // Straight sides are their corners; one that bows by a hundredth of the whole is not straight.
  auto const straight = place_of(
      facts_with({{{{2, 45}, {2, 44.5}}, {{2, 44}, {2.5, 44}}, {{3, 44}}, {{3, 45}, {2.5, 45}}}}));
  REQUIRE(straight);
  CHECK(model::outline_from_wkb(straight->wkb(), 100).size() == 5);
  CHECK(straight->is_box());
  auto const bowed =
      place_of(facts_with({{{{2, 45}}, {{2, 44}, {2.5, 43.99}}, {{3, 44}}, {{3, 45}}}}));
  REQUIRE(bowed);
  CHECK(model::outline_from_wkb(bowed->wkb(), 100).size() == 6);
}

TEST_CASE("data: an outline across the antimeridian is cut there") {
  auto const place =
      place_of(facts_with({{{{179, 1}}, {{179, 0}, {-179.5, 0}}, {{-179, 0}}, {{-179, 1}}}}));
  REQUIRE(place);
  CHECK(place->bbox().crosses_antimeridian());
  CHECK(place->type() == model::GeometryType::multi_polygon);
  CHECK(place->bbox().west() == 179);
  CHECK(place->bbox().east() == -179);
}

TEST_CASE("data: a grid from 0 to 360 is the whole circle, a part of it what it is") {
  auto const box = [](double west, double east) {
    auto const place = place_of(facts_with(
        {{{{west, 80}}, {{west, -80}, {(west + east) / 2, -80}}, {{east, -80}}, {{east, 80}}}}));
    REQUIRE(place);
    return std::pair(place->bbox().west(), place->bbox().east());
  };
  CHECK(box(0, 360) == std::pair(-180., 180.));
  CHECK(box(-180, 180) == std::pair(-180., 180.));
  CHECK(box(170, 190) == std::pair(170., -170.));
  CHECK(box(200, 220) == std::pair(-160., -140.));
}

TEST_CASE("data: a place is a point, a line or a box that attributes tell, or not known") {
  auto const point = place_of(facts_with({{{{5, 43}}, {{5, 43}}, {{5, 43}}, {{5, 43}}}}));
  REQUIRE(point);
  CHECK(point->type() == model::GeometryType::point);
  auto const line = place_of(facts_with({{{{5, 43}}, {{5, 43}}, {{6, 43}}, {{6, 43}}}}));
  REQUIRE(line);
  CHECK(line->type() == model::GeometryType::line_string);
  Metadata box{{"NC_GLOBAL#geospatial_lat_min", "42"},
               {"NC_GLOBAL#geospatial_lat_max", "43"},
               {"NC_GLOBAL#geospatial_lon_min", "170"},
               {"NC_GLOBAL#geospatial_lon_max", "-170"}};
  auto const told = place_of(facts_with({}, box));
  REQUIRE(told);
  CHECK(told->bbox().crosses_antimeridian());
  box[0].second = "44";
  CHECK_FALSE(place_of(facts_with({}, box)));
  CHECK_FALSE(place_of(facts_with({})));
}

TEST_CASE("data: names of a path are one id") {
  CHECK(data_id("a.tif") == "a.tif");
  CHECK(data_id("2021/06/a.tif") == "2021:06:a.tif");
  CHECK(data_id("a:b/c%d.tif") == "a%3Ab:c%25d.tif");
  CHECK(data_id("\xFF.tif") == "%FF.tif");
  CHECK(data_id("été.tif") == "été.tif");
}

TEST_CASE("data: files are items with names, and their collection comes first") {
  Tree tree;
  tree.write("2021/a.tif", "II*");
  tree.write("b.tif", "II*");
  tree.write("words.txt", "no data");
  tree.write("hidden.bin", std::string_view("II*\0", 4));
  auto const all = tree.run();
  CHECK(all.ids() == Strings{"relief", "2021:a.tif", "b.tif", "hidden.bin"});
  CHECK(all.documents[0].format == "stac-collection");
  CHECK(all.documents[0].collection.empty());
  CHECK(all.documents[1].format == "stac-item");
  CHECK(all.documents[1].collection == "relief");
  CHECK(all.documents[1].address == "file:2021/a.tif");
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("data: a file that cannot be read keeps its item, and the list is whole") {
  Tree tree;
  tree.write("a.tif", "bad");
  tree.write("b.tif", "");
  tree.write("c.vrt", "<VRTDataset/>");
  tree.write("d.tif", "II*");
  auto const all = tree.run();
  CHECK(all.ids() == Strings{"relief", "d.tif"});
  CHECK(all.codes() == Strings{"file-unreadable", "file-unreadable", "unexpected-root"});
  CHECK(all.failures[0].native_id == "a.tif");
  CHECK(all.failures[0].collection == "relief");
  CHECK(all.failures[0].finding.where == "a.tif");
  CHECK(all.complete);
}

TEST_CASE("data: of a file that lies nowhere there is an item, and a warning") {
  Tree tree;
  tree.write("a.tif", "far");
  auto const all = tree.run();
  CHECK(all.ids() == Strings{"relief", "a.tif"});
  CHECK(all.codes() == Strings{"geometry-unreadable"});
  CHECK(all.documents[1].bytes.find(R"("geometry":null)") != std::string::npos);
}

TEST_CASE("data: what lies beside a file goes with it, and is no item") {
  Tree tree;
  tree.source.asset_folder = tree.source.address;
  for (auto const* const name : {"a.shp", "a.shx", "a.dbf", "a.prj", "a.shp.aux.xml", "a.jpg"}) {
    tree.write(name, "abc");
  }
  fs::create_symlink("/etc/passwd", fs::path(tree.source.address) / "a.cpg");
  auto const all = tree.run();
  CHECK(all.ids() == Strings{"relief", "a.shp"});
  CHECK(tree.reader.endings == Strings{".shp", ".shx", ".dbf", ".prj", ".shp.aux.xml"});
  auto const item = json::Document::parse(all.documents[1].bytes);
  REQUIRE(item);
  auto const assets = *item->root().member("assets");
  CHECK(assets.size() == 6);
  CHECK(assets.member("thumbnail")->string("href") == "a.jpg");
  // Of the three letters, by `printf abc | sha256sum`.
  CHECK(assets.member("data")->string("file:checksum") ==
        "1220ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("data: addresses of files are the site's own, those of another server, or none") {
  Tree tree;
  tree.write("é a/b c.tif", "II*");
  auto const href = [&](std::string const& options) {
    auto const item = json::Document::parse(tree.run(options).documents[1].bytes);
    auto const data = item->root().member("assets")->member("data");
    return data ? std::string(data->string("href").value()) : std::string();
  };
  CHECK(href("").empty());
  CHECK(href(R"(,"base_url":"https://d.example/x")") == "https://d.example/x/%C3%A9%20a/b%20c.tif");
  tree.source.asset_folder = tree.source.address;
  CHECK(href("") == "b%20c.tif");
}

TEST_CASE("data: a description of the collection is a document like others") {
  Tree tree;
  tree.write("collection.json", R"({"type":"Collection","id":"massif"})");
  tree.write("a.tif", "II*");
  auto const all = tree.run();
  REQUIRE(all.documents.size() == 2);
  CHECK(all.documents[0].bytes == R"({"type":"Collection","id":"massif"})");
  CHECK(all.documents[1].collection == "massif");
  // One that speaks of something else is not the items' own.
  CHECK(tree.run(R"(,"collection":"other")").ids() == Strings{"other", "", "a.tif"});
}

TEST_CASE("data: options that make no sense are told before anything is read") {
  Tree tree;
  tree.write("a.tif", "II*");
  CHECK_THROWS_WITH(tree.run(R"(,"time_pattern":"{month}")"),
                    "the option time_pattern: {year} is missing");
  CHECK_THROWS_AS(tree.run(R"(,"base_url":"ftp://x")"), ProtocolError);
  CHECK_THROWS_AS(tree.run(R"(,"read":"all")"), ProtocolError);
  tree.reader.lack = "it is not installed";
  CHECK_THROWS_WITH(tree.run(), "files of data cannot be read: it is not installed");
}

TEST_CASE("data: a run goes on behind the files of its last page") {
  Tree tree;
  for (int i = 100; i < 220; ++i) tree.write("f" + std::to_string(i) + ".tif", "II*");
  tree.source.options = R"({"read":"data"})";
  CannedFetcher unused(std::map<std::string, std::string>{});
  auto const begin = [&](std::string_view checkpoint) {
    return start(tree.source, {unused, nullptr, &tree.reader}, checkpoint);
  };
  auto const all = killed_and_resumed(begin, 1);
  auto ids = all.ids();
  std::erase(ids, "relief"); // said again by the second run
  CHECK(ids.size() == 120);
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
  CHECK(all.complete);
  // A source that was read as metadata is not gone on with.
  tree.source.options = "{}";
  CHECK_THROWS_AS(begin(all.checkpoints.front()), kinds::StaleCheckpoint);
}
