#include "vocabulary/skos.hpp"

#include "formats/graph/node.hpp"
#include "formats/words/text.hpp"
#include "vocabulary/pieces.hpp"
#include "vocabulary/terms.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <utility>

namespace terracat::vocabulary {
namespace {

using rdf::Term;
using rdf::TermKind;
using Subject = Statements::Subject;

/// A language tag as labels have it: `fr`, `en-gb`.
std::string tag_of(Term const& term) {
  auto tag = lowered(term.language);
  std::ranges::replace(tag, '_', '-');
  return tag;
}

/// Reads one graph.
class GraphReader {
 public:
  GraphReader(rdf::Graph const& graph, Scope const& scope, Gathering& out)
      : graph_(graph),
        scope_(scope),
        out_(out),
        properties_(graph.terms.size(), unknown),
        subjects_(graph.terms.size(), nobody) {}

  void run() {
    for (auto const& oddity : graph_.oddities) out_.report.add(oddity);
    for (auto const& [subject, predicate, object] : graph_.triples) {
      auto const property = property_at(predicate);
      if (property == Property::other) continue;
      auto const self = subject_at(subject);
      auto const& term = graph_.terms[object];
      if (term.kind == TermKind::literal) {
        out_.say(self, property, term.text, tag_of(term));
      } else {
        out_.say(self, property, subject_at(object));
      }
    }
  }

 private:
  static constexpr int unknown = -1;
  static constexpr Subject nobody = UINT32_MAX;

  Property property_at(std::uint32_t term) {
    auto& known = properties_[term];
    if (known == unknown) known = static_cast<int>(property_of(graph_.terms[term].text));
    return static_cast<Property>(known);
  }

  Subject subject_at(std::uint32_t place) {
    auto& known = subjects_[place];
    if (known != nobody) return known;
    auto const& term = graph_.terms[place];
    if (term.kind == TermKind::blank) {
      known = blank(scope_.piece, term.text);
    } else if (term.text.starts_with(shared_blank)) {
      known = blank(scope_.document, std::string_view(term.text).substr(shared_blank.size()));
    } else {
      known = out_.subject(term.text);
    }
    return known;
  }

  Subject blank(std::string_view scope, std::string_view name) {
    return out_.statements.addresses().add("_:" + std::string(scope) + ":" + std::string(name));
  }

  rdf::Graph const& graph_;
  Scope scope_;
  Gathering& out_;
  std::vector<int> properties_;   ///< of terms
  std::vector<Subject> subjects_; ///< of terms
};

/// What subjects are.
class Interpreter {
 public:
  explicit Interpreter(Gathering gathered)
      : gathered_(std::move(gathered)), all_(gathered_.statements) {
    draft_.report = std::move(gathered_.report);
  }

  Draft run() {
    auto const subjects = look_at_all();
    all_.sort();
    std::vector<Draft::Place> concepts;
    for (auto const subject : subjects) {
      auto const& sign = signs_[subject];
      if (sign.is_scheme) {
        if (has_address(subject)) draft_.schemes.push_back(scheme(subject));
        continue;
      }
      if (sign.is_group && !sign.is_concept) {
        if (has_address(subject)) draft_.groups.push_back(group(subject));
        continue;
      }
      bool const is_untyped = !sign.is_something && sign.is_labelled && sign.is_placed;
      if ((!sign.is_concept && !is_untyped) || !has_address(subject)) continue;
      if (!sign.is_concept) {
        draft_.report.add(FindingCode::concept_untyped, all_.addresses().of(subject));
      }
      auto const rows = all_.of(subject);
      auto const begin = static_cast<std::uint32_t>(rows.data() - all_.rows().data());
      concepts.push_back({.subject = subject,
                          .begin = begin,
                          .end = begin + static_cast<std::uint32_t>(rows.size())});
    }
    Draft out(std::move(all_), std::move(concepts));
    out.schemes = std::move(draft_.schemes);
    out.groups = std::move(draft_.groups);
    out.report = std::move(draft_.report);
    return out;
  }

 private:
  /// What is known of a subject before it is read.
  struct Sign {
    bool is_known : 1 = false;
    bool is_concept : 1 = false;
    bool is_scheme : 1 = false;
    bool is_group : 1 = false;
    bool is_something : 1 = false; ///< says what it is
    bool is_labelled : 1 = false;
    bool is_placed : 1 = false; ///< is broader or narrower than something, or in a scheme
  };

