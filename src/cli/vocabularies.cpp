#include "cli/assembly.hpp"
#include "cli/commands.hpp"
#include "cli/run_text.hpp"
#include "cli/signals.hpp"
#include "cli/terminal.hpp"
#include "cli/thesaurus.hpp"

#include "config/load.hpp"
#include "helper/rdf_client.hpp"
#include "vocabulary/resolve.hpp"

#include <terracat/text.hpp>

#include <iomanip>
#include <iostream>
#include <utility>

namespace terracat::cli {
namespace {

using Outcome = run::FetchedVocabulary::Outcome;
using vocabulary::Thesaurus;
using vocabulary::Vocabulary;

/// What the configuration names, read by a helper of this process.
vocabulary::Loaded load(config::Config const& config) {
  helper::RdfClient parser({.program = helper::own_program(std::string(helper::rdf_mode))});
  return load_vocabularies(config, parser);
}

/// \return  false if there are any
bool complain(std::vector<vocabulary::Failure> const& failures) {
  for (auto const& failure : failures) {
    std::cerr << "terracat: " << plain_line(to_text(failure)) << '\n';
  }
  return failures.empty();
}

void print(std::string const& name, std::string const& concepts, std::string const& deprecated,
           std::string const& languages, std::string const& title) {
  std::cout << std::left << std::setw(20) << plain_line(name) << std::right << std::setw(10)
            << concepts << std::setw(12) << deprecated << std::setw(11) << languages << "  "
            << plain_line(title) << '\n';
}

void print(vocabulary::Report::Line const& line) {
  auto const& first = line.examples.front();
  std::cout << "    " << std::left << std::setw(24) << name(line.code) << std::right << std::setw(7)
            << line.count << "  " << sentence(line.code) << "; first " << plain_line(first.where);
  if (!first.excerpt.empty()) std::cout << " (" << plain_line(first.excerpt) << ")";
  std::cout << '\n';
}

/// Where it comes from and when it was asked for; nothing if it only lies here.
void print_origin(config::Config const& config, std::string const& name) {
  auto const all = published(config);
  auto const found = std::ranges::find(all, name, &run::PublishedVocabulary::name);
  if (found == all.end()) return;
  auto const known = run::KnownDocument::of(*found);
  std::cout << "    from " << plain_line(found->url) << ", asked "
            << time_text(known ? std::optional(known->asked) : std::nullopt) << '\n';
}

void print(Thesaurus const& all, Vocabulary const& vocabulary, config::Config const& config) {
  print(vocabulary.name, std::to_string(vocabulary.concepts), std::to_string(vocabulary.deprecated),
        std::to_string(vocabulary.languages.size()),
        std::string(vocabulary.title.best(config.site.languages)));
  print_origin(config, vocabulary.name);
  for (auto const place : vocabulary.schemes) {
    auto const& scheme = all.schemes()[place];
    std::cout << "    " << plain_line(scheme.uri) << ": " << scheme.concepts << " concepts, "
              << scheme.top_concepts.size() << " at the top\n";
  }
  for (auto const& line : vocabulary.report.lines()) print(line);
}

void write_json(Thesaurus const& all) {
  json::Writer out;
  out.begin_object().name("vocabularies").begin_array();
  for (auto const& vocabulary : all.vocabularies()) {
    out.begin_object().name("name").string(vocabulary.name);
    out.name("concepts").integer(static_cast<std::int64_t>(vocabulary.concepts));
    out.name("deprecated").integer(static_cast<std::int64_t>(vocabulary.deprecated));
    out.name("languages").begin_object();
    for (auto const& [language, labels] : vocabulary.languages) {
      out.name(language).integer(static_cast<std::int64_t>(labels));
    }
    out.end_object().name("schemes").begin_array();
    for (auto const place : vocabulary.schemes) out.string(all.schemes()[place].uri);
    out.end_array().name("findings").begin_array();
    for (auto const& line : vocabulary.report.lines()) {
      out.begin_object().name("code").string(name(line.code));
      out.name("count").integer(static_cast<std::int64_t>(line.count));
      out.name("examples").begin_array();
      for (auto const& finding : line.examples) {
        out.begin_object().member("where", finding.where).member("excerpt", finding.excerpt);
        out.end_object();
      }
      out.end_array().end_object();
    }
    out.end_array().end_object();
  }
  std::cout << out.end_array().end_object().take() << '\n';
}

/// \throws config::ConfigError  if there is none of a name
std::vector<run::PublishedVocabulary> chosen_of(std::vector<run::PublishedVocabulary> all,
                                                std::vector<std::string> const& names) {
  if (names.empty()) return all;
  std::vector<run::PublishedVocabulary> out;
  for (auto const& name : names) {
    auto const found = std::ranges::find(all, name, &run::PublishedVocabulary::name);
    if (found == all.end()) {
      throw config::ConfigError(
          {"no vocabulary '" + name + "' of the configuration has a url; those that have are " +
           (all.empty() ? "none" : listed(all, &run::PublishedVocabulary::name))});
    }
    out.push_back(*found);
  }
  return out;
}

void print(run::PublishedVocabulary const& vocabulary, run::FetchedVocabulary const& fetched) {
  if (fetched.outcome == Outcome::refused) {
    std::cerr << "terracat: " << plain_line(vocabulary.name)
              << ": not taken: " << plain_line(fetched.cause) << '\n';
    return;
  }
  std::cout << plain_line(vocabulary.name) << ": ";
  if (fetched.outcome == Outcome::brought) {
    std::cout << "brought, " << fetched.concepts << " concepts\n";
  } else {
    std::cout << "unchanged\n";
  }
}

void print(Thesaurus const& all, vocabulary::Resolution const& found) {
  auto const described = all.at(found.number);
  std::cout << std::fixed << std::setprecision(2) << found.score << "  " << std::left
            << std::setw(10) << name(found.method) << ' '
            << plain_line(all.vocabularies()[described.vocabulary()].name) << "  "
            << plain_line(described.uri()) << "  \"" << plain_line(found.label.text) << '"';
  if (!found.label.language.empty()) std::cout << '@' << plain_line(found.label.language);
  if (described.is_deprecated()) std::cout << "  deprecated";
  std::cout << '\n';
}

void write_json(Thesaurus const& all, std::vector<vocabulary::Resolution> const& found) {
  json::Writer out;
  out.begin_object().name("concepts").begin_array();
  for (auto const& [number, label, method, score] : found) {
    auto const described = all.at(number);
    out.begin_object().name("uri").string(described.uri());
    out.name("vocabulary").string(all.vocabularies()[described.vocabulary()].name);
    out.name("method").string(name(method)).name("score").number(score);
    out.name("label").string(label.text).member("lang", label.language);
    if (described.is_deprecated()) out.name("deprecated").boolean(true);
    out.end_object();
  }
  std::cout << out.end_array().end_object().take() << '\n';
}

} // namespace

int run(config::Config const& config, ShowVocabularies const& options) {
  auto loaded = load(config);
  Thesaurus const all(std::move(loaded.drafts));
  bool const is_whole = complain(loaded.failures);
  if (options.json) {
    write_json(all);
  } else if (all.vocabularies().empty() && is_whole) {
    std::cout << "there are no vocabularies\n";
  } else if (!all.vocabularies().empty()) {
    print("NAME", "CONCEPTS", "DEPRECATED", "LANGUAGES", "TITLE");
    for (auto const& vocabulary : all.vocabularies()) print(all, vocabulary, config);
  }
  return is_whole ? success : failed;
}

int run(config::Config const& config, FetchVocabularies const& options) {
  check_sources(config);
  auto const chosen = chosen_of(published(config), options.names);
  helper::RdfClient parser({.program = helper::own_program(std::string(helper::rdf_mode))});
  StopOnSignal const signal;
  bool is_well = true;
  for (auto const& one : chosen) {
    auto const fetched = run::fetch_vocabulary(one, fetch_site_of(config), parser, signal.token());
    print(one, fetched);
    is_well = is_well && fetched.outcome != Outcome::refused;
  }
  if (chosen.empty()) std::cout << "no vocabulary of the configuration has a url\n";
  return is_well ? success : failed;
}

int run(config::Config const& config, ResolveKeyword const& options) {
  auto loaded = load(config);
  bool const is_whole = complain(loaded.failures);
  Thesaurus const all(std::move(loaded.drafts));
  auto const found = vocabulary::resolve(all, options.keyword);
  if (options.json) {
    write_json(all, found);
  } else if (found.empty()) {
    std::cout << "no concept has such a label\n";
  }
  for (auto const& resolution : found) {
    if (!options.json) print(all, resolution);
  }
  return is_whole && !found.empty() ? success : failed;
}

} // namespace terracat::cli
