#pragma once

#include "vocabulary/concept.hpp"
#include "vocabulary/report.hpp"
#include "vocabulary/statements.hpp"

#include <terracat/local_text.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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

struct DraftGroup {
  std::string uri;
  model::LocalText label;
  std::string notation;
  std::vector<std::string> members; ///< concepts and groups
};

/// A vocabulary as its documents describe it, before it meets others. Concepts are kept in little
/// room and unpacked one at a time: there may be millions.
class Draft {
 public:
  /// A concept among statements: from which row to which one.
  struct Place {
    Statements::Subject subject = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  Draft() = default;

  explicit Draft(std::string of) : name(std::move(of)) {}

  /// \param concepts  in the order of the documents
  /// \pre the statements are sorted
  Draft(Statements statements, std::vector<Place> concepts)
      : statements_(std::move(statements)), concepts_(std::move(concepts)) {}

  std::string name;
  std::vector<DraftScheme> schemes;
  std::vector<DraftGroup> groups;
  Report report;

  /// How many concepts there are.
  [[nodiscard]] std::size_t size() const noexcept { return concepts_.size(); }

  /// The address of a concept, valid as long as the draft is and none is added.
  [[nodiscard]] std::string_view uri(std::size_t place) const {
    return statements_.addresses().of(concepts_.at(place).subject);
  }

  [[nodiscard]] DraftConcept at(std::size_t place) const;

  void add(DraftConcept const& described);

 private:
  Statements statements_;
  std::vector<Place> concepts_;
};

} // namespace terracat::vocabulary
