#pragma once

#include <terracat/bbox.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Places by what they are called: gazetteer/places.tsv, which is within the program.
namespace terracat::gazetteer {

/// What a place is. A name that several places have is that of the first in this order.
enum class Kind : std::uint8_t {
  continent,
  region, ///< a part of a continent, or several countries together
  ocean,
  country,
  sea,
  territory, ///< of a country, far from its main land
  division,  ///< a region of France
  mountains,
  area,
  islands,
  desert,
  basin,
  plain,
  plateau,
  peninsula,
  wetlands,
  delta,
  coast,
  island,
  department, ///< of France
  lake,
  river,
};

/// As files and answers say it.
[[nodiscard]] std::string_view name_of(Kind kind) noexcept;

struct Name {
  std::string text;
  std::string_view language; ///< "fr", "en"; a literal
};

struct Place {
  Kind kind = Kind::area;
  bool is_everyday = false;        ///< a name of it is also a word of every day
  std::string wikidata;            ///< "Q1286"; may be empty
  std::optional<model::Bbox> bbox; ///< nothing: of a few small countries
  std::vector<Name> names;         ///< not empty; of each language the one that is shown first

  /// In the first of these languages that there is one in, else the first.
  [[nodiscard]] std::string_view label(std::span<std::string const> languages) const noexcept;

  /// The address of what Wikidata says of it; empty: nothing is known.
  [[nodiscard]] std::string uri() const;
};

/// Immutable: any number of threads may ask. What it gives points into it.
class Gazetteer {
 public:
  /// The places that are shipped, and countries and parts of continents (UN M49) as ICU calls them.
  Gazetteer();

  /// \param table  as gazetteer/README.md says; a line that is otherwise is left out
  explicit Gazetteer(std::string_view table);

  Gazetteer(Gazetteer const&) = delete;
  Gazetteer& operator=(Gazetteer const&) = delete;
  Gazetteer(Gazetteer&&) = delete;
  Gazetteer& operator=(Gazetteer&&) = delete;
  ~Gazetteer() = default;

  /// All, in the order of their kinds, the most important of each first.
  [[nodiscard]] std::span<Place const> places() const noexcept { return places_; }

  /// The place that is called so, without the difference of case and accents. \return  null: none
  [[nodiscard]] Place const* find(std::string_view name) const;

  /// Those of which a name, or one from a later word on, begins so, each once, in order.
  [[nodiscard]] std::vector<Place const*> beginning(std::string_view text, std::size_t limit) const;

 private:
  void add_line(std::string_view line);
  void add(Place place, std::string_view code);
  void add_icu_countries();

  std::vector<Place> places_;
  std::map<std::string, std::size_t, std::less<>> by_name_; ///< folded: the place of it in places_
  std::multimap<std::string, std::size_t, std::less<>> by_beginning_; ///< likewise, from a word on
  std::vector<std::string> codes_;                                    ///< of places so far
};

} // namespace terracat::gazetteer
