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

/// What records say in words (query/words.hpp), with two bytes for each, or four.
namespace terracat::catalogue {

class SaidWords;

/// Numbers of words, each as long as some record has the word. Thread-safe.
class WordNumbers {
 public:
  static constexpr std::uint32_t text_end = 0; ///< stands between two texts; no word has it

  /// \param words  as query::add_words makes them
  /// \return  the number of each, to be given back by `release`
  [[nodiscard]] std::vector<std::uint32_t> take(std::string_view words);

  void release(std::span<std::uint32_t const> numbers) noexcept;
  void release(SaidWords const& words) noexcept; ///< all that stand there

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
  void give_back(std::uint32_t number) noexcept;

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

  /// So many, ends of texts among them.
  [[nodiscard]] std::size_t size() const noexcept { return parts_.size() / parts_of_each_; }

  /// In order, texts parted. \pre place < size()
  [[nodiscard]] std::uint32_t at(std::size_t place) const noexcept {
    if (parts_of_each_ == 1) return parts_[place];
    return std::uint32_t{parts_[2 * place]} | std::uint32_t{parts_[2 * place + 1]} << 16U;
  }

  /// Where they are in memory, to ask for it ahead.
  [[nodiscard]] void const* memory() const noexcept { return parts_.data(); }

  /// True if the words of the phrase stand there one behind the other. \pre it has one
  [[nodiscard]] bool have(std::span<std::uint32_t const> phrase) const noexcept;

 private:
  std::shared_ptr<WordNumbers> numbers_;
  std::vector<std::uint16_t> parts_; ///< numbers, or both halves of each if one does not fit
  std::size_t parts_of_each_ = 1;
};

} // namespace terracat::catalogue
