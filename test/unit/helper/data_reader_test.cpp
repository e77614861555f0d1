// Files of data, read by a helper that is confined as the program's own is.

#include "helper/confine.hpp"
#include "helper/data_client.hpp"
#include "helper/data_text.hpp"

#include "support/catch.hpp"
#include "support/fixture.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <limits>

using namespace terracat;
using test::fixture;

namespace {

helper::Pool::Settings settings(std::string const& mode) {
  auto program = helper::data_program();
  program.path = TERRACAT_HELPER_CHILD;
  program.arguments = {mode, std::to_string(::getpid())};
  return {.program = std::move(program)};
}

/// A file of these bytes, which has no name.
Descriptor file_of(std::string_view bytes) {
  Descriptor out(::memfd_create("data", MFD_CLOEXEC));
  REQUIRE(::write(out.number(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  return out;
}

boost::system::result<data::Facts, Finding> read(helper::DataClient& client, std::string ending,
                                                 std::string_view bytes) {
  auto const file = file_of(bytes);
  std::vector<data::OpenFile> const files{
      {.ending = std::move(ending), .descriptor = file.number()}};
  return client.read(files);
}

std::string ask(helper::Pool& pool, std::string_view request, std::span<int const> files = {}) {
  auto const answer = pool.ask(request, files);
  return answer ? *answer : "(" + answer.error().how + ")";
}

data::Facts all_facts() {
  data::Facts out{.driver = "GTiff",
                  .crs_code = "EPSG:2154",
                  .crs_wkt = "ENGCRS[]",
                  .grid = data::Grid{.rows = 3, .columns = 4, .transform = {{1, 2, 3, 4, 5, 6.5}}},
                  .box = {{1, 2, 3, 4}},
                  .sides = {{{{0, 1}, {0, 0.5}}, {{0, 0}}, {{1, 0}}, {{1, 1}}}},
                  .bands = {},
                  .layers = {},
                  .metadata = {{"a", "é"}, {"b", ""}}};
  out.bands.push_back(
      {.name = "n",
       .description = "d",
       .type = "uint8",
       .no_data = -std::numeric_limits<double>::infinity(),
       .unit = "K",
       .scale = 0.1,
       .offset = -3,
       .statistics = {
           .minimum = 1, .maximum = 2, .mean = 1.5, .deviation = 0.25, .valid_percent = 99}});
  out.layers.push_back(
      {.name = "l", .geometry = "Point", .count = 7, .columns = {{"x", "Integer"}, {"", "y"}}});
  return out;
}

} // namespace

TEST_CASE("data: what a file holds goes to the parent whole") {
  auto const facts = all_facts();
  auto const read = helper::facts_in(helper::data_answer(facts));
  REQUIRE(read);
  REQUIRE(read->has_value());
  CHECK(**read == facts);
  auto nothing = facts;
  nothing.bands.front().no_data = std::nan("");
  auto const again = helper::facts_in(helper::data_answer(nothing));
  REQUIRE(again);
  REQUIRE(again->has_value());
  CHECK(std::isnan((*again)->bands.front().no_data.value()));
  Finding const refused{.code = FindingCode::file_unreadable, .where = "w", .excerpt = "e"};
  CHECK(helper::facts_in(helper::data_answer(refused))->error() == refused);
}

TEST_CASE("data: an answer that is none is not believed") {
  for (auto const* const text :
       {"", "[]", "{}", R"({"driver":""})", R"({"driver":"x","sides":[[1,2]]})",
        R"({"driver":"x","sides":[[1],[1,2],[1,2],[1,2]]})",
        R"({"driver":"x","sides":[[],[1,2],[1,2],[1,2]]})",
        R"({"finding":["geometry-unreadable","",""]})", R"({"finding":["file-unreadable"]})"}) {
    INFO(text);
    CHECK_FALSE(helper::facts_in(text));
  }
}

TEST_CASE("data: names of files are endings and nothing else") {
  auto const endings = [](std::string_view text) { return helper::endings_in(text).has_value(); };
  CHECK(endings(R"([".tif",".tif.aux.xml",""])"));
  CHECK_FALSE(endings(R"(["/../a"])"));
  CHECK_FALSE(endings(R"([".tif\u0000"])"));
  CHECK_FALSE(endings(R"([".abcdefghijklmnopqrstuvwxyz"])"));
  CHECK_FALSE(endings(R"(["","","","","","",""])"));
}

TEST_CASE("data: a raster and a classic NetCDF file are read") {
  helper::DataClient client(settings("data"));
  CHECK(client.obstacle().empty());
  auto const raster = read(client, ".tif", fixture("data/lambert.tif"));
  REQUIRE(raster);
  CHECK(raster->driver == "GTiff");
  CHECK(raster->crs_code == "EPSG:2154");
  CHECK(raster->grid ==
        data::Grid{.rows = 3, .columns = 4, .transform = {{25, 0, 700000, 0, -25, 6600000}}});
  CHECK(raster->box == std::array{700000., 6599925., 700100., 6600000.});
  // The origin of Lambert-93.
  CHECK(raster->sides[0].front().x == Approx(3));
  CHECK(raster->sides[0].front().y == Approx(46.5));
  CHECK(raster->sides[0].size() == 32);
  REQUIRE(raster->bands.size() == 1);
  CHECK(raster->bands[0].type == "uint16");
  CHECK(raster->bands[0].no_data == 65535);

  auto const grid = read(client, ".nc", fixture("data/sea.nc"));
  REQUIRE(grid);
  CHECK(grid->driver == "netCDF");
  REQUIRE(grid->bands.size() == 2);
  CHECK(grid->bands[0].name == "temperature");
  CHECK(grid->bands[0].unit == "K");
  CHECK(grid->box == std::array{0., 40., 4., 42.});
  CHECK(grid->crs_code == "EPSG:4326"); // it names none, and its axes are in degrees
  CHECK(grid->sides[0].front() == model::Position{0, 42});
}

TEST_CASE("data: what cannot be read is a finding of the file") {
  helper::DataClient client(settings("data"));
  auto const code = [&](std::string ending, std::string_view bytes) {
    auto const outcome = read(client, std::move(ending), bytes);
    return outcome ? "read" : std::string(name(outcome.error().code));
  };
  auto const whole = fixture("data/lambert.tif");
  CHECK(code(".tif", whole) == "read");
  CHECK(code("", whole) == "read"); // by what it is, not by its name
  CHECK(code(".tif", std::string_view(whole).substr(0, 100)) == "file-unreadable");
  CHECK(code(".tif", "") == "file-unreadable");
  CHECK(code(".tif", "a text") == "file-unreadable");
  CHECK(code(".vrt", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>") == "file-unreadable");
  // Names of other files, and of addresses, are names that nobody knows.
  CHECK(code(".tif", "<VRTDataset><SourceFilename>/etc/passwd</SourceFilename></VRTDataset>") ==
        "file-unreadable");
  CHECK(code(".json", R"({"type":"FeatureCollection","features":[)") == "file-unreadable");
  CHECK(code(".tif", whole) == "read");
}

TEST_CASE("data: a library that is missing is told from a file that is bad") {
  auto none = settings("data");
  none.program.environment = {"LC_ALL=C.UTF-8"};
  none.program.arguments.front() = "missing";
  helper::DataClient client(std::move(none));
  CHECK(client.obstacle() ==
        "GDAL is not installed (libgdal.so.32, of Debian's package libgdal32)");
}

TEST_CASE("helper: files go with a request, in their order") {
  helper::Pool pool(settings("obey files"));
  auto const a = file_of("a");
  auto const b = file_of("b");
  std::array const files{b.number(), a.number(), b.number()};
  CHECK(ask(pool, "read", files) == "bab");
  CHECK(ask(pool, "count") == "0");
  CHECK(ask(pool, "count", files) == "3");
  // They are closed when the request is answered.
  for (int i = 0; i < 20; ++i) CHECK(ask(pool, "read", files) == "bab");
}

TEST_CASE("helper: of files it is handed it may map and read, and nothing else") {
  helper::Pool pool(settings("obey files"));
  auto const file = file_of("a");
  Descriptor const for_reading(
      ::open(("/proc/self/fd/" + std::to_string(file.number())).c_str(), O_RDONLY | O_CLOEXEC));
  std::array const files{for_reading.number()};
  CHECK(ask(pool, "map a file", files) == "done");
  CHECK(ask(pool, "map memory") == "done");
  CHECK(ask(pool, "map shared memory") == "EPERM");
  CHECK(ask(pool, "write a file", files) == "EPERM");
  for (auto const* const deed : {"read a file", "make executable", "map executable"}) {
    INFO(deed);
    CHECK(ask(pool, deed) == "EPERM");
  }
  for (auto const* const deed : {"socket", "fork", "clone", "execute"}) {
    INFO(deed);
    CHECK(ask(pool, deed) == "(signal 31)");
  }
  if (helper::can_limit_memory()) CHECK(ask(pool, "memory") == "(signal 6)");
}
