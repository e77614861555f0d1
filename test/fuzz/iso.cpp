// ISO metadata in both XML formats.

#include "fuzz/fuzz.hpp"
#include "fuzz/readings.hpp"

namespace terracat::fuzz {

void try_input(std::string_view input) {
  for (auto const* const name : {"iso19139", "iso19115-3"}) {
    check_format(*formats::find(name), input);
  }
  (void)formats::recognise(input);
}

} // namespace terracat::fuzz
