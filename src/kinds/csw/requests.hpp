#pragma once

#include "kinds/csw/options.hpp"

#include <terracat/fetch.hpp>

#include <string>
#include <string_view>

namespace terracat::kinds::csw {

/// A part of the list, counted from 1.
struct Window {
  std::size_t start = 1;
  std::size_t count = 0;
};

/// GetRecords of CSW 2.0.2 (OGC 07-006r1 10.8). Parameters that the address has are kept, unless
/// the request needs them.
/// \param elements  ElementSetName: "full" or "brief"
[[nodiscard]] fetch::Request get_records(std::string_view address, Options const& options,
                                         Window window, bool sorted, std::string_view elements);

/// The address of one record: GetRecordById (10.9).
[[nodiscard]] std::string record_url(std::string_view address, Options const& options,
                                     std::string_view id);

} // namespace terracat::kinds::csw
