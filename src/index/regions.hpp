#pragma once

#include "index/question.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::index {

/// Of the names of a region that in the first of these languages that there is one in, else the
/// first. \pre names is not empty
[[nodiscard]] std::string_view name_in(std::vector<Expansion> const& names,
                                       std::span<std::string const> languages) noexcept;

/// Countries, continents and the parts of continents (UN M49) by their names in French and English,
/// as ICU has them. Immutable: any number of threads may ask.
class Regions {
 public:
  Regions();

  /// The names of the region that is called so, in both languages, without the difference of case
  /// and accents. \return  empty if none is
  [[nodiscard]] std::vector<Expansion> names(std::string_view text) const;

  /// The names, in both languages, of regions of which one begins so, each region once, in order.
  [[nodiscard]] std::vector<std::vector<Expansion>> beginning(std::string_view text,
                                                              std::size_t limit) const;

 private:
  std::map<std::string, std::vector<Expansion>, std::less<>> names_; ///< by what they are called
};

} // namespace terracat::index
