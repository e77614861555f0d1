#pragma once

#include <terracat/query.hpp>

#include <memory>
#include <string_view>

namespace terracat::query {

/// A 64-bit fingerprint (XXH3) of values that are added one after the other. Neighbouring values do
/// not run into each other: each is added with its length or its kind.
class Digest {
 public:
  Digest();
  Digest(Digest const&) = delete;
  Digest& operator=(Digest const&) = delete;
  Digest(Digest&&) = delete;
  Digest& operator=(Digest&&) = delete;
  ~Digest();

  Digest& add(std::string_view text);
  Digest& add(std::uint64_t number);
  Digest& add(double number);
  Digest& add(Expression const& expression);

  [[nodiscard]] std::uint64_t value() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The fingerprint of one text.
[[nodiscard]] std::uint64_t digest_of(std::string_view text) noexcept;

} // namespace terracat::query
