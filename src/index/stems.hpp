#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace terracat::index {

struct StemmerDeleter {
  void operator()(sb_stemmer* stemmer) const noexcept;
};

/// Snowball's stemmer of one language. One thread at a time.
class Stemmer {
 public:
  /// \param language  as Snowball calls it: "french", "english"
  explicit Stemmer(char const* language);

  /// What forms of the word have in common.
  /// \param word  in small letters, without accents: people leave them out
  [[nodiscard]] std::string operator()(std::string_view word) const;

 private:
  std::unique_ptr<sb_stemmer, StemmerDeleter> stemmer_;
};

} // namespace terracat::index
