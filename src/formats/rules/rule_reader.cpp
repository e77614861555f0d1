#include "formats/json/identifier_text.hpp"
#include "formats/rules/rule_set.hpp"
#include "formats/words/text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats::rules {
namespace {

constexpr std::size_t most_rules = 300;
constexpr std::size_t most_places = 20; ///< of one rule
constexpr std::size_t longest_text = 10'000;
constexpr std::size_t most_values = 2'000;

/// Reads one rule. The first fault of each key is told.
class RuleReader {
 public:
  RuleReader(json::Value value, std::size_t number, std::optional<Syntax> syntax,
             std::vector<std::string>& faults)
      : value_(value), syntax_(syntax), faults_(faults), before_(faults.size()) {
    rule_.number = number;
  }

  /// \return  nothing if it is wrong
  std::optional<Rule> read() {
    if (!value_.is_object()) {
      fault("expected a table, as in [[rule]]");
      return std::nullopt;
    }
    check_keys();
    read_field();
    read_origin();
    read_converter();
    read_values();
    read_when();
    read_language();
    return faults_.size() == before_ ? std::optional(std::move(rule_)) : std::nullopt;
  }

 private:
  void check_keys() {
    constexpr std::array<std::string_view, 8> keys{"field",     "from",      "value",  "language",
                                                   "converter", "separator", "values", "when"};
    for (auto const& [name, value] : value_.members()) {
      if (std::ranges::find(keys, name) == keys.end()) {
        fault("there is no such key as '" + std::string(name) + "'; there are " + listed(keys));
      }
    }
  }

  void read_field() {
    auto const name = text("field");
    if (!name) return;
    rule_.field = find_field(*name);
    if (rule_.field == nullptr) {
      fault("field: there is no field '" + *name + "'; there are " +
            listed(fields(), &Field::name));
    }
  }

  void read_origin() {
    auto const from = value_.member("from");
    if (auto const value = value_.member("value")) {
      rule_.value = text("value").value_or("");
      if (from) fault("expected either from or value");
    } else if (!from) {
      fault("expected from, or value");
    } else if (from->is_array()) {
      if (from->size() == 0 || from->size() > most_places) {
        fault("from: expected 1 to " + std::to_string(most_places) + " places");
        return;
      }
      for (auto const place : from->elements()) add_place(place);
    } else {
      add_place(*from);
    }
  }

  void add_place(json::Value value) {
    auto const written = value.string();
    if (!written) return fault("from: expected a text, or a list of texts");
    if (!syntax_) return; // told once, of the file
    auto place = Place::parse(*syntax_, *written);
    if (!place) return fault("from: " + place.error().detail);
    rule_.from.push_back(std::move(*place));
  }

  void read_converter() {
    if (value_.member("converter")) {
      auto const name = text("converter").value_or("");
      rule_.converter = find_converter(name);
      if (rule_.converter == nullptr && !name.empty()) {
        fault("converter: there is no converter '" + name + "'; there are " +
              listed(converters(), &Converter::name));
      }
    }
    bool const is_wanted = rule_.converter != nullptr && rule_.converter->has_separator;
    if (is_wanted) {
      auto const separator = value_.string("separator");
      if (!separator || separator->empty() || separator->size() > longest_text) {
        return fault("separator: expected a text");
      }
      rule_.separator = *separator; // a blank is one as well
    } else if (value_.member("separator")) {
      fault("separator: expected with a converter that has one");
    }
  }

  void read_values() {
    auto const values = value_.member("values");
    if (!values) return;
    if (!values->is_object() || values->size() == 0 || values->size() > most_values) {
      return fault("values: expected a table with 1 to " + std::to_string(most_values) + " texts");
    }
    for (auto const& [said, put] : values->members()) {
      auto const value = put.string();
      if (!value || stripped(*value).empty() || value->size() > longest_text) {
        return fault("values: expected a text for '" + std::string(said) + "'");
      }
      rule_.values.emplace(one_line(said), *value);
    }
  }

  void read_when() {
    if (!value_.member("when")) return;
    auto const word = text("when");
    if (!word) return;
    if (*word == "always") {
      rule_.when = When::always;
    } else if (*word == "add") {
      rule_.when = When::add;
      if (rule_.field != nullptr && !rule_.field->is_list) {
        fault("when: " + std::string(rule_.field->name) +
              R"( holds one value; expected "missing" or "always")");
      }
    } else if (*word != "missing") {
      fault(R"(when: expected "missing", "always" or "add")");
    }
  }

  void read_language() {
    if (!value_.member("language")) return;
    auto const written = text("language");
    if (!written) return;
    rule_.language = language_tag(*written);
    if (rule_.language.empty()) fault("language: expected a tag of BCP 47, such as fr");
    if (rule_.field != nullptr && !rule_.field->has_language) {
      fault("language: " + std::string(rule_.field->name) + " is the same in every language");
    }
  }

  /// A text that has to be there.
  std::optional<std::string> text(std::string_view key) {
    auto const value = value_.string(key);
    if (value && !stripped(*value).empty() && value->size() <= longest_text) {
      return std::string(*value);
    }
    fault(std::string(key) + ": expected a text of at most " + std::to_string(longest_text) +
          " bytes");
    return std::nullopt;
  }

  void fault(std::string const& what) {
    faults_.push_back("rule " + std::to_string(rule_.number) + ": " + what);
  }

  json::Value value_;
  std::optional<Syntax> syntax_;
  std::vector<std::string>& faults_;
  std::size_t before_;
  Rule rule_;
};

} // namespace

RuleSet RuleSet::parse(std::string_view json, std::vector<std::string>& faults) {
  RuleSet out;
  if (json.empty()) return out;
  auto const document = json::Document::parse(json);
  if (!document || !document->root().is_object()) {
    faults.emplace_back("expected tables [[rule]]");
    return out;
  }
  auto const root = document->root();
  for (auto const& [name, value] : root.members()) {
    if (name == "documents" || name == "rule") continue;
    faults.push_back("there is no such key as '" + std::string(name) +
                     "'; there are documents, rule");
  }
  auto& syntax = out.syntax_;
  auto const documents = root.member("documents");
  if (documents && documents->string() == "xml") syntax = Syntax::xml;
  if (documents && documents->string() == "json") syntax = Syntax::json;
  auto const list = root.member("rule");
  if (!list || !list->is_array() || list->size() == 0 || list->size() > most_rules) {
    faults.push_back("expected 1 to " + std::to_string(most_rules) + " tables [[rule]]");
    return out;
  }
  bool has_places = false;
  for (auto const rule : list->elements()) has_places = has_places || rule.member("from");
  if (!syntax && (has_places || documents)) {
    faults.emplace_back(R"(documents: expected "xml" (places are XPaths) or "json" (pointers))");
  }
  for (std::size_t number = 1; auto const value : list->elements()) {
    if (auto rule = RuleReader(value, number++, syntax, faults).read()) {
      out.rules_.push_back(std::move(*rule));
    }
  }
  return out;
}

} // namespace terracat::formats::rules
