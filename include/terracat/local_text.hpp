#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::model {

/// A text in one or several languages, in the order in which its author gave them.
class LocalText {
 public:
  struct Entry {
    std::string language; ///< BCP 47, lower case: "fr", "en"; empty if the author did not say
    std::string text;

    friend bool operator==(Entry const&, Entry const&) = default;
  };

  LocalText() = default;

  explicit LocalText(std::string text) { add({}, std::move(text)); }

  LocalText(std::string language, std::string text) { add(std::move(language), std::move(text)); }

  /// Keeps the first text of each language; an empty text is no text.
  void add(std::string language, std::string text);

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  [[nodiscard]] std::vector<Entry> const& entries() const noexcept { return entries_; }

  /// The entry in the first of these languages that there is, else the author's first.
  /// \return  null only if there is no text at all
  [[nodiscard]] Entry const* told(std::span<std::string const> languages) const noexcept;

  /// Its text. \return  empty only if there is none at all
  [[nodiscard]] std::string_view best(std::span<std::string const> languages) const noexcept;

  /// Which of these languages there is a text in, apart from the one of told().
  [[nodiscard]] std::vector<std::string> others(std::span<std::string const> languages) const;

  /// The author's first text.
  [[nodiscard]] std::string_view first() const noexcept {
    return entries_.empty() ? std::string_view() : std::string_view(entries_.front().text);
  }

  /// The text in exactly this language, or empty.
  [[nodiscard]] std::string_view in(std::string_view language) const noexcept;

  friend bool operator==(LocalText const&, LocalText const&) = default;

 private:
  std::vector<Entry> entries_;
};

} // namespace terracat::model
