// STAC Items, STAC Collections, OGC records, and what repositories and portals say in JSON.

#include "fuzz/fuzz.hpp"
#include "fuzz/readings.hpp"

namespace terracat::fuzz {

void try_input(std::string_view input) {
  for (auto const* const name :
       {"stac-item", "stac-collection", "ogc-record", "datacite-json", "opendatasoft", "dataverse",
        "aeris", "esgf", "theia-pivot", "resto", "odata", "erddap", "sensorthings", "cds"}) {
    check_format(*formats::find(name), input);
  }
  (void)formats::recognise(input);
}

} // namespace terracat::fuzz
