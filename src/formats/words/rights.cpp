#include "formats/words/rights.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

using model::Licence;
using model::LocalText;

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
  constexpr std::array<std::string_view, 14> sentences{"public",
                                                       "open access",
                                                       "no limitation",
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

} // namespace

bool add_licence(model::RecordParts& record, Licence licence) {
  auto& known = record.licences;
  if (licence.text.empty() && licence.spdx.empty() && licence.url.empty()) return true;
  auto const same = std::ranges::find_if(known, [&](Licence const& other) {
    if (!licence.spdx.empty() && licence.spdx == other.spdx) return true;
    return licence.text == other.text && licence.url == other.url;
  });
  if (same == known.end()) {
    if (known.size() >= most_licences) return false;
    known.push_back(std::move(licence));
    return true;
  }
  if (same->url.empty()) same->url = std::move(licence.url);
  if (same->text.empty()) same->text = std::move(licence.text);
  return true;
}

bool add_statement(model::RecordParts& record, LocalText text, std::string address, About about) {
  auto const words = text.first();
  auto licence = spdx_of(words, address);
  if (!licence.empty() || (about == About::use && !is_access_statement(words, address))) {
    if (address.empty()) address = address_in(words);
    return add_licence(
        record, {.spdx = std::move(licence), .text = std::move(text), .url = std::move(address)});
  }
  return add_new(record.access_constraints, text.empty() ? LocalText(address) : std::move(text));
}

bool take_restriction_code(model::RecordParts& record, std::string_view text) {
  constexpr std::array<std::string_view, 3> empty{"license", "licence", "otherRestrictions"};
  constexpr std::array<std::string_view, 5> codes{"copyright", "patent", "trademark",
                                                  "intellectualPropertyRights", "restricted"};
  if (std::ranges::find(codes, text) != codes.end()) {
    add_new(record.access_constraints, LocalText(std::string(text)));
    return true;
  }
  return std::ranges::find(empty, text) != empty.end();
}

} // namespace terracat::formats
