#pragma once

#include "kinds/resto/description.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::resto {

/// What a page of results says beside its products.
struct Results {
  std::optional<std::size_t> total; ///< absent if it is not said, or an estimate
  std::size_t count = 0;            ///< of the products
  std::string next;                 ///< of the link to the next page, as it is written
};

/// A product of a page.
struct Result {
  std::string id;       ///< empty: it has none
  std::string document; ///< that can stand alone
};

/// Reads a page, and hands its products on one by one, after `begin` was told what the page says.
/// \param collection  that the products are put in, as far as a document can say it
/// \throws ProtocolError  if it is no such page
void read_results(std::string_view body, Form form, std::string_view collection,
                  std::function<void(Results const&)> const& begin,
                  std::function<void(Result)> const& take);

} // namespace terracat::kinds::resto
