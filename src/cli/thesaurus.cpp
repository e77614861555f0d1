#include "cli/thesaurus.hpp"

#include "catalogue/keyword_decisions.hpp"

#include <terracat/format.hpp>
#include <terracat/kind.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace terracat::cli {

namespace {

bool is_one_of(std::vector<std::string> const& list, std::string const& name) {
  return list.empty() || std::ranges::find(list, name) != list.end();
}

/// Whose records a rule is about. \return  nothing: those of all
std::optional<std::vector<std::string>> sources_of(config::Config const& config,
                                                   config::CompartmentRule const& rule) {
  bool const asks_declared = !rule.poles.empty() || !rule.kinds.empty() || !rule.formats.empty();
  if (!asks_declared && rule.sources.empty()) return std::nullopt;
  if (!asks_declared) return rule.sources;
  std::vector<std::string> out;
  for (auto const& source : config.sources) {
    if (is_one_of(rule.sources, source.name) && is_one_of(rule.poles, source.pole) &&
        is_one_of(rule.kinds, source.kind) && is_one_of(rule.formats, source.format)) {
      out.push_back(source.name);
    }
  }
  return out;
}

} // namespace

vocabulary::Loaded load_vocabularies(config::Config const& config, rdf::Parser& parser) {
  auto places = vocabulary::shipped();
  std::erase_if(places, [&](vocabulary::Place const& place) {
    return std::ranges::find(config.vocabularies, place.name, &config::Vocabulary::name) !=
           config.vocabularies.end();
  });
  for (auto const& one : config.vocabularies) {
    std::error_code error; // what may not be looked at is told when it is read
    bool const is_awaited = !one.url.empty() && !std::filesystem::exists(one.path, error) && !error;
    if (!one.path.empty() && !is_awaited) places.push_back({.name = one.name, .path = one.path});
  }
  return vocabulary::load(places, parser);
}

std::vector<run::PublishedVocabulary> published(config::Config const& config) {
  std::vector<run::PublishedVocabulary> out;
  for (auto const& [name, path, url, schedule, allow_networks] : config.vocabularies) {
    if (url.empty()) continue;
    out.push_back({.name = name,
                   .url = url,
                   .path = path,
                   .schedule = schedule,
                   .allow_networks = allow_networks});
  }
  return out;
}

catalogue::ConceptRules concept_rules_of(config::Config const& config) {
  catalogue::ConceptRules out;
  for (auto const& rule : config.compartment_rules) {
    catalogue::ConceptRule made{
        .name = rule.name, .leads_to = rule.compartment, .sources = sources_of(config, rule)};
    for (auto const& keyword : rule.keywords) {
      auto folded = catalogue::folded_keyword(keyword);
      if (folded.empty()) continue;
      if (keyword.ends_with('*')) folded += '*';
      made.words.push_back(std::move(folded));
    }
    // One whose keywords all have no letters would be of whatever record.
    if (made.words.empty() && !rule.keywords.empty()) continue;
    out.push_back(std::move(made));
  }
  return out;
}

std::vector<std::string> faults_of_rules(config::Config const& config) {
  std::vector<std::string> out;
  for (auto const& rule : config.compartment_rules) {
    auto const where = "compartment_rule '" + rule.name + "'.";
    for (auto const& kind : rule.kinds) {
      if (kinds::find(kind) != nullptr) continue;
      out.push_back(where + "kinds: there is no kind '" + kind +
                    "'; there are those of "
                    "`terracat sources kinds`");
    }
    for (auto const& format : rule.formats) {
      if (formats::find(format) != nullptr) continue;
      out.push_back(where + "formats: there is no format '" + format +
                    "'; there are those of "
                    "`terracat sources formats`");
    }
    for (auto const& keyword : rule.keywords) {
      if (catalogue::folded_keyword(keyword).empty()) {
        out.push_back(where + "keywords: '" + keyword + "' has no letters or digits");
      }
    }
  }
  return out;
}

std::string to_text(vocabulary::Failure const& failure) {
  auto const& [code, where, excerpt] = failure.finding;
  auto text = failure.vocabulary + ": " + failure.path + ": " + std::string(sentence(code));
  if (!where.empty() || !excerpt.empty()) {
    text += " (" + where + (where.empty() || excerpt.empty() ? "" : ": ") + excerpt + ")";
  }
  return text;
}

std::shared_ptr<vocabulary::Thesaurus const>
load_thesaurus(config::Config const& config, rdf::Parser& parser, log::Logger& log,
               std::shared_ptr<vocabulary::Thesaurus const> former) {
  auto loaded = load_vocabularies(config, parser);
  for (auto const& failure : loaded.failures) {
    log.error(log::event::vocabulary_refused,
              former == nullptr ? "a vocabulary cannot be read and is left out"
                                : "a vocabulary cannot be read; all stay as they were",
              {{"cause", to_text(failure)}});
  }
  if (former != nullptr && !loaded.failures.empty()) return former;
  auto made = std::make_shared<vocabulary::Thesaurus const>(std::move(loaded.drafts));
  for (auto const& vocabulary : made->vocabularies()) {
    std::size_t odd = 0;
    for (auto const& line : vocabulary.report.lines()) odd += line.count;
    log.info(log::event::vocabulary_loaded, "a vocabulary was read",
             {{"vocabulary", vocabulary.name},
              {"concepts", static_cast<std::int64_t>(vocabulary.concepts)},
              {"languages", static_cast<std::int64_t>(vocabulary.languages.size())},
              {"findings", static_cast<std::int64_t>(odd)}});
  }
  return made;
}

} // namespace terracat::cli
