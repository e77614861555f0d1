#include "formats/readers.hpp"

#include "formats/iso/record.hpp"

namespace terracat::formats {

bool recognises_iso19115_3(std::string_view document) {
  return iso::recognises(document, iso::Encoding::iso19115_3);
}

ReadResult read_iso19115_3(std::string_view document, ReadContext const& context) {
  return iso::read(document, context, iso::Encoding::iso19115_3);
}

} // namespace terracat::formats
