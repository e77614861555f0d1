#pragma once

#include "formats/cut_list.hpp"
#include "formats/finding_list.hpp"
#include "formats/graph/node.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/contact_book.hpp"

#include <terracat/format.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// The mapping of DCAT, DCAT-AP and GeoDCAT-AP to a record.
namespace terracat::formats::dcat {

/// A record in the making: what the parts of the mapping put together, and what they noticed.
class Draft {
 public:
  explicit Draft(ReadContext const& context) noexcept : context_(context) {}

  [[nodiscard]] ReadContext const& context() const noexcept { return context_; }

  /// Keeps a finding at a property of a node.
  void note(FindingCode code, graph::Node where, std::string_view property,
            std::string_view what = {});

  void note(Finding finding);

  /// Adds the value to a list of `parts` if it is new; what finds the list full is counted.
  template<class Value>
  void add_new(std::vector<Value>& list, Value value, std::size_t most) {
    if (!formats::add_new(list, std::move(value), most)) left_out(list_name(parts, &list), most);
  }

  /// Likewise a text, if there is any.
  void add_new(std::vector<model::LocalText>& list, model::LocalText text) {
    if (!text.empty()) add_new(list, std::move(text), most_texts_in_list);
  }

  /// Counts what is not taken, since there is more of it than is (`CutList`).
  void left_out(std::string_view what, std::size_t taken, std::size_t count = 1) {
    cuts_.left_out(what, taken, count);
  }

  [[nodiscard]] std::vector<Finding> take_findings();

  model::RecordParts parts;
  ContactBook contacts;
  std::string language; ///< of texts that do not say theirs; BCP 47, may be empty

 private:
  ReadContext const& context_;
  FindingList findings_;
  CutList cuts_;
};

/// The literals among the values of these properties as one text in its languages; the first
/// property that has any decides. Placeholders are none.
[[nodiscard]] model::LocalText name_of(graph::Node node,
                                       std::initializer_list<std::string_view> names, Draft& draft);

/// Likewise, with line breaks and without markup.
[[nodiscard]] model::LocalText
prose_of(graph::Node node, std::initializer_list<std::string_view> names, Draft& draft);

/// What a value is called: itself, if it is a text; else its label.
[[nodiscard]] model::LocalText label_of(graph::Node value, Draft& draft);

/// The part of an address that names something within its list: `FRA` of ".../language/FRA".
[[nodiscard]] std::string_view last_part(std::string_view address) noexcept;

/// The address of a node without what stands for an unknown base; empty if it has none.
[[nodiscard]] std::string address_of(graph::Node node);

/// A date that a property of the node has; what is wrong with it is noted.
[[nodiscard]] model::Bound date_of(graph::Node node, std::string_view property, std::string& text,
                                   Draft& draft);

/// A link that may be shown, or empty; what is wrong with it is noted.
[[nodiscard]] std::string link_of(graph::Node owner, std::string_view property, graph::Node value,
                                  Draft& draft);

// ---- The parts of the mapping, one .cpp each

void read_subjects(graph::Node resource, Draft& draft);
void read_contacts(graph::Node resource, std::vector<graph::Node> const& entries, Draft& draft);
void read_extents(graph::Node resource, Draft& draft);
void read_distributions(graph::Node resource, Draft& draft);
void read_rights(graph::Node resource, Draft& draft);
void read_relations(graph::Node resource, Draft& draft);

} // namespace terracat::formats::dcat
