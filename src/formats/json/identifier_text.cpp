#include "formats/json/identifier_text.hpp"

#include "formats/words/identifiers.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

/// Words that STAC gives to `license` and that name no licence.
constexpr std::array<std::string_view, 3> licence_words{"other", "proprietary", "various"};

bool is_licence_word(std::string_view text) noexcept {
  return std::ranges::find(licence_words, text) != licence_words.end();
}

/// What a licence identifier of SPDX may consist of.
bool is_licence_identifier(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '+';
  });
}

} // namespace

std::optional<std::string> stated_doi(std::string_view text) {
  return read_doi(text); // the one place where DOIs are made alike
}

model::Identifier stated_identifier(std::string_view scheme, std::string_view value) {
  if (auto doi = stated_doi(value)) return {"doi", std::move(*doi)};
  auto const text = trimmed(value);
  if (!scheme.empty()) return {std::string(scheme), std::string(text)};
  bool const is_uri =
      text.starts_with("http://") || text.starts_with("https://") || text.starts_with("urn:");
  return {is_uri ? "uri" : "", std::string(text)};
}

void add_identifier(model::RecordParts& record, model::Identifier identifier) {
  if (std::ranges::find(record.identifiers, identifier) == record.identifiers.end()) {
    record.identifiers.push_back(std::move(identifier));
  }
}

model::Licence licence_of(std::string_view text) {
  auto const written = trimmed(text);
  model::Licence licence;
  if (is_licence_identifier(written) && !is_licence_word(written)) {
    licence.spdx = written;
  } else {
    licence.text = model::LocalText(std::string(written));
  }
  return licence;
}

void add_licence_link(model::RecordParts& record, std::string_view href, model::LocalText title) {
  constexpr std::size_t most_licences = 100; // more are a list of something else
  auto& licences = record.licences;
  if (licences.size() >= most_licences) return;
  if (std::ranges::find(licences, href, &model::Licence::url) != licences.end()) return;
  if (licences.size() == 1 && licences.front().url.empty()) {
    licences.front().url = href;
    if (licences.front().text.empty()) licences.front().text = std::move(title);
    return;
  }
  licences.push_back({.spdx = {}, .text = std::move(title), .url = std::string(href)});
}

std::string licence_code(model::RecordParts const& record) {
  if (record.licences.empty()) return {};
  std::string_view identifier;
  for (auto const& licence : record.licences) {
    if (!is_licence_identifier(licence.spdx) || licence.spdx == identifier) continue;
    if (!identifier.empty()) return "other"; // several of them
    identifier = licence.spdx;
  }
  if (!identifier.empty()) return std::string(identifier);
  auto const text = record.licences.front().text.first();
  return is_licence_word(text) ? std::string(text) : "other";
}

model::LocalText licence_title(model::Licence const& licence) {
  return is_licence_word(licence.text.first()) ? model::LocalText() : licence.text;
}

std::string language_tag(std::string_view text) {
  auto const tag = lowered(trimmed(text));
  auto const primary = std::string_view(tag).substr(0, tag.find('-'));
  bool const is_tag =
      primary.size() >= 2 && primary.size() <= 8 && tag.size() <= 35 && tag.back() != '-' &&
      tag.find("--") == std::string::npos &&
      std::ranges::all_of(primary, [](char c) { return c >= 'a' && c <= 'z'; }) &&
      std::ranges::all_of(tag, [](char c) { return is_alphanumeric(c) || c == '-'; });
  return is_tag ? tag : std::string();
}

} // namespace terracat::formats
