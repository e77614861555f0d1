#include "vocabulary/skos.hpp"

#include "formats/graph/node.hpp"
#include "formats/words/text.hpp"
#include "vocabulary/terms.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace terracat::vocabulary {
namespace {

using rdf::Graph;
using rdf::Term;
using rdf::TermKind;

/// A language tag as labels have it: `fr`, `en-gb`.
std::string tag_of(Term const& term) {
  auto tag = lowered(term.language);
  std::ranges::replace(tag, '_', '-');
  return tag;
}

/// The last part of an address, in lower case, without the word that some lists put before it:
/// `deprecated` of `http://purl.org/linked-data/registry#statusDeprecated`.
std::string status_of(std::string_view address) {
  auto word = lowered(address.substr(std::min(address.find_last_of("/#") + 1, address.size())));
  constexpr std::string_view before = "status";
  return word.starts_with(before) ? word.substr(before.size()) : word;
}

bool is_status_of_the_past(std::string_view address) {
  constexpr std::array<std::string_view, 5> past{"deprecated", "superseded", "retired", "invalid",
                                                 "withdrawn"};
  return std::ranges::find(past, status_of(address)) != past.end();
}

bool is_true(Term const& term) {
  auto const text = lowered(trimmed(term.text));
  return text == "true" || text == "1";
}

/// What is said of a graph's subjects.
class Reader {
 public:
  explicit Reader(Graph const& graph) : graph_(graph), properties_(graph.terms.size()) {
    for (std::size_t i = 0; i < graph.terms.size(); ++i) {
      if (graph.terms[i].kind == TermKind::iri) properties_[i] = property_of(graph.terms[i].text);
    }
  }

  Draft run() {
    for (auto const& oddity : graph_.oddities) draft_.report.add(oddity);
    find_subjects();
    for (auto const& triple : graph_.triples) {
      auto const property = properties_[triple.predicate];
      if (auto* const described = find(concepts_, draft_.concepts, triple.subject)) {
        if (property == Property::label) plain_labels_.emplace_back(triple.subject, triple.object);
        describe(*described, property, triple.object);
      }
      if (auto* const described = find(schemes_, draft_.schemes, triple.subject)) {
        describe(*described, property, graph_.terms[triple.object]);
      }
    }
    take_plain_labels();
    return std::move(draft_);
  }

 private:
  using Places = std::unordered_map<std::uint32_t, std::size_t>; ///< of subjects, in a list

  /// What is known of a subject before it is read.
  struct Sign {
    bool is_concept = false;
    bool is_scheme = false;
    bool is_something = false; ///< says what it is
    bool is_labelled = false;
    bool is_placed = false; ///< is broader or narrower than something, or in a scheme
  };

  template<class Described>
  static Described* find(Places const& places, std::vector<Described>& list,
                         std::uint32_t subject) {
    auto const found = places.find(subject);
    return found == places.end() ? nullptr : &list[found->second];
  }

  void find_subjects() {
    std::vector<Sign> signs(graph_.terms.size());
    std::vector<std::uint32_t> subjects; // in the order of the document
    std::vector<bool> is_known(graph_.terms.size());
    for (auto const& [subject, predicate, object] : graph_.triples) {
      if (!is_known[subject]) subjects.push_back(subject);
      is_known[subject] = true;
      auto const property = properties_[predicate];
      if (property == Property::type) {
        auto const kind = class_of(graph_.terms[object].text);
        signs[subject].is_something = true;
        signs[subject].is_concept = signs[subject].is_concept || kind == Class::skos_concept;
        signs[subject].is_scheme = signs[subject].is_scheme || kind == Class::scheme;
      } else if (property == Property::literal_form) {
        literal_forms_.try_emplace(subject, object);
      }
      auto& sign = signs[subject];
      sign.is_labelled = sign.is_labelled || property == Property::preferred;
      sign.is_placed = sign.is_placed || is_placing(property);
    }
    for (auto const subject : subjects) {
      auto const& sign = signs[subject];
      if (sign.is_scheme) {
        add(schemes_, draft_.schemes, subject);
      } else if (sign.is_concept) {
        add(concepts_, draft_.concepts, subject);
      } else if (!sign.is_something && sign.is_labelled && sign.is_placed &&
                 add(concepts_, draft_.concepts, subject)) {
        draft_.report.add(FindingCode::concept_untyped, graph_.terms[subject].text);
      }
    }
  }

