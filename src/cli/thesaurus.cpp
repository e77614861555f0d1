#include "cli/thesaurus.hpp"

#include <algorithm>
#include <utility>

namespace terracat::cli {

vocabulary::Loaded load_vocabularies(config::Config const& config, rdf::Parser& parser) {
  auto places = vocabulary::shipped();
  std::erase_if(places, [&](vocabulary::Place const& place) {
    return std::ranges::find(config.vocabularies, place.name, &config::Vocabulary::name) !=
           config.vocabularies.end();
  });
  for (auto const& [name, path] : config.vocabularies) {
    if (!path.empty()) places.push_back({.name = name, .path = path});
  }
  return vocabulary::load(places, parser);
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
