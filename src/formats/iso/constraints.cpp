#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/identifiers.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

using model::Licence;
using model::LocalText;

/// What a statement is about, by where it stands.
enum class About { use, access };

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

/// Statements about access that some write where licences belong: the INSPIRE code lists, the
/// access rights of OpenAIRE, and that there are no restrictions.
bool is_access_statement(std::string_view text, std::string_view address) {
  auto const lower = lowered(address);
  for (auto const* const sign : {"/limitationsonpublicaccess", "/conditionsapplyingtoaccessanduse",
                                 "info:eu-repo/semantics/", "purl.org/coar/access_right"}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  if (lowered(text).find("info:eu-repo/semantics/") != std::string::npos) return true;
  // A sentence that leads to a page of its own is explained there.
  if (!address.empty()) return false;
  if (says_nothing(text)) return true;
  constexpr std::array<std::string_view, 12> sentences{"no limitation",
                                                       "no limitations",
                                                       "no conditions apply",
                                                       "no conditions apply to access and use",
                                                       "conditions unknown",
                                                       "aucune",
                                                       "aucune condition ne s applique",
                                                       "pas de restriction",
                                                       "aucune restriction",
                                                       "otherrestrictions",
                                                       "other restrictions",
                                                       "access constraints none"};
  /// Of the sentences that INSPIRE has for it, in the languages of our sources.
  constexpr std::array<std::string_view, 6> signs{"public access",
                                                  "acces public",
                                                  "offentlicher zugriff",
                                                  "publieke toegang",
                                                  "inspire directive article",
                                                  "code de l environnement"};
  constexpr std::size_t longest = 500;
  if (text.size() > longest) return false;
  auto const plain = folded(text);
  if (plain.starts_with("access constraints") || plain.starts_with("accesslevel")) return true;
  return std::ranges::find(sentences, plain) != sentences.end() ||
         std::ranges::any_of(signs,
                             [&](auto sign) { return plain.find(sign) != std::string::npos; });
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
    auto const words = text.first();
    auto licence = recognised(words, address);
    if (!licence.empty() || (about == About::use && !is_access_statement(words, address))) {
      if (address.empty()) address = address_in(words);
      add_licence({.spdx = std::move(licence), .text = std::move(text), .url = std::move(address)});
    } else {
      add_access(text.empty() ? LocalText(address) : std::move(text));
    }
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
    auto licence = recognised(text.first(), address);
    add_licence({.spdx = std::move(licence), .text = std::move(text), .url = std::move(address)});
    return true;
  }

  static std::string recognised(std::string_view text, std::string_view address) {
    if (auto spdx = spdx_of_address(address); !spdx.empty()) return spdx;
    // A text that leads somewhere is recognised by where it leads, if it is that short.
    auto const within = address_in(text);
    constexpr std::size_t longest = 300;
    if (text.size() <= longest && !within.empty()) {
      if (auto spdx = spdx_of_address(within); !spdx.empty()) return spdx;
    }
    return spdx_of_text(text);
  }

  /// One licence may be named by its text here and by its address there.
  void add_licence(Licence licence) {
    auto& known = draft_.parts.licences;
    if (licence.text.empty() && licence.spdx.empty() && licence.url.empty()) return;
    auto const same = std::ranges::find_if(known, [&](Licence const& other) {
      if (!licence.spdx.empty() && licence.spdx == other.spdx) return true;
      return licence.text == other.text && licence.url == other.url;
    });
    if (same == known.end()) {
      constexpr std::size_t most = 200;
      if (known.size() < most) known.push_back(std::move(licence));
      return;
    }
    if (same->url.empty()) same->url = std::move(licence.url);
    if (same->text.empty()) same->text = std::move(licence.text);
  }

  void add_access(LocalText statement) {
    add_new(draft_.parts.access_constraints, std::move(statement));
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
