#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What records say in words (query/words.hpp), with four bytes for each.
namespace terracat::catalogue {

/// Numbers of words, each as long as some record has the word. Thread-safe.
class WordNumbers {
 public:
  static constexpr std::uint32_t text_end = 0; ///< stands between two texts; no word has it

  /// \param words  as query::add_words makes them
  /// \return  the number of each, to be given back by `release`
  [[nodiscard]] std::vector<std::uint32_t> take(std::string_view words);

  void release(std::span<std::uint32_t const> numbers) noexcept;

  /// \param phrase  words with a blank between two of them
  /// \return  nothing if no record has one of them
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> find(std::string_view phrase) const;

 private:
  struct Hash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>()(text);
    }
  };

  using Numbers = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;

  struct Word {
    std::string const* text = nullptr; ///< its key
    std::size_t uses = 0;
  };

  std::uint32_t taken(std::string_view word);

  mutable std::mutex mutex_; ///< guards what follows
  Numbers numbers_;
  std::vector<Word> words_ = std::vector<Word>(1); ///< by number
  std::vector<std::uint32_t> free_;                ///< has room for all
};

/// All that one record says, word by word.
class SaidWords {
 public:
  /// \param words  as query::add_words makes them
  SaidWords(std::shared_ptr<WordNumbers> numbers, std::string_view words);
  SaidWords(SaidWords const&) = delete;
  SaidWords& operator=(SaidWords const&) = delete;
  SaidWords(SaidWords&&) = delete;
  SaidWords& operator=(SaidWords&&) = delete;
  ~SaidWords();

  /// In order, texts parted.
  [[nodiscard]] std::span<std::uint32_t const> words() const noexcept { return words_; }

  /// True if the words of the phrase stand there one behind the other. \pre it has one
  [[nodiscard]] bool have(std::span<std::uint32_t const> phrase) const noexcept;

 private:
  std::shared_ptr<WordNumbers> numbers_;
  std::vector<std::uint32_t> words_;
};

} // namespace terracat::catalogue
