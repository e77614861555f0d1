#include "catalogue/concept_rules.hpp"

#include "query/digest.hpp"

#include <algorithm>

namespace terracat::catalogue {

bool ConceptRule::fits_one_of(std::span<std::string const> keywords) const {
  auto const is_asked = [this](std::string_view keyword) {
    return std::ranges::any_of(words, [&](std::string_view word) {
      return word.ends_with('*') ? keyword.starts_with(word.substr(0, word.size() - 1))
                                 : keyword == word;
    });
  };
  return std::ranges::any_of(keywords, is_asked);
}

bool ConceptRule::is_of_source(std::string_view source) const {
  return !sources || std::ranges::find(*sources, source) != sources->end();
}

std::optional<vocabulary::ConceptNumber> concept_of(vocabulary::Thesaurus const& all,
                                                    ConceptRule const& rule) {
  for (auto const number : all.compartments()) {
    if (vocabulary::local_name(all.at(number).uri()) == rule.leads_to) return number;
  }
  return all.find_address(rule.leads_to);
}

std::uint64_t digest_of(ConceptRules const& rules) {
  if (rules.empty()) return 0;
  query::Digest out;
  auto const add_all = [&](std::vector<std::string> const& texts) {
    out.add(static_cast<std::uint64_t>(texts.size()));
    for (auto const& text : texts) out.add(text);
  };
  for (auto const& rule : rules) {
    out.add(rule.name).add(rule.leads_to).add(static_cast<std::uint64_t>(rule.sources.has_value()));
    add_all(rule.sources.value_or(std::vector<std::string>()));
    add_all(rule.words);
  }
  return out.value();
}

} // namespace terracat::catalogue
