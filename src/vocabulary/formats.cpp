#include "vocabulary/formats.hpp"

#include <algorithm>
#include <array>

namespace terracat::vocabulary {
namespace {

bool is_any(std::string_view /*beginning*/) {
  return true;
}

/// THE table of formats of vocabularies.
constexpr std::array all{
    Format{"cf-standard-names", "a table of CF standard names, in XML", is_standard_names,
           read_standard_names, nullptr},
    Format{"gcmd", "keywords of GCMD as its management service lists them, in CSV", is_gcmd,
           read_gcmd, nullptr},
    Format{"nvs", "a collection of the NERC Vocabulary Server, in JSON-LD, RDF/XML or Turtle",
           is_nvs, read_rdf, settle_nvs},
    Format{"inspire", "a register of the INSPIRE registry, or of its kin, in JSON", is_inspire,
           read_inspire, nullptr},
    Format{"registry", "pages of a linked-data registry, in RDF", is_registry, read_rdf,
           settle_registry},
    Format{"skos", "SKOS in Turtle, N-Triples, RDF/XML or JSON-LD", is_any, read_rdf, nullptr},
};

} // namespace

std::span<Format const> formats() noexcept {
  return all;
}

Format const& format_of(std::string_view beginning) {
  return *std::ranges::find_if(all, [&](Format const& format) { return format.is_one(beginning); });
}

} // namespace terracat::vocabulary
