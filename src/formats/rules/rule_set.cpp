#include "formats/rules/rule_set.hpp"

#include "formats/words/text.hpp"

#include <utility>

namespace terracat::formats::rules {
namespace {

constexpr std::size_t most_findings = 100; ///< of one document, those of its reader among them
constexpr std::size_t most_texts = 500;    ///< that one rule puts into a field

/// A document in the syntax that the rules are written for.
class Grounds {
 public:
  Grounds(std::string_view document, std::optional<Syntax> syntax, json::Parser& parser)
      : is_wanted_(syntax.has_value()) {
    if (!is_wanted_) return;
    if (syntax == Syntax::json) {
      if (auto const root = parser.parse(document)) json_ = *root;
    } else if (auto read = xml::Document::parse(document)) {
      xml_.emplace(std::move(*read));
    }
  }

  /// True if the document is none of that syntax: nothing is found in it.
  [[nodiscard]] bool is_other() const noexcept { return is_wanted_ && !json_ && !xml_; }

  [[nodiscard]] Finds find(Place const& place, Budget& budget) const {
    if (json_) return place.find(*json_, budget);
    if (xml_) return place.find(xml_->root(), budget);
    return {};
  }

 private:
  bool is_wanted_; ///< false: no rule asks
  std::optional<json::Value> json_;
  std::optional<xml::Document> xml_;
};

std::string nowhere() {
  return {};
}

/// Puts into one record what rules find in its document.
class Application {
 public:
  Application(Grounds const& grounds, ReadContext const& context, Reading& reading,
              model::RecordParts& record, std::vector<Mark>* marks)
      : grounds_(grounds), context_(context), reading_(reading), record_(record), marks_(marks) {}

  void apply(Rule const& rule) {
    auto const& field = *rule.field;
    if (rule.when == When::missing && field.is_said(record_, rule.language)) return;
    auto const texts = texts_of(rule);
    if (texts.empty()) return;
    auto changed = record_;
    if (rule.when == When::always) field.clear(changed, rule.language);
    auto const& language = rule.language.empty() ? context_.language : rule.language;
    std::string first; // where the first value that was put stands in the document
    bool has_put = false;
    for (auto const& [text, where] : texts) {
      auto pointer = field.put(changed, {.text = text,
                                         .language = language,
                                         .replaces = rule.when == When::always,
                                         .context = context_});
      if (pointer.empty()) {
        note(rule, where, text);
        continue;
      }
      if (!std::exchange(has_put, true)) first = where();
      if (marks_ != nullptr) marks_->push_back({rule.number, field.name, pointer, where()});
      if (!field.is_list) break;
    }
    if (!has_put) return;
    record_ = std::move(changed);
    tell(rule, first);
  }

 private:
  /// The texts for a field, as its converter leaves them.
  std::vector<Said> texts_of(Rule const& rule) {
    std::vector<Said> out;
    for (auto& said : said_by(rule)) {
      auto parts = rule.converter == nullptr ? std::optional(std::vector{said.text})
                                             : rule.converter->convert(said.text, rule.separator);
      if (!parts) {
        note(rule, said.where, said.text);
        continue;
      }
      for (auto& part : *parts) {
        auto const* const put = put_for(rule, part);
        if (put == nullptr) {
          note(rule, said.where, part);
        } else if (out.size() == most_texts) {
          note(rule, said.where, "more than " + std::to_string(most_texts) + " values");
          return out;
        } else {
          out.push_back({*put, said.where});
        }
      }
    }
    return out;
  }

  /// What a rule puts for a text. \return  null if its table does not say
  static std::string const* put_for(Rule const& rule, std::string const& text) {
    if (rule.values.empty()) return &text;
    auto const found = rule.values.find(one_line(text));
    return found == rule.values.end() ? nullptr : &found->second;
  }

  /// The rule's own text, or those at the first of its places that says something.
  std::vector<Said> said_by(Rule const& rule) {
    if (!rule.value.empty()) return {{rule.value, nowhere}};
    for (auto const& place : rule.from) {
      auto finds = grounds_.find(place, budget_);
      if (finds.is_cut) note(rule, nowhere, "there is more at the place than is read");
      if (finds.said.empty()) continue;
      if (!rule.field->is_joined) return std::move(finds.said);
      Said all{.text = {}, .where = finds.said.front().where};
      for (auto const& said : finds.said) all.text += (all.text.empty() ? "" : " ") + said.text;
      return {std::move(all)};
    }
    return {};
  }

  void note(Rule const& rule, std::function<std::string()> const& where, std::string_view text) {
    if (reading_.findings.size() >= most_findings) return;
    auto const what = "rule " + std::to_string(rule.number) + ", " + std::string(rule.field->name) +
                      ": " + one_line(excerpt(text));
    reading_.findings.push_back(
        {.code = FindingCode::mapping_value, .where = where(), .excerpt = excerpt(what)});
  }

  /// The names of answers' members are not used: who harvests the answer takes what is marked under
  /// these for made up.
  void tell(Rule const& rule, std::string const& place) {
    record_.inferences.push_back(
        {"mapping." + std::string(rule.field->name),
         "rule " + std::to_string(rule.number) + " of the site's own mapping " +
             (place.empty() ? "says so" : "takes it from " + excerpt(place))});
  }

  Grounds const& grounds_;
  ReadContext const& context_;
  Reading& reading_;
  model::RecordParts& record_;
  std::vector<Mark>* marks_;
  Budget budget_;
};

} // namespace

void RuleSet::apply(std::string_view document, ReadContext const& context, Reading& reading,
                    std::vector<Mark>* marks) const {
  if (rules_.empty()) return;
  auto record = *std::get<model::Record>(reading.resource);
  Grounds const grounds(document, syntax_, context.json);
  if (grounds.is_other() && reading.findings.size() < most_findings) {
    reading.findings.push_back({.code = FindingCode::mapping_value,
                                .where = {},
                                .excerpt = syntax_ == Syntax::xml
                                               ? "the places of the rules are of XML"
                                               : "the places of the rules are of JSON"});
  }
  Application application(grounds, context, reading, record, marks);
  for (auto const& rule : rules_) application.apply(rule);
  reading.resource = model::Record::make(std::move(record)).value();
}

} // namespace terracat::formats::rules
