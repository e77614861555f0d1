#pragma once

#include <terracat/store_error.hpp>

#include <cstddef>
#include <optional>

namespace terracat::catalogue {

/// What `read` returns; nothing if what it reads is damaged.
/// \param damage  counts what is
template<class Read>
auto unless_damaged(std::size_t& damage, Read const& read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::corrupt) throw;
    ++damage;
    return std::nullopt;
  }
}

} // namespace terracat::catalogue
