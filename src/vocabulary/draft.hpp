#pragma once

#include "vocabulary/concept.hpp"
#include "vocabulary/report.hpp"

#include <terracat/local_text.hpp>

#include <string>
#include <vector>

namespace terracat::vocabulary {

struct DraftLabel {
  LabelKind kind = LabelKind::preferred;
  std::string language; ///< BCP 47 in lower case
  std::string text;
};

struct DraftNote {
  NoteKind kind = NoteKind::definition;
  std::string language;
  std::string text;
};

struct DraftMapping {
  MappingKind kind = MappingKind::exact;
  std::string uri;
};

/// A concept as its document describes it. What it refers to need not be there.
struct DraftConcept {
  std::string uri;
  std::vector<DraftLabel> labels; ///< notations among them
  std::vector<DraftNote> notes;
  std::vector<std::string> classes; ///< addresses of what it is beside a concept
  std::vector<std::string> schemes;
  std::vector<std::string> top_of; ///< schemes
  std::vector<std::string> broader;
  std::vector<std::string> narrower;
  std::vector<std::string> related;
  std::vector<std::string> replaced_by;
  std::vector<DraftMapping> mappings;
  std::string created;
  std::string modified;
  bool is_deprecated = false;
};

struct DraftScheme {
  std::string uri;
  model::LocalText title;
  std::vector<std::string> top_concepts;
};

/// A vocabulary as one document describes it, before it meets others.
struct Draft {
  std::string name;
  std::vector<DraftConcept> concepts; ///< in the order of the document
  std::vector<DraftScheme> schemes;
  Report report;
};

} // namespace terracat::vocabulary
