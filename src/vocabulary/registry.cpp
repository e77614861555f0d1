// Pages of a linked-data registry (registry-core): registers whose members are concepts or other
// things, and items that say what is registered under which code, and with which status.

#include "vocabulary/formats.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace terracat::vocabulary {
namespace {

using Row = Statements::Row;
using Subject = Statements::Subject;

constexpr std::string_view registry = "http://purl.org/linked-data/registry#";
constexpr std::string_view skos = "http://www.w3.org/2004/02/skos/core#";

class Registers {
 public:
  explicit Registers(Gathering& gathered) : gathered_(gathered), all_(gathered.statements) {}

  void run() {
    all_.sort();
    auto const count = static_cast<Subject>(all_.addresses().size());
    for (Subject subject = 0; subject < count; ++subject) {
      if (is_a(subject, "RegisterItem") || has(subject, Property::item_definition)) {
        items_.push_back(subject);
      } else if (is_a(subject, "Register")) {
        registers_.push_back(subject);
      }
    }
    for (auto const item : items_) {
      if (auto const entity = entity_of(item)) entities_[item] = *entity;
    }
    // What is concluded is said when all was looked at: statements that are added are not sorted.
    for (auto const& [item, entity] : entities_) conclude(item, entity);
    for (auto const self : registers_) conclude(self);
    for (auto const& [subject, property, object] : addresses_)
      gathered_.say(subject, property, object);
    for (auto const& [subject, row] : rows_) {
      std::string const text(all_.text(row.second));
      gathered_.say(subject, row.first, text, std::string(all_.language(row.second)));
    }
  }

 private:
  [[nodiscard]] bool is_a(Subject subject, std::string_view name) const {
    return std::ranges::any_of(all_.of(subject), [&](Row const& row) {
      auto const type = all_.text(row);
      return row.property == Property::type && type.starts_with(registry) &&
             type.substr(registry.size()) == name;
    });
  }

  [[nodiscard]] bool has(Subject subject, Property property) const {
    return std::ranges::find(all_.of(subject), property, &Row::property) != all_.of(subject).end();
  }

  [[nodiscard]] bool is_register(Subject subject) const {
    return std::ranges::binary_search(registers_, subject);
  }

  /// What it is about: by its definition, else what has its address without the underscore
  /// (`…/reg/_red` of `…/reg/red`).
  [[nodiscard]] std::optional<Subject> entity_of(Subject item) const {
    for (auto const& row : all_.of(item)) {
      if (row.property != Property::item_definition || row.is_text) continue;
      for (auto const& part : all_.of(row.object)) {
        if (part.property == Property::item_entity && !part.is_text) return part.object;
      }
    }
    std::string address(all_.addresses().of(item));
    auto const name = address.find_last_of("/#") + 1;
    if (name >= address.size() || address[name] != '_') return std::nullopt;
    return all_.addresses().find(address.erase(name, 1));
  }

  void conclude(Subject item, Subject entity) {
    if (is_register(entity) || is_blank(all_.addresses().of(entity))) return;
    bool is_registered = false;
    for (auto const& row : all_.of(item)) {
      auto const* const other = row.is_text ? nullptr : entity_at(row.object);
      if (row.property == Property::item_register && !row.is_text) {
        conclude_member(row.object, entity);
        is_registered = true;
      } else if (row.property == Property::status) {
        repeat(entity, Property::status, row);
      } else if (row.property == Property::item_notation && row.is_text) {
        repeat(entity, Property::notation, row);
      } else if (row.property == Property::successor && other != nullptr) {
        say(entity, Property::replaced_by, *other);
      } else if (row.property == Property::predecessor && other != nullptr) {
        say(*other, Property::replaced_by, entity);
      }
    }
    if (is_registered) conclude_concept(entity);
  }

  [[nodiscard]] Subject const* entity_at(Subject item) const {
    auto const found = entities_.find(item);
    return found == entities_.end() ? nullptr : &found->second;
  }

  void conclude(Subject self) {
    say(self, Property::type, scheme());
    for (auto const& row : all_.of(self)) {
      if (row.property != Property::member || row.is_text || is_register(row.object)) continue;
      if (all_.of(row.object).empty() || is_blank(all_.addresses().of(row.object))) continue;
      conclude_member(self, row.object);
      conclude_concept(row.object);
    }
  }

  void conclude_member(Subject self, Subject entity) {
    say(entity, Property::in_scheme, self);
    if (!has(entity, Property::broader)) say(entity, Property::top_concept_of, self);
  }

  void conclude_concept(Subject entity) {
    if (!concepts_.insert(entity).second) return;
    say(entity, Property::type, gathered_.subject(std::string(skos) + "Concept"));
    if (has(entity, Property::definition)) return;
    for (auto const& row : all_.of(entity)) {
      if (row.property == Property::description && row.is_text) {
        repeat(entity, Property::definition, row);
      }
    }
  }

  Subject scheme() { return gathered_.subject(std::string(skos) + "ConceptScheme"); }

  void say(Subject subject, Property property, Subject object) {
    addresses_.push_back({.subject = subject, .property = property, .object = object});
  }

  void repeat(Subject subject, Property property, Row const& row) {
    if (!row.is_text) return say(subject, property, row.object);
    rows_.push_back({subject, {property, row}});
  }

  struct Link {
    Subject subject;
    Property property;
    Subject object;
  };

  Gathering& gathered_;
  Statements& all_;
  std::vector<Subject> items_;
  std::vector<Subject> registers_;                                 ///< in order
  std::map<Subject, Subject> entities_;                            ///< of items
  std::set<Subject> concepts_;                                     ///< of which that is concluded
  std::vector<Link> addresses_;                                    ///< what is to be said
  std::vector<std::pair<Subject, std::pair<Property, Row>>> rows_; ///< likewise, of texts
};

} // namespace

bool is_registry(std::string_view beginning) {
  return beginning.find(registry) != std::string_view::npos;
}

void settle_registry(Gathering& gathered) {
  Registers(gathered).run();
}

} // namespace terracat::vocabulary
