#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

using model::LocalText;

/// Codes of MD_RestrictionCode that point to a text or say that there is a licence, and so say
/// nothing by themselves.
bool only_points(std::string_view code) noexcept {
  constexpr std::array<std::string_view, 7> codes{
      "otherRestrictions", "otherRestictions",    "license",           "licence",
      "licenceEndUser",    "licenceUnrestricted", "licenceDistributor"};
  return std::ranges::find(codes, code) != codes.end();
}

bool has_code(xml::Node block, std::string_view property) {
  return std::ranges::any_of(block.children(property),
                             [](xml::Node node) { return !code(node, {}).empty(); });
}

/// Licences and statements in the order of the document, each once.
class Statements {
 public:
  explicit Statements(Draft& draft) noexcept : draft_(draft) {}

  void read(xml::Node block) {
    if (type_of(block) == "MD_SecurityConstraints") {
      read_security(block);
      return;
    }
    // Without any code, what is said of use is a licence as far as there is one.
    bool const is_about_access =
        has_code(block, "accessConstraints") && !has_code(block, "useConstraints");
    auto const about = is_about_access ? About::access : About::use;
    bool has_text = false;
    for (auto const property : block.children("useLimitation")) {
      has_text = add_text(property, About::use) || has_text;
    }
    for (auto const property : block.children("otherConstraints")) {
      has_text = add_text(property, about) || has_text;
    }
    for (auto const citation : block.all("reference/*")) {
      has_text = add_reference(citation) || has_text;
    }
    read_codes(block, "accessConstraints");
    // A code of use explains a text; alone it says what cannot be said as a licence.
    if (!has_text) read_codes(block, "useConstraints");
  }

 private:
  void read_security(xml::Node block) {
    constexpr std::array<std::string_view, 1> known{"unclassified"};
    auto const level = code(block.child("classification"), known);
    if (!level.empty() && level != known.front()) add_access(LocalText(level));
  }

  void read_codes(xml::Node block, std::string_view name) {
    for (auto const property : block.children(name)) {
      auto const value = code(property, {});
      if (value.empty() || only_points(value) || is_placeholder(value)) continue;
      if (says_nothing(value)) continue;
      add_access(LocalText(value));
    }
  }

  /// \return  true if there was anything to add
  bool add_text(xml::Node property, About about) {
    auto text = prose_in_languages(property, draft_);
    auto const href = anchor(property);
    std::string address(is_absolute_uri(href) ? href : std::string_view());
    if (text.empty() && address.empty()) return false;
    add_statement(draft_, std::move(text), std::move(address), about);
    return true;
  }

  /// A citation of the licence itself (19115-3).
  bool add_reference(xml::Node citation) {
    auto text = name_in_languages(citation.child("title"), draft_);
    std::string address(anchor(citation.child("title")));
    for (auto const linkage : citation.all("onlineResource/*/linkage")) {
      if (address.empty()) address = line(linkage);
    }
    if (!is_absolute_uri(address)) address.clear();
    if (text.empty() && address.empty()) return false;
    auto licence = spdx_of(text.first(), address);
    add_licence(draft_,
                {.spdx = std::move(licence), .text = std::move(text), .url = std::move(address)});
    return true;
  }

  void add_access(LocalText statement) {
    draft_.add_new(draft_.parts.access_constraints, std::move(statement));
  }

  Draft& draft_;
};

} // namespace

void read_constraints(xml::Node identification, Draft& draft) {
  Statements statements(draft);
  for (auto const* const path : {"resourceConstraints/*", "restrictions/*"}) {
    for (auto const block : identification.all(path)) statements.read(block);
  }
}

} // namespace terracat::formats::iso