  /// \return  subjects in the order in which something was first said of them
  std::vector<Subject> look_at_all() {
    signs_.resize(all_.addresses().size());
    std::vector<Subject> out;
    for (auto const& row : all_.rows()) {
      auto& sign = signs_[row.subject];
      if (!sign.is_known) out.push_back(row.subject);
      sign.is_known = true;
      if (row.property == Property::type) {
        auto const kind = class_of(all_.text(row));
        sign.is_something = true;
        sign.is_concept = sign.is_concept || kind == Class::skos_concept;
        sign.is_scheme = sign.is_scheme || kind == Class::scheme;
        sign.is_group = sign.is_group || kind == Class::collection;
      } else if (row.property == Property::super_group && !row.is_text) {
        within_.emplace(row.object, row.subject);
      }
      sign.is_labelled = sign.is_labelled || row.property == Property::preferred;
      sign.is_placed = sign.is_placed || is_placing(row.property);
    }
    return out;
  }

  bool has_address(Subject subject) {
    auto const address = all_.addresses().of(subject);
    if (is_blank(address)) {
      draft_.report.add(FindingCode::concept_address, {}, address.substr(address.rfind(':') + 1));
      return false;
    }
    if (address.starts_with(rdf::no_base) || address.find(':') == std::string_view::npos) {
      draft_.report.add(FindingCode::concept_address, {}, address);
      return false;
    }
    auto const mended = gathered_.mended.find(subject);
    if (mended != gathered_.mended.end()) {
      draft_.report.add(FindingCode::concept_address, address, mended->second);
    }
    return true;
  }

  [[nodiscard]] DraftScheme scheme(Subject subject) const {
    DraftScheme out{
        .uri = std::string(all_.addresses().of(subject)), .title = {}, .top_concepts = {}};
    for (auto const& row : all_.of(subject)) {
      auto const text = all_.text(row);
      if (row.property == Property::has_top_concept && !row.is_text && !is_blank(text)) {
        out.top_concepts.emplace_back(text);
      } else if (is_title(row.property) && row.is_text) {
        out.title.add(std::string(all_.language(row)), std::string(text));
      }
    }
    return out;
  }

  [[nodiscard]] DraftGroup group(Subject subject) const {
    DraftGroup out{.uri = std::string(all_.addresses().of(subject)),
                   .label = {},
                   .notation = {},
                   .members = {}};
    for (auto const& row : all_.of(subject)) {
      if (row.property == Property::member && !row.is_text) {
        add_member(out, row.object);
      } else if (row.property == Property::member_list && !row.is_text) {
        add_list(out, row.object);
      } else if (is_title(row.property) && row.is_text) {
        out.label.add(std::string(all_.language(row)), std::string(all_.text(row)));
      } else if (row.property == Property::notation && row.is_text && out.notation.empty()) {
        out.notation = all_.text(row);
      }
    }
    auto const [first, last] = within_.equal_range(subject);
    for (auto at = first; at != last; ++at) add_member(out, at->second);
    return out;
  }

  void add_member(DraftGroup& group, Subject member) const {
    auto const address = all_.addresses().of(member);
    if (!is_blank(address)) group.members.emplace_back(address);
  }

  /// One that has no end is cut off.
  void add_list(DraftGroup& group, Subject cell) const {
    constexpr std::size_t longest = 100'000;
    for (std::size_t i = 0; i < longest; ++i) {
      auto const rows = all_.of(cell);
      auto const value = std::ranges::find(rows, Property::list_first, &Statements::Row::property);
      if (value != rows.end() && !value->is_text) add_member(group, value->object);
      auto const rest = std::ranges::find(rows, Property::list_rest, &Statements::Row::property);
      if (rest == rows.end() || rest->is_text) return;
      cell = rest->object;
    }
  }

  Gathering gathered_;
  Statements& all_; ///< of gathered_
  Draft draft_;
  std::vector<Sign> signs_;                          ///< of all addresses
  std::unordered_multimap<Subject, Subject> within_; ///< what says of itself that it is in a group
};

} // namespace

Subject Gathering::subject(std::string_view address) {
  auto const legal = formats::graph::legal_address(address);
  auto const out = statements.addresses().add(legal);
  if (legal != address) mended.try_emplace(out, excerpt(address));
  return out;
}

void Gathering::say(Subject subject, Property property, std::string_view text,
                    std::string_view language) {
  bool const is_long = note_kind(property).has_value() || property == Property::description;
  auto const clean = is_long ? formats::paragraphs(text) : formats::one_line(text);
  if (!clean.empty()) statements.add(subject, property, clean, language);
}

void gather(rdf::Graph const& graph, Scope const& scope, Gathering& out) {
  GraphReader(graph, scope, out).run();
}

Draft draft_of(Gathering gathered) {
  return Interpreter(std::move(gathered)).run();
}

} // namespace terracat::vocabulary