  /// \return  false if it has no address of its own
  template<class Described>
  bool add(Places& places, std::vector<Described>& list, std::uint32_t subject) {
    auto const& term = graph_.terms[subject];
    if (term.kind != TermKind::iri || term.text.starts_with(rdf::no_base) ||
        term.text.find(':') == std::string::npos) {
      draft_.report.add(FindingCode::concept_address, {}, term.text);
      return false;
    }
    auto uri = formats::graph::legal_address(term.text);
    if (uri != term.text) draft_.report.add(FindingCode::concept_address, uri, term.text);
    places.emplace(subject, list.size());
    list.emplace_back().uri = std::move(uri);
    return true;
  }

  void describe(DraftScheme& scheme, Property property, Term const& object) const {
    if (property == Property::has_top_concept && object.kind == TermKind::iri) {
      scheme.top_concepts.push_back(formats::graph::legal_address(object.text));
    } else if (is_title(property) && object.kind == TermKind::literal) {
      scheme.title.add(tag_of(object), formats::one_line(object.text));
    }
  }

  void describe(DraftConcept& described, Property property, std::uint32_t object) {
    auto const& term = graph_.terms[object];
    if (auto const kind = label_kind(property)) return add_label(described, *kind, object);
    if (auto const kind = note_kind(property)) return add_note(described, *kind, term);
    if (property == Property::deprecated) {
      described.is_deprecated = described.is_deprecated || is_true(term);
    } else if (property == Property::status) {
      described.is_deprecated = described.is_deprecated || is_status_of_the_past(term.text);
    } else if (property == Property::created && described.created.empty()) {
      described.created = date_of(term);
    } else if (property == Property::modified) {
      described.modified = std::max(described.modified, date_of(term));
    } else if (term.kind == TermKind::iri) {
      refer(described, property, formats::graph::legal_address(term.text));
    }
  }

  static void refer(DraftConcept& described, Property property, std::string uri) {
    if (property == Property::type) {
      if (class_of(uri) == Class::other) described.classes.push_back(std::move(uri));
    } else if (auto const kind = mapping_kind(property)) {
      described.mappings.push_back({.kind = *kind, .uri = std::move(uri)});
    } else if (auto* const list = list_of(described, property)) {
      list->push_back(std::move(uri));
    }
  }

  static std::vector<std::string>* list_of(DraftConcept& described, Property property) {
    switch (property) {
    case Property::in_scheme:
      return &described.schemes;
    case Property::top_concept_of:
      return &described.top_of;
    case Property::broader:
      return &described.broader;
    case Property::narrower:
      return &described.narrower;
    case Property::related:
      return &described.related;
    case Property::replaced_by:
      return &described.replaced_by;
    default:
      return nullptr;
    }
  }

  void add_label(DraftConcept& described, LabelKind kind, std::uint32_t object) {
    if (auto const form = literal_forms_.find(object); form != literal_forms_.end()) {
      object = form->second;
    }
    auto const& term = graph_.terms[object];
    if (term.kind != TermKind::literal) return;
    auto text = formats::one_line(term.text);
    if (text.empty()) return;
    auto language = kind == LabelKind::notation ? std::string() : tag_of(term);
    described.labels.push_back(
        {.kind = kind, .language = std::move(language), .text = std::move(text)});
  }

  static void add_note(DraftConcept& described, NoteKind kind, Term const& term) {
    if (term.kind != TermKind::literal) return;
    auto text = formats::paragraphs(term.text);
    if (text.empty()) return;
    described.notes.push_back({.kind = kind, .language = tag_of(term), .text = std::move(text)});
  }

  static std::string date_of(Term const& term) {
    constexpr std::size_t longest = 40;
    auto const text = trimmed(term.text);
    return text.size() > longest ? std::string() : std::string(text);
  }

  /// `rdfs:label` speaks where there is no preferred label at all.
  void take_plain_labels() {
    std::vector<bool> is_named;
    for (auto const& described : draft_.concepts) {
      is_named.push_back(std::ranges::any_of(described.labels, [](DraftLabel const& label) {
        return label.kind == LabelKind::preferred;
      }));
    }
    for (auto const& [subject, object] : plain_labels_) {
      auto const place = concepts_.at(subject);
      if (!is_named[place]) add_label(draft_.concepts[place], LabelKind::preferred, object);
    }
  }

  Graph const& graph_;
  std::vector<Property> properties_; ///< of terms
  Places concepts_;
  Places schemes_;
  std::unordered_map<std::uint32_t, std::uint32_t> literal_forms_;    ///< of labels of SKOS-XL
  std::vector<std::pair<std::uint32_t, std::uint32_t>> plain_labels_; ///< by subject
  Draft draft_;
};

} // namespace

Draft read_skos(Graph const& graph) {
  return Reader(graph).run();
}

} // namespace terracat::vocabulary
