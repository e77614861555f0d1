#include "index/stems.hpp"

#include <libstemmer.h>

#include <new>
#include <stdexcept>

namespace terracat::index {

void StemmerDeleter::operator()(sb_stemmer* stemmer) const noexcept {
  sb_stemmer_delete(stemmer);
}

Stemmer::Stemmer(char const* language) : stemmer_(sb_stemmer_new(language, "UTF_8")) {
  if (stemmer_) return;
  // Snowball does not say which of the two it lacks.
  auto const* const* known = sb_stemmer_list();
  while (*known != nullptr && std::string_view(*known) != language) ++known;
  if (*known == nullptr) throw std::invalid_argument("Snowball has no such language");
  throw std::bad_alloc();
}

std::string Stemmer::operator()(std::string_view word) const {
  // sb_symbol is unsigned char.
  auto const* const bytes = reinterpret_cast<sb_symbol const*>(word.data()); // NOLINT
  auto const* const stem = sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(word.size()));
  if (stem == nullptr) throw std::bad_alloc();
  auto const size = static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()));
  return {reinterpret_cast<char const*>(stem), size}; // NOLINT
}

} // namespace terracat::index
