#include "cli/thesaurus.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace terracat::cli {

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
