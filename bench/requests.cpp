// Writes what clients may ask of an archive of bench/generate: a file for each shape, a request on
// each line, none twice. `GET TARGET`, or `POST TARGET`, a tabulator and the body.

#include "arguments.hpp"
#include "item_text.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numbers>
#include <unordered_set>

namespace {

using namespace terracat::bench;

constexpr std::uint32_t most_vertices = 1'000;

std::string number(double value, int decimals = 4) {
  std::string out;
  append_number(out, value, decimals);
  return out;
}

/// The first three are the largest; most people ask for those.
std::string collection(Chance& chance) {
  return std::string(collection_kinds.at(chance.below(3)).id);
}

std::string box_around(Position const& middle, double degrees) {
  auto const west = std::max(-180.0, middle.longitude - degrees / 2);
  auto const south = std::max(-90.0, middle.latitude - degrees / 2);
  return number(west) + ',' + number(south) + ',' + number(std::min(180.0, west + degrees)) + ',' +
         number(std::min(90.0, south + degrees));
}

std::string moment(std::int64_t milliseconds) {
  std::string out;
  append_moment(out, milliseconds);
  return out;
}

std::string days_from(Chance& chance, int days) {
  auto const latest = static_cast<double>(last_moment - days * day_length);
  auto const first =
      static_cast<std::int64_t>(chance.between(static_cast<double>(first_moment), latest));
  return moment(first) + '/' + moment(first + days * day_length);
}

constexpr std::string_view little_cloud =
    R"("filter-lang":"cql2-json","filter":{"op":"<","args":[{"property":"eo:cloud_cover"},10]})";

/// A coast: a circle with a radius that changes from corner to corner.
std::string coast(Chance& chance) {
  auto const middle = place_on_land(chance);
  // As many polygons of 5 to 50 corners as of 50 to 500.
  auto const corners = static_cast<std::uint32_t>(5 * std::pow(most_vertices / 5.0, chance.unit()));
  auto const radius = chance.between(2, 6);
  Ring ring;
  for (std::uint32_t i = 0; i < corners; ++i) {
    auto const angle = 2 * std::numbers::pi * i / corners;
    auto const here = radius * chance.between(0.9, 1.0);
    ring.push_back({std::clamp(middle.longitude + here * std::cos(angle), -180.0, 180.0),
                    std::clamp(middle.latitude + here * std::sin(angle), -90.0, 90.0)});
  }
  std::string out = R"({"type":"Polygon","coordinates":[)";
  append_ring(out, ring);
  return out + "]}";
}

/// Half of them: what came last before some moment of the last month; half: over a continent.
std::string latest(Chance& chance) {
  if (chance.below(2) == 0) {
    auto const back = static_cast<std::int64_t>(chance.unit() * 30 * day_length);
    return "GET /stac/collections/" + collection(chance) + "/items?limit=10&datetime=../" +
           moment(last_moment - back);
  }
  return "GET /stac/search?limit=10&collections=" + collection(chance) +
         "&bbox=" + box_around(place_on_land(chance), 30);
}

std::string small_box(Chance& chance) {
  return "GET /stac/search?limit=10&collections=" + collection(chance) +
         "&bbox=" + box_around(place_on_land(chance), 1);
}

std::string polygon(Chance& chance) {
  return R"(POST /stac/search	{"limit":10,"collections":[")" + collection(chance) +
         R"("],"datetime":")" + days_from(chance, 365) + R"(","intersects":)" + coast(chance) +
         ',' + std::string(little_cloud) + '}';
}

std::string sorted(Chance& chance) {
  return "GET /stac/search?limit=10&sortby=%2Beo:cloud_cover&collections=" + collection(chance) +
         "&bbox=" + box_around(place_on_land(chance), 5) + "&datetime=" + days_from(chance, 90);
}

std::string page_of_100(Chance& chance) {
  return "GET /stac/search?limit=100&collections=" + collection(chance) +
         "&bbox=" + box_around(place_on_land(chance), 30);
}

/// One item, for a page without any cannot be asked for.
std::string count(Chance& chance) {
  return R"(POST /stac/search	{"limit":1,"collections":[")" + collection(chance) +
         R"("],"datetime":")" + days_from(chance, 365) + R"(","bbox":[)" +
         box_around(place_on_land(chance), 10) + "]," + std::string(little_cloud) + '}';
}

/// Documents that there are once: the only shape without as many requests as one likes.
std::vector<std::string> documents() {
  std::vector<std::string> out{"GET /stac", "GET /stac/conformance"};
  for (auto const& kind : collection_kinds) {
    out.push_back("GET /stac/collections/" + std::string(kind.id));
  }
  return out;
}

/// Different ones in random order.
std::vector<std::string> items(std::uint64_t seed, std::uint64_t archive_size, std::size_t most) {
  Archive const archive(seed, archive_size);
  Chance chance(seed + 1);
  std::vector<std::string> out;
  std::uint64_t seen = 0;
  for (std::uint32_t day = 0; day < days_of_archive; ++day) {
    for (auto const& scene : archive.day(day)) {
      // A sample of all that were seen so far, each with the same chance.
      ++seen;
      auto const place = static_cast<std::size_t>(chance.unit() * static_cast<double>(seen));
      if (out.size() >= most && place >= most) continue;
      auto line = "GET /stac/collections/" + std::string(collection_kinds.at(scene.collection).id) +
                  "/items/" + id_of(scene);
      if (out.size() < most) {
        out.push_back(std::move(line));
        std::swap(out.back(), out[place]);
      } else {
        out[place] = std::move(line);
      }
    }
  }
  return out;
}

/// \param most  of them; fewer, if they keep repeating themselves
std::vector<std::string> different(std::size_t most, std::uint64_t seed,
                                   std::function<std::string(Chance&)> const& request) {
  Chance chance(seed);
  std::vector<std::string> out;
  std::unordered_set<std::size_t> seen;
  while (out.size() < most) {
    auto line = request(chance);
    if (seen.insert(std::hash<std::string>()(line)).second) out.push_back(std::move(line));
  }
  return out;
}

void write(std::filesystem::path const& path, std::vector<std::string> const& lines) {
  std::ofstream file(path, std::ios::trunc);
  for (auto const& line : lines) file << line << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

} // namespace

int main(int argument_count, char** values) {
  Arguments arguments(argument_count, values,
                      "requests [--items N] [--seed N] [--count N] FOLDER (items and seed as "
                      "given to generate; count: of each shape at most)");
  auto const archive_size = arguments.number("--items", 100'000);
  auto const seed = arguments.number("--seed", 1);
  auto const most = static_cast<std::size_t>(arguments.number("--count", 20'000));
  std::filesystem::path const folder(arguments.rest(1).front());
  try {
    std::filesystem::create_directories(folder);
    write(folder / "documents", documents());
    write(folder / "item", items(seed, archive_size, most * 10));
    write(folder / "latest", different(most * 3, seed + 2, latest));
    write(folder / "box", different(most * 3, seed + 3, small_box));
    write(folder / "polygon", different(most, seed + 4, polygon));
    write(folder / "sorted", different(most * 3, seed + 5, sorted));
    write(folder / "hundred", different(most, seed + 6, page_of_100));
    write(folder / "count", different(most * 5, seed + 7, count));
  } catch (std::exception const& error) {
    std::cerr << "requests: " << error.what() << '\n';
    return 1;
  }
}
