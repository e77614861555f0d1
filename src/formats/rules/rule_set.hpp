#pragma once

#include "formats/rules/converter.hpp"
#include "formats/rules/field.hpp"
#include "formats/rules/place.hpp"

#include <map>

namespace terracat::formats::rules {

/// When a rule counts.
enum class When : std::uint8_t {
  missing, ///< if the record says nothing there yet
  always,  ///< instead of what it says
  add,     ///< beside what it says
};

struct Rule {
  std::size_t number = 0; ///< in its file, from 1
  Field const* field = nullptr;
  std::vector<Place> from;                   ///< the first that says something counts
  std::string value;                         ///< empty: what is found
  std::string language;                      ///< of texts; empty: that of the source
  Converter const* converter = nullptr;      ///< null: none
  std::string separator;                     ///< of the converter
  std::map<std::string, std::string> values; ///< what is put for what was found; empty: the same
  When when = When::missing;
};

/// What a rule put into a record.
struct Mark {
  std::size_t rule = 0;
  std::string_view field;
  std::string pointer; ///< to the value, in what record_json.hpp writes
  std::string place;   ///< in the document; empty: the value stands in the rule
};

/// The rules of one source. Immutable: any thread may apply them.
class RuleSet {
 public:
  RuleSet() = default;

  /// Reads `{"documents": "xml", "rule": [{"field": …}]}`; an empty text is no rules.
  /// \param faults  is added a line for everything that is wrong; rules that are wrong are left out
  [[nodiscard]] static RuleSet parse(std::string_view json, std::vector<std::string>& faults);

  [[nodiscard]] bool empty() const noexcept { return rules_.empty(); }

  /// Puts into a record what the rules find in its document, one rule after the other. What a field
  /// cannot hold becomes a finding. Each rule that put something is told in the record.
  /// \param marks  null: nobody asks
  /// \pre the resource of the reading is a record
  void apply(std::string_view document, ReadContext const& context, Reading& reading,
             std::vector<Mark>* marks = nullptr) const;

 private:
  std::optional<Syntax> syntax_; ///< nothing: no rule has a place
  std::vector<Rule> rules_;
};

} // namespace terracat::formats::rules
