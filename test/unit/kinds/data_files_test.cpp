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
#include <functional>
#include <stop_token>

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
    ++asked;
    if (meanwhile) meanwhile();
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
  int asked = 0;
  std::function<void()> meanwhile; ///< what somebody does while a file is read
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

  std::unique_ptr<kinds::Harvester> started(std::string const& options = "",
                                            std::string_view checkpoint = {},
                                            kinds::What what = kinds::What::documents) {
    source.options = R"({"read":"data")" + options + "}";
    CannedFetcher unused(std::map<std::string, std::string>{});
    return start(source, {unused, nullptr, &reader}, checkpoint, what);
  }

  Harvest run(std::string const& options = "") { return harvest(*started(options)); }
};

std::string sum_of(std::string_view text, std::size_t piece) {
  Sha256 sum;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    sum.add(text.substr(0, piece));
  }
  return sum.multihash();
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

TEST_CASE("data: a run that has begun by other options is not gone on with") {
  Tree tree;
  tree.write("a.tif", "II*");
  auto const checkpoint = tree.run().checkpoints.front();
  CHECK_NOTHROW(tree.started("", checkpoint));
  for (auto const* const options :
       {R"(,"collection":"other")", R"(,"time_pattern":"{year}*")",
        R"(,"base_url":"https://d.example/x")", R"(,"checksum":false)"}) {
    INFO(options);
    CHECK_THROWS_AS(tree.started(options, checkpoint), kinds::StaleCheckpoint);
  }
  tree.source.asset_folder = tree.source.address;
  CHECK_THROWS_AS(tree.started("", checkpoint), kinds::StaleCheckpoint);
}

TEST_CASE("data: of a list the first file of a name is taken, and the list is not whole") {
  Tree tree;
  TemporaryFolder other;
  std::string const list = "relief/one.tif\nrelief\n";
  tree.write("one.tif", "II*");
  tree.write("dem.tif", "II*");
  fs::create_directory(other.path() / "2023");
  fs::create_directory(other.path() / "2024");
  std::string far;
  for (auto const* const name : {"2023/dem.tif", "2024/dem.tif", "2024/own.tif"}) {
    std::ofstream(other.path() / name) << "II*";
    far += (other.path() / name).native() + '\n';
  }
  auto const file = tree.folder.path() / "list.txt";
  std::ofstream(file) << far;
  tree.source.address = file.native();
  constexpr auto options = R"(,"list":true,"collection":"c")";
  auto const all = tree.run(options);
  CHECK(all.ids() == Strings{"c", "dem.tif", "own.tif"});
  CHECK(all.codes() == Strings{"record-repeated"});
  CHECK(all.failures.front().finding.where == "dem.tif");
  CHECK(all.failures.front().finding.excerpt ==
        "an item before it has this id; it is of path 2 of the list");
  CHECK_FALSE(all.complete);
  // A file that is named, and lies in a folder that is named as well, is one item.
  std::ofstream(file) << list;
  auto const both = tree.run(options);
  CHECK(both.ids() == Strings{"c", "relief:one.tif", "relief:dem.tif"});
  CHECK(both.codes() == Strings{"record-repeated"});
}

TEST_CASE("data: what an earlier part of a run has taken is taken for the rest") {
  Tree tree;
  TemporaryFolder other;
  auto const repeated = other.path() / "f100.tif";
  std::ofstream(repeated) << "II*";
  std::string list;
  for (int i = 100; i < 160; ++i) {
    auto const name = "f" + std::to_string(i) + ".tif";
    tree.write(name, "II*");
    list += (fs::path(tree.source.address) / name).native() + '\n';
  }
  auto const file = tree.folder.path() / "list/list.txt";
  fs::create_directory(file.parent_path());
  std::ofstream(file) << list << repeated.native() << '\n';
  tree.source.address = file.native();
  auto const all = killed_and_resumed(
      [&](std::string_view checkpoint) {
        return tree.started(R"(,"list":true,"collection":"c")", checkpoint);
      },
      1);
  CHECK(all.codes() == Strings{"record-repeated"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("data: links to files of the tree are passed by, those out of it are told") {
  Tree tree;
  tree.write("2024/a.tif", "II*");
  fs::path const root = tree.source.address;
  fs::create_symlink("2024/a.tif", root / "latest.tif");
  fs::create_symlink("/etc/passwd", root / "out.tif");
  auto const all = tree.run();
  CHECK(all.ids() == Strings{"relief", "2024:a.tif"});
  CHECK(all.codes() == Strings{"file-unreadable"});
  CHECK(all.failures.front().finding.where == "out.tif");
}

TEST_CASE("data: links into a hidden folder of the tree are what they are called") {
  Tree tree;
  // As tools do that keep the contents of files apart, by their checksums.
  tree.write(".store/ab/SHA256-1.tif", "II*");
  tree.write(".store/cd/SHA256-2", "wide");
  tree.write(".store/ef/SHA256-3.xml", "<PAMDataset/>");
  fs::path const root = tree.source.address;
  fs::create_directory(root / "2024");
  fs::create_symlink("../.store/ab/SHA256-1.tif", root / "2024/a.tif");
  fs::create_symlink("../.store/ab/SHA256-1.tif", root / "2024/same.tif");
  fs::create_symlink("../.store/cd/SHA256-2", root / "2024/b.jp2");
  fs::create_symlink("../.store/ef/SHA256-3.xml", root / "2024/a.tif.aux.xml");
  fs::create_symlink("../../outside.png", root / "2024/a.png");
  std::ofstream(tree.folder.path() / "outside.png") << "png";
  fs::create_directory(tree.folder.path() / ".hidden");
  std::ofstream(tree.folder.path() / ".hidden/out.tif") << "II*";
  fs::create_symlink("../.hidden/out.tif", root / "out.tif");
  fs::create_symlink(".store/gone.tif", root / "gone.tif");
  auto const all = tree.run(R"(,"base_url":"https://data.example")");
  CHECK(all.ids() == Strings{"relief", "2024:a.tif", "2024:b.jp2", "2024:same.tif"});
  CHECK(all.codes() == Strings{"file-unreadable", "file-unreadable", "file-unreadable"});
  Strings where;
  for (auto const& failure : all.failures) where.push_back(failure.finding.where);
  CHECK(where == Strings{"2024/a.png", "gone.tif", "out.tif"});
  auto const& item = all.documents[1].bytes;
  for (auto const* const part : {R"("title":"a")", R"("href":"https://data.example/2024/a.tif")",
                                 R"("href":"https://data.example/2024/a.tif.aux.xml")"}) {
    CAPTURE(part, item);
    CHECK(item.find(part) != std::string::npos);
  }
  CHECK(item.find("SHA256-1") == std::string::npos);
  CHECK(item.find("a.png") == std::string::npos);
}

TEST_CASE("data: a file that grows or changes while it is read is none yet") {
  Tree tree;
  tree.write("a.tif", "II*");
  auto const file = fs::path(tree.source.address) / "a.tif";
  tree.source.asset_folder = tree.source.address;
  SECTION("it grows") {
    tree.reader.meanwhile = [&] { std::ofstream(file, std::ios::app) << "more"; };
  }
  SECTION("it gets shorter") {
    tree.reader.meanwhile = [&] { fs::resize_file(file, 1); };
  }
  SECTION("it is written anew") {
    tree.reader.meanwhile = [&] {
      fs::last_write_time(file, fs::last_write_time(file) - std::chrono::seconds(5));
    };
  }
  auto const all = tree.run();
  CHECK(all.ids() == Strings{"relief"});
  CHECK(all.codes() == Strings{"file-unreadable"});
  CHECK(all.failures.front().native_id == "a.tif");
  CHECK(all.complete);
}

TEST_CASE("data: a stop ends the sum over a file") {
  Tree tree;
  tree.write("a.tif", "II*");
  DataOptions options;
  options.collection = "c";
  options.is_served = true;
  DataFiles const files(options, &tree.reader);
  std::stop_source source;
  auto const path = fs::path(tree.source.address) / "a.tif";
  auto const item = files.split(
      {.place = {}, .shown = "a.tif", .path = path, .name = path, .is_given = true, .fault = {}},
      source.get_token());
  REQUIRE(item);
  tree.reader.meanwhile = [&] { source.request_stop(); };
  CHECK_THROWS_AS(item->next(), fetch::FetchError);
}

TEST_CASE("data: ids are told without reading a file") {
  Tree tree;
  tree.write("2021/a.tif", "II*");
  tree.write("b.tif", "bad");
  tree.write("words.txt", "no data");
  tree.reader.lack = "it is not installed";
  auto const all = harvest(*tree.started("", {}, kinds::What::ids));
  CHECK(tree.reader.asked == 0);
  CHECK(all.ids() == Strings{"relief", "2021:a.tif", "b.tif"});
  CHECK(all.documents[1].collection == "relief");
  CHECK(all.documents[1].bytes.empty());
  CHECK(all.failures.empty());
  CHECK(all.complete);
}
