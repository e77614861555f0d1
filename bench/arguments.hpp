#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>
#include <vector>

namespace terracat::bench {

/// Arguments of the programs of this folder: `--name value`, `--name`, or what stands alone. What
/// is wrong ends the program with exit code 2 and the usage.
class Arguments {
 public:
  Arguments(int count, char** values, std::string_view usage)
      : left_(values + 1, values + count), usage_(usage) {}

  [[nodiscard]] bool flag(std::string_view name) {
    auto const at = std::ranges::find(left_, name);
    if (at == left_.end()) return false;
    left_.erase(at);
    return true;
  }

  [[nodiscard]] std::uint64_t number(std::string_view name, std::uint64_t otherwise) {
    auto const at = std::ranges::find(left_, name);
    if (at == left_.end()) return otherwise;
    if (at + 1 == left_.end()) refuse(name, "a whole number has to follow");
    auto const text = at[1];
    std::uint64_t out = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) {
      refuse(text, "is no whole number");
    }
    left_.erase(at, at + 2);
    return out;
  }

  /// What no option took. \param count  how many there have to be
  [[nodiscard]] std::vector<std::string_view> rest(std::size_t count) {
    if (left_.size() > count) refuse(left_[count], "is not known");
    if (left_.size() < count) refuse("an argument", "is missing");
    return left_;
  }

 private:
  [[noreturn]] void refuse(std::string_view what, std::string_view why) const {
    std::cerr << what << ": " << why << "\nusage: " << usage_ << '\n';
    std::exit(2);
  }

  std::vector<std::string_view> left_;
  std::string_view usage_;
};

} // namespace terracat::bench
