#pragma once

#include "formats/cut_list.hpp"
#include "formats/finding_list.hpp"
#include "formats/words/collect.hpp"
#include "formats/words/contact_book.hpp"
#include "formats/words/keyword_book.hpp"
#include "formats/words/periods.hpp"

#include <terracat/format.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace terracat::formats {

/// A record in the making: what a mapping puts together, and what it noticed. Where something
/// stands is told by a node of the document, which knows the way to it (`pointer()`).
class Draft {
 public:
  explicit Draft(ReadContext const& context) : keywords(parts.keyword_sets), context_(context) {}

  Draft(Draft const&) = delete;
  Draft& operator=(Draft const&) = delete;
  Draft(Draft&&) = delete;
  Draft& operator=(Draft&&) = delete;
  ~Draft() = default;

  [[nodiscard]] ReadContext const& context() const noexcept { return context_; }

  /// Keeps a finding at a node.
  template<class Node>
  void note(FindingCode code, Node const& where, std::string_view what = {}) {
    if (findings_.is_full()) return; // the way to a node costs more than the rest
    add_finding(code, where.pointer(), what);
  }

  /// A date that a node says; what is wrong with it is noted.
  template<class Node>
  [[nodiscard]] model::Bound date(Node const& where, std::string_view text) {
    auto const [at, finding] = read(text);
    if (finding) note(*finding, where, text);
    return at;
  }

  /// Adds a date of the resource, if there is one.
  template<class Node>
  void add_date(Node const& where, std::string text, std::string_view kind) {
    if (!is_date(text)) return;
    auto const at = date(where, text);
    keep({.kind = std::string(kind), .at = at, .text = std::move(text)});
  }

  /// Adds a period, unless it says nothing; what is wrong with it is noted.
  template<class Node>
  void add_period(Node const& where, PeriodReading reading) {
    auto const& extent = reading.extent;
    if (extent.start_text.empty() && extent.end_text.empty()) return;
    for (auto const code : reading.findings) {
      note(code, where, extent.start_text + " / " + extent.end_text);
    }
    keep(std::move(reading.extent));
  }

  /// Adds a name of the resource.
  /// \return  false if the text is none; a placeholder is noted
  template<class Node>
  bool add_identifier(Node const& where, std::string_view text, std::string_view scheme) {
    if (keep_identifier(text, scheme)) return true;
    if (is_left_over(text)) note(FindingCode::identifier_placeholder, where, text);
    return false;
  }

  /// A link that may be shown, or empty; what is wrong with it is noted.
  template<class Node>
  [[nodiscard]] std::string link(Node const& where, std::string_view text) {
    auto [href, finding] = read_address(text);
    if (finding) note(*finding, where, text);
    return std::move(href);
  }

  /// Adds an area once.
  void add_area(model::SpatialExtent extent);

  /// Adds a way to the data or to more about them, if it leads anywhere.
  void add_online(model::OnlineResource resource);

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

  /// The record with all findings.
  /// \pre  it has a native id and a title
  [[nodiscard]] Reading take();

  model::RecordParts parts;
  ContactBook contacts;
  KeywordBook keywords;
  std::string language; ///< of texts that do not say theirs; BCP 47, may be empty

 private:
  using Date = std::pair<model::Bound, std::optional<FindingCode>>;
  using Address = std::pair<std::string, std::optional<FindingCode>>;

  void add_finding(FindingCode code, std::string where, std::string_view what);
  [[nodiscard]] static Date read(std::string_view text);
  [[nodiscard]] static bool is_date(std::string_view text);
  [[nodiscard]] static bool is_left_over(std::string_view text);
  [[nodiscard]] Address read_address(std::string_view text) const;
  void keep(model::ResourceDate date);
  void keep(model::TemporalExtent extent);
  bool keep_identifier(std::string_view text, std::string_view scheme);

  ReadContext const& context_;
  FindingList findings_;
  CutList cuts_;
};

} // namespace terracat::formats
