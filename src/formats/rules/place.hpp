#pragma once

#include "formats/xml/xml.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Rules that a data manager writes for one source: what of a document a field of its record is
/// taken from, beside or instead of what the format's own mapping says (doc/mapping.md).
namespace terracat::formats::rules {

/// What documents the places of a file of rules lead through.
enum class Syntax : std::uint8_t { xml, json };

/// What looking for places may still cost in one document: a step for each element or value that is
/// looked at, and for each eight bytes of text that is taken.
class Budget {
 public:
  explicit Budget(std::size_t steps = 5'000'000) noexcept : left_(steps) {}

  /// \return  false once there is nothing left
  bool spend(std::size_t steps = 1) noexcept {
    left_ -= std::min(left_, steps);
    return left_ > 0;
  }

  static constexpr std::size_t bytes_of_a_step = 8;

  [[nodiscard]] bool is_spent() const noexcept { return left_ == 0; }

 private:
  std::size_t left_;
};

/// What a document says somewhere.
struct Said {
  std::string text;                   ///< never blank
  std::function<std::string()> where; ///< the way to it; valid as long as the document is
};

/// Texts that were found at a place, in the order of the document.
struct Finds {
  std::vector<Said> said;
  bool is_cut = false; ///< there is more than is taken: texts, or bytes of one
};

/// An element of a path through XML, or what it is asked for.
struct Condition {
  std::vector<std::string> names; ///< of child elements, one below the other; `*`: any
  std::string attribute;          ///< of the last one, or of the element itself
  std::optional<std::string> is;  ///< nothing: it need only be there
  std::size_t position = 0;       ///< among those that are left, from 1; 0: another condition
};

struct Step {
  std::string name;      ///< without prefix; `*`: any
  bool anywhere = false; ///< at any depth below: `//`
  std::vector<Condition> conditions;
};

/// Where something stands in documents of one syntax.
class Place {
 public:
  /// Reads a subset of XPath 1.0: `/a/b`, `//b`, `*`, `/@id` and `/text()` at the end, and the
  /// conditions `[2]`, `[@id]`, `[@id='x']`, `[a/b]`, `[a/@id='x']`. Prefixes are read and
  /// forgotten: local names tell. Of JSON a pointer (RFC 6901), of which `*` is every element or
  /// member.
  /// \return  invalid_parameter that says what was expected
  [[nodiscard]] static Result<Place> parse(Syntax syntax, std::string_view text);

  /// An element says all the text within it, with a blank between the texts of two elements.
  [[nodiscard]] Finds find(xml::Node root, Budget& budget) const;

  /// Texts, numbers, true and false say themselves, an array what its elements say.
  [[nodiscard]] Finds find(json::Value root, Budget& budget) const;

 private:
  std::vector<Step> steps_; ///< of XML
  std::string attribute_;   ///< likewise, at the end
  std::vector<std::string> tokens_;
};

} // namespace terracat::formats::rules
