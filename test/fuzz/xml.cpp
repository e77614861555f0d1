// Metadata in XML: both formats of ISO, DataCite, Dublin Core, EML.

#include "fuzz/fuzz.hpp"
#include "fuzz/readings.hpp"

namespace terracat::fuzz {

void try_input(std::string_view input) {
  for (auto const* const name : {"iso19139", "iso19115-3", "datacite", "dublin-core", "eml",
                                 "thredds", "atom", "opensearch"}) {
    check_format(*formats::find(name), input);
  }
  (void)formats::recognise(input);
}

} // namespace terracat::fuzz
