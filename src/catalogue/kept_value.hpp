#pragma once

#include "catalogue/word_numbers.hpp"
#include "query/value.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Values that many records have, each kept once.
namespace terracat::catalogue {

/// Properties of records whose values are kept so: what facets count and conditions mostly ask for.
inline constexpr std::array<std::string_view, 14> kept_properties = {
    "type",      "license",  "language",    "keywords",  "themes",
    "contacts",  "access",   "producers",   "formats",   "resourceLanguages",
    "variables", "platform", "instruments", "resolution"};

/// The place of a property among them; as many as there are: it is none.
[[nodiscard]] constexpr std::size_t kept_column(std::string_view property) noexcept {
  std::size_t place = 0;
  while (place < kept_properties.size() && kept_properties[place] != property) ++place;
  return place;
}

/// A text that values of one property have, alone or in lists.
struct KeptText {
  std::string text;
  std::string label; ///< as its first record told it; empty: the text itself
  std::uint32_t number = 0;
};

/// A value of one property. No two of those that are in use have the same number.
struct KeptValue {
  query::Value value;
  std::vector<std::shared_ptr<KeptText const>> texts; ///< that it is made of, in its order
  std::uint32_t number = 0;
};

/// Where they are kept as long as somebody uses them. Thread-safe.
class ValuePool {
 public:
  using Value = std::shared_ptr<KeptValue const>;

  [[nodiscard]] Value text(std::size_t column, std::string const& text);

  /// \param labels  one for each text, or none at all
  [[nodiscard]] Value list(std::size_t column, std::vector<std::string> const& texts,
                           std::vector<std::string> const& labels = {});

  [[nodiscard]] std::shared_ptr<WordNumbers> const& words() const noexcept { return words_; }

 private:
  /// What is kept of one property, by what it says. Numbers of what nobody uses are given again.
  template<class Kept>
  struct Shelf {
    std::unordered_map<std::string, std::shared_ptr<Kept const>> all;
    std::vector<std::uint32_t> free;
    std::uint32_t next = 0;
    std::size_t used = 0; ///< when it was last looked what is in use

    std::shared_ptr<Kept const> put(std::string key, Kept kept);
    void tidy();
  };

  std::shared_ptr<KeptText const> kept_text(std::size_t column, std::string const& text,
                                            std::string const& label);

  std::shared_ptr<WordNumbers> words_ = std::make_shared<WordNumbers>();

  std::mutex mutex_; ///< guards what follows
  std::array<Shelf<KeptValue>, kept_properties.size()> values_;
  std::array<Shelf<KeptText>, kept_properties.size()> texts_;
};

} // namespace terracat::catalogue
