#pragma once

#include <terracat/record.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace terracat::formats {

/// Collects the keywords of one record in sets, those of one heading together and each once: some
/// sources write one set per keyword.
class KeywordBook {
 public:
  /// \param sets  to add to; outlives the book, and nobody else changes its order meanwhile
  explicit KeywordBook(std::vector<model::KeywordSet>& sets) noexcept : sets_(sets) {}

  static constexpr std::size_t most = 10'000; ///< of all sets

  /// Adds a keyword under a heading, whose own keywords are not looked at. One without label and
  /// URI is left out.
  void add(model::KeywordSet const& heading, model::Keyword keyword);

  /// How many found the sets full.
  [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }

 private:
  std::vector<model::KeywordSet>& sets_;
  std::map<std::string, std::size_t, std::less<>> places_; ///< of the sets, by their headings
  std::set<std::string, std::less<>> seen_;
  std::size_t left_out_ = 0;
};

/// `/Milieu physique/Bathymétrie/MNT` as people write it: with ` > ` between the steps.
[[nodiscard]] model::LocalText without_path(model::LocalText const& label);

} // namespace terracat::formats
