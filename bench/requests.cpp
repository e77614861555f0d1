// Writes what clients may ask of an archive of bench/generate: a file for each shape, a request on
// each line, none twice. `GET TARGET`, or `POST TARGET`, a tabulator and the body.

#include "arguments.hpp"
#include "filter.hpp"
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
Ring coast(Chance& chance) {
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
  return ring;
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

std::string over_a_polygon(Chance& chance) {
  return R"(POST /stac/search	{"limit":10,"collections":[")" + collection(chance) +
         R"("],"datetime":")" + days_from(chance, 365) + R"(","intersects":)" +
         polygon(coast(chance)).json + ',' + std::string(little_cloud) + '}';
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

/// What limits a search beside its filter; empty: does not.
struct Others {
  std::string collection = {};
  std::string box = {};
  std::string period = {};
};

std::string by_get(Others const& others, Filter const& filter) {
  std::string out = "GET /stac/search?limit=10";
  if (!others.collection.empty()) out += "&collections=" + others.collection;
  if (!others.box.empty()) out += "&bbox=" + others.box;
  if (!others.period.empty()) out += "&datetime=" + others.period;
  return out + "&filter-lang=cql2-text&filter=" + escaped(filter.text);
}

std::string by_post(Others const& others, Filter const& filter) {
  std::string out = R"(POST /stac/search	{"limit":10)";
  if (!others.collection.empty()) out += R"(,"collections":[")" + others.collection + "\"]";
  if (!others.box.empty()) out += R"(,"bbox":[)" + others.box + ']';
  if (!others.period.empty()) out += R"(,"datetime":")" + others.period + '"';
  return out + R"(,"filter-lang":"cql2-json","filter":)" + filter.json + '}';
}

/// Half of them in each spelling.
std::string filtered(Chance& chance, Others const& others, Filter const& filter) {
  return chance.below(2) == 0 ? by_get(others, filter) : by_post(others, filter);
}

template<std::size_t size>
Filter one_of(Chance& chance, std::array<std::string_view, size> const& values) {
  return literal(values.at(chance.below(size)));
}

/// A projection that scenes on land have.
Filter projection(Chance& chance) {
  auto const place = place_on_land(chance);
  auto const zone = std::min(59, static_cast<int>((place.longitude + 180) / 6)) + 1;
  return literal("EPSG:" + std::to_string((place.latitude < 0 ? 32'700 : 32'600) + zone));
}

/// Lists, alternatives and what is not, of texts and a number.
std::string alternatives(Chance& chance) {
  constexpr std::array<std::string_view, 3> second{"beta", "gamma", "delta"};
  auto const code = property("proj:code");
  auto const wanted = infix(
      "AND",
      {is_one_of(property("platform"), {literal("alpha"), one_of(chance, second)}),
       infix("OR",
             {infix("=", {code, projection(chance)}), infix("=", {code, projection(chance)})}),
       call("NOT", {infix("OR", {infix(">=", {property("eo:cloud_cover"),
                                              literal(chance.between(10, 50))}),
                                 infix("=", {property("product:type"), literal("radar-slc")})})})});
  return filtered(chance, {}, wanted);
}

std::string ranges(Chance& chance) {
  auto const cloud = chance.between(0, 70);
  auto const sun = chance.between(5, 50);
  auto const wanted =
      infix("AND", {is_between(property("eo:cloud_cover"), literal(cloud), literal(cloud + 30)),
                    is_between(property("view:sun_elevation"), literal(sun), literal(sun + 30))});
  return filtered(chance,
                  {.collection = collection(chance),
                   .box = box_around(place_on_land(chance), 20),
                   .period = days_from(chance, 365)},
                  wanted);
}

/// Of properties with few values.
std::string patterns(Chance& chance) {
  constexpr std::array<std::string_view, 5> types{"tiles-%", "scenes-l_", "radar-%", "%-8d",
                                                  "%-l2%"};
  constexpr std::array<std::string_view, 4> codes{"EPSG:326%", "EPSG:327%", "EPSG:32_3%",
                                                  "EPSG:32__5"};
  auto const wanted =
      infix("AND", {infix("LIKE", {property("product:type"), one_of(chance, types)}),
                    infix("LIKE", {property("proj:code"), one_of(chance, codes)})});
  return filtered(chance, {.period = days_from(chance, 90)}, wanted);
}

/// Half: what has no cloud cover, as all of radar; half: or little of it.
std::string absences(Chance& chance) {
  auto const cloud = property("eo:cloud_cover");
  auto wanted = is_null(cloud);
  if (chance.below(2) == 0) {
    wanted = infix("OR", {wanted, infix("<", {cloud, literal(chance.between(5, 20))})});
  }
  return filtered(chance,
                  {.box = box_around(place_on_land(chance), 10), .period = days_from(chance, 365)},
                  infix("AND", {call("NOT", {is_null(property("platform"))}), wanted}));
}

/// A place and a time as the filter's own.
std::string place_and_time(Chance& chance) {
  auto const period = days_from(chance, 365);
  auto const slash = period.find('/');
  auto const wanted = infix(
      "AND", {call("S_INTERSECTS", {property("geometry"), polygon(coast(chance))}),
              call("T_INTERSECTS", {property("datetime"),
                                    interval(period.substr(0, slash), period.substr(slash + 1))}),
              infix("<", {property("eo:cloud_cover"), literal(50.0)})});
  return filtered(chance, {.collection = collection(chance)}, wanted);
}

/// Half: arithmetic; half: a comparison without case. Only bodies tell, of what the rest leaves.
std::string computed(Chance& chance) {
  auto const shaded = infix("+", {property("eo:cloud_cover"), property("eo:snow_cover")});
  auto const wanted = chance.below(2) == 0 ? infix("<", {shaded, literal(chance.between(60, 140))})
                                           : infix("=", {call("CASEI", {property("product:type")}),
                                                         call("CASEI", {literal("TILES-L2A")})});
  return filtered(chance,
                  {.box = box_around(place_on_land(chance), 10), .period = days_from(chance, 90)},
                  wanted);
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
    write(folder / "polygon", different(most, seed + 4, over_a_polygon));
    write(folder / "sorted", different(most * 3, seed + 5, sorted));
    write(folder / "hundred", different(most, seed + 6, page_of_100));
    write(folder / "count", different(most * 5, seed + 7, count));
    write(folder / "filter-in", different(most, seed + 8, alternatives));
    write(folder / "filter-between", different(most, seed + 9, ranges));
    write(folder / "filter-like", different(most, seed + 10, patterns));
    write(folder / "filter-null", different(most, seed + 11, absences));
    write(folder / "filter-place", different(most, seed + 12, place_and_time));
    write(folder / "filter-computed", different(most, seed + 13, computed));
  } catch (std::exception const& error) {
    std::cerr << "requests: " << error.what() << '\n';
    return 1;
  }
}
