#pragma once

#include "json/schema.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::json {

/// A place in one of several texts.
struct Spot {
  std::size_t text = 0;
  std::string pointer;
  Value value;
};

/// The texts of a set while they are compiled: what stands where, and where references lead. All
/// faults are thrown as ProblemError.
class SchemaTexts {
 public:
  explicit SchemaTexts(std::vector<SchemaText> const& texts);

  using Addresses = std::map<std::string, std::size_t, std::less<>>;

  /// Texts by all that they are called; some may be no more than known.
  [[nodiscard]] Addresses const& addresses() const noexcept { return addresses_; }

  [[nodiscard]] Spot top(std::size_t text) const;

  [[nodiscard]] Spot target(std::string_view reference, Spot const& from) const;

  /// Beside `$ref`, as the older drafts have it.
  [[nodiscard]] bool ignores_siblings(std::size_t text) const { return parsed_[text].is_old; }

  [[noreturn]] void refuse(std::size_t text, std::string_view pointer, std::string detail) const;

 private:
  struct Parsed {
    std::string name;
    std::string address;
    std::string id;
    Document document;
    bool is_old = true;
  };

  void add(SchemaText const& text);
  void read_head(std::size_t text);
  void index();
  void add_known();
  [[nodiscard]] std::size_t text_at(std::string_view reference, Spot const& from) const;

  std::vector<Parsed> parsed_;
  Addresses addresses_;
};

[[nodiscard]] std::string_view without_fragment(std::string_view address);

/// A name as a step of a JSON pointer.
[[nodiscard]] std::string pointer_step(std::string_view name);

} // namespace terracat::json
