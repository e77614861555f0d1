#include "formats/citation.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

using model::Contact;

bool has_role(Contact const& contact, std::string_view role) noexcept {
  return std::ranges::find(contact.roles, role) != contact.roles.end();
}

/// The names of those who have the first of these roles that anybody has.
template<std::size_t Count>
std::vector<std::string> names_of(model::Record const& record,
                                  std::array<std::string_view, Count> const& roles,
                                  std::span<std::string const> languages) {
  std::vector<std::string> out;
  for (auto const role : roles) {
    for (auto const& contact : record->contacts) {
      if (!has_role(contact, role)) continue;
      auto name =
          contact.name.empty() ? std::string(contact.organisation.best(languages)) : contact.name;
      if (!name.empty() && std::ranges::find(out, name) == out.end())
        out.push_back(std::move(name));
    }
    if (!out.empty()) break;
  }
  return out;
}

std::string year_of(model::Record const& record) {
  for (std::string_view const kind : {"publication", "revision", "creation"}) {
    auto const found = std::ranges::find(record->dates, kind, &model::ResourceDate::kind);
    auto const at = found == record->dates.end() ? std::nullopt : found->at.earliest();
    if (at) return std::to_string(at->date().year);
  }
  return {};
}

/// Lines become one, so that a value cannot begin another entry.
std::string bibtex_line(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    bool const is_blank = static_cast<unsigned char>(c) <= 0x20;
    if (!is_blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trimmed(out));
}

/// The characters that mean something to TeX stand for themselves. Braces keep the capitals.
std::string tex(std::string_view text) {
  std::string out = "{";
  for (auto const c : bibtex_line(text)) {
    if (c == '\\') {
      out += "\\textbackslash{}";
    } else if (c == '~' || c == '^') {
      out += std::string("\\") + c + "{}";
    } else {
      if (std::string_view("{}%$#&_").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out + "}";
}

} // namespace

Citation citation_of(model::Record const& record, std::string_view url,
                     std::span<std::string const> languages) {
  constexpr std::array<std::string_view, 4> author_roles{"author", "principalInvestigator",
                                                         "originator", "owner"};
  constexpr std::array<std::string_view, 4> publisher_roles{"publisher", "distributor",
                                                            "resourceProvider", "custodian"};
  Citation out{.authors = names_of(record, author_roles, languages),
               .year = year_of(record),
               .title = std::string(record->title.best(languages)),
               .publisher = {},
               .doi = {},
               .url = std::string(url)};
  auto publishers = names_of(record, publisher_roles, languages);
  if (!publishers.empty()) out.publisher = std::move(publishers.front());
  auto const doi = std::ranges::find(record->identifiers, "doi", &model::Identifier::scheme);
  if (doi != record->identifiers.end()) {
    out.doi = doi->value;
    out.url = "https://doi.org/" + percent_encoded(doi->value, "-._~/()");
  }
  return out;
}

std::string to_text(Citation const& citation) {
  std::string out = listed(citation.authors);
  if (!citation.year.empty()) out += (out.empty() ? "(" : " (") + citation.year + ")";
  if (!out.empty()) out += ". ";
  out += citation.title;
  if (!out.ends_with('.')) out += '.';
  bool const is_author =
      std::ranges::find(citation.authors, citation.publisher) != citation.authors.end();
  if (!citation.publisher.empty() && !is_author) out += " " + citation.publisher + ".";
  if (!citation.url.empty()) out += " " + citation.url;
  return bibtex_line(out);
}

std::string to_bibtex(Citation const& citation, std::string_view key) {
  std::string out = "@misc{";
  for (auto const c : key) {
    if (is_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == ':') out += c;
  }
  auto const field = [&](std::string_view name, std::string const& value) {
    if (value != "{}") out += ",\n  " + std::string(name) + " = " + value;
  };
  std::string authors;
  for (auto const& author : citation.authors) {
    // Each name in braces of its own: organisations have no surname.
    authors += (authors.empty() ? "" : " and ") + tex(author);
  }
  field("author", "{" + authors + "}");
  field("title", tex(citation.title));
  field("year", tex(citation.year));
  field("publisher", tex(citation.publisher));
  field("doi", tex(citation.doi));
  field("url", "{" + bibtex_line(citation.url) + "}");
  return out + "\n}\n";
}

std::string to_ris(Citation const& citation) {
  std::string out = "TY  - DATA\r\n";
  auto const line = [&](std::string_view tag, std::string_view value) {
    auto const text = bibtex_line(value);
    if (!text.empty()) out += std::string(tag) + "  - " + text + "\r\n";
  };
  for (auto const& author : citation.authors) line("AU", author);
  line("TI", citation.title);
  line("PY", citation.year);
  line("PB", citation.publisher);
  line("DO", citation.doi);
  line("UR", citation.url);
  return out + "ER  - \r\n";
}

} // namespace terracat::formats
