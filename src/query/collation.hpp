#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace terracat::query {

/// Orders text by the root collation of ICU: case and accents matter only between words that are
/// equal without them. Safe to use from several threads at once.
class Collation {
 public:
  Collation();
  Collation(Collation const&) = delete;
  Collation& operator=(Collation const&) = delete;
  Collation(Collation&&) noexcept;
  Collation& operator=(Collation&&) noexcept;
  ~Collation();

  /// Bytes whose order is the order of the texts. Two texts that differ only far behind their
  /// beginnings may have the same key, for a key is cut after `longest_key` bytes: it has to fit
  /// into a page token.
  [[nodiscard]] std::string key(std::string_view text) const;

  static constexpr std::size_t longest_key = 72;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

} // namespace terracat::query
