#pragma once

#include "pages/sheet.hpp"
#include "pages/strata.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// By what the results of a search can be narrowed: boxes to tick, each with what it would leave.
namespace terracat::pages {

enum class Facet : std::uint8_t {
  compartment,
  variable,
  platform,
  producer,
  access,
  resolution,
  format,
  licence
};

/// A row of the table of facets, in the order in which they stand on the page.
struct FacetRow {
  Facet facet;
  std::string_view name; ///< of the parameter, which may stand in an address several times
  Message label;
  bool is_open; ///< before somebody opens or closes it
};

[[nodiscard]] std::span<FacetRow const> facet_rows() noexcept;
[[nodiscard]] FacetRow const& row_of(Facet facet) noexcept;

/// A box that is ticked. Those of one facet are alternatives; of several facets each must fit.
struct Choice {
  Facet facet;
  std::string value; ///< as in addresses

  friend bool operator==(Choice const&, Choice const&) = default;
};

struct FacetOption {
  std::string value;
  std::string label;
  std::string language;             ///< of the label, BCP 47; empty: nobody said
  std::optional<std::size_t> count; ///< of what choosing it leaves; nothing: it is not known
  bool is_chosen = false;
  Stratum const* stratum = nullptr; ///< null: it has no drawing
};

struct FacetFacts {
  Facet facet;
  std::vector<FacetOption> options; ///< in their order; the first are seen at once
  std::size_t hidden = 0;           ///< values that are not among them
  std::string whole_path = {};      ///< of the page that has all of them; empty: there is none
  bool is_whole = false;            ///< this page has all of them
  std::size_t overlooked = 0;       ///< boxes that were ticked beyond what a question may have
};

/// How many results have something of these ten years.
struct Decade {
  int first_year = 0;
  std::size_t count = 0;
};

/// One group of boxes. \pre there are options
void write_facet(Sheet& sheet, FacetFacts const& facts);

/// Bars of decades: a picture, beside the fields that say the period.
void write_decades(Sheet& sheet, std::span<Decade const> decades);

} // namespace terracat::pages
