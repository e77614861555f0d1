#pragma once

#include "pages/record_page.hpp"
#include "pages/ways.hpp"

#include <string_view>
#include <vector>

/// The parts of the page of a resource.
namespace terracat::pages {

struct Section {
  std::string_view id; ///< in the address: "access"
  Message title;
  void (*write)(Sheet& sheet, Section const& self, RecordPageFacts const& facts,
                std::vector<Way> const& ways);
};

/// Those that the record has something for, in their order.
[[nodiscard]] std::vector<Section> sections_of(RecordPageFacts const& facts,
                                               std::vector<Way> const& ways);

/// The representations for programs, and the permanent link.
void write_machine_links(Sheet& sheet, RecordPageFacts const& facts);

/// Where the record comes from, and what of it is not the source's word.
void write_origin(Sheet& sheet, RecordPageFacts const& facts);

} // namespace terracat::pages
