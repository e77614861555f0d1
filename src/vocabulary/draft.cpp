#include "vocabulary/draft.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::vocabulary {
namespace {

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

bool is_true(std::string_view text) {
  auto const word = lowered(trimmed(text));
  return word == "true" || word == "1";
}

std::string date_of(std::string_view text) {
  constexpr std::size_t longest = 40;
  text = trimmed(text);
  return text.size() > longest ? std::string() : std::string(text);
}

std::vector<std::string>* list_of(DraftConcept& described, Property property) {
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

/// A concept that is unpacked.
class Unpacking {
 public:
  explicit Unpacking(Statements const& statements) : statements_(statements) {}

  DraftConcept run(Draft::Place const& place) {
    out_.uri = statements_.addresses().of(place.subject);
    auto const rows = std::span(statements_.rows()).subspan(place.begin, place.end - place.begin);
    for (auto const& row : rows) describe(row);
    bool const is_named = std::ranges::any_of(
        out_.labels, [](DraftLabel const& label) { return label.kind == LabelKind::preferred; });
    // `rdfs:label` speaks where there is no preferred label at all.
    for (auto const& row : rows) {
      if (row.property == Property::label && !is_named) add_label(LabelKind::preferred, row);
    }
    return std::move(out_);
  }

 private:
  void describe(Statements::Row const& row) {
    auto const text = statements_.text(row);
    if (auto const kind = label_kind(row.property)) return add_label(*kind, row);
    if (auto const kind = note_kind(row.property)) return add_note(*kind, row);
    if (row.property == Property::deprecated) {
      out_.is_deprecated = out_.is_deprecated || is_true(text);
    } else if (row.property == Property::status) {
      out_.is_deprecated = out_.is_deprecated || is_status_of_the_past(text);
    } else if (row.property == Property::created && out_.created.empty()) {
      out_.created = date_of(text);
    } else if (row.property == Property::modified) {
      out_.modified = std::max(out_.modified, date_of(text));
    } else if (!row.is_text && !is_blank(text)) {
      refer(row.property, text);
    }
  }

  void refer(Property property, std::string_view uri) {
    if (property == Property::type) {
      if (class_of(uri) == Class::other) out_.classes.emplace_back(uri);
    } else if (auto const kind = mapping_kind(property)) {
      out_.mappings.push_back({.kind = *kind, .uri = std::string(uri)});
    } else if (auto* const list = list_of(out_, property)) {
      list->emplace_back(uri);
    }
  }

  /// What a label says, or the thing that is one (SKOS-XL).
  void add_label(LabelKind kind, Statements::Row row) {
    if (!row.is_text) {
      auto const rows = statements_.of(row.object);
      auto const form = std::ranges::find(rows, Property::literal_form, &Statements::Row::property);
      if (form == rows.end() || !form->is_text) return;
      row = *form;
    }
    auto language = kind == LabelKind::notation ? std::string_view() : statements_.language(row);
    out_.labels.push_back({.kind = kind,
                           .language = std::string(language),
                           .text = std::string(statements_.text(row))});
  }

  void add_note(NoteKind kind, Statements::Row const& row) {
    if (!row.is_text) return;
    out_.notes.push_back({.kind = kind,
                          .language = std::string(statements_.language(row)),
                          .text = std::string(statements_.text(row))});
  }

  Statements const& statements_;
  DraftConcept out_;
};

} // namespace

DraftConcept Draft::at(std::size_t place) const {
  return Unpacking(statements_).run(concepts_.at(place));
}

void Draft::add(DraftConcept const& described) {
  auto& out = statements_;
  auto const self = out.addresses().add(described.uri);
  Place place{.subject = self, .begin = static_cast<std::uint32_t>(out.rows().size())};
  auto const refer = [&](Property property, std::vector<std::string> const& uris) {
    for (auto const& uri : uris) out.add(self, property, out.addresses().add(uri));
  };
  for (auto const& [kind, language, text] : described.labels) {
    out.add(self, property_of(kind), text, language);
  }
  for (auto const& [kind, language, text] : described.notes) {
    out.add(self, property_of(kind), text, language);
  }
  refer(Property::type, described.classes);
  refer(Property::in_scheme, described.schemes);
  refer(Property::top_concept_of, described.top_of);
  refer(Property::broader, described.broader);
  refer(Property::narrower, described.narrower);
  refer(Property::related, described.related);
  refer(Property::replaced_by, described.replaced_by);
  for (auto const& [kind, uri] : described.mappings) {
    out.add(self, property_of(kind), out.addresses().add(uri));
  }
  if (!described.created.empty()) out.add(self, Property::created, described.created, {});
  if (!described.modified.empty()) out.add(self, Property::modified, described.modified, {});
  if (described.is_deprecated) out.add(self, Property::deprecated, "true", {});
  place.end = static_cast<std::uint32_t>(out.rows().size());
  concepts_.push_back(place);
}

} // namespace terracat::vocabulary
