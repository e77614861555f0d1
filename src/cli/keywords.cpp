#include "catalogue/corrections.hpp"
#include "catalogue/keyword_queue.hpp"
#include "cli/account.hpp"
#include "cli/commands.hpp"
#include "cli/here_or_there.hpp"
#include "cli/terminal.hpp"
#include "cli/thesaurus.hpp"
#include "formats/record_json.hpp"
#include "formats/words/text.hpp"
#include "helper/rdf_client.hpp"
#include "store/record_numbers.hpp"
#include "store/stores.hpp"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>

/// What operators decide of keywords, and what waits for them.
namespace terracat::cli {
namespace {

using catalogue::ConceptUses;
using catalogue::KeywordDecisions;
using catalogue::KeywordQueue;
using catalogue::QueuedKeyword;
using store::KeywordDecision;
using vocabulary::Thesaurus;
using Languages = std::vector<std::string>;

std::shared_ptr<Thesaurus const> thesaurus_of(config::Config const& config) {
  helper::RdfClient parser({.program = helper::own_program(std::string(helper::rdf_mode))});
  auto loaded = load_vocabularies(config, parser);
  for (auto const& failure : loaded.failures) {
    std::cerr << "terracat: " << plain_line(to_text(failure)) << '\n';
  }
  return std::make_shared<Thesaurus const>(std::move(loaded.drafts));
}

/// What all records say, each read in its newest state.
ConceptUses uses_of(store::Reader& reader, std::shared_ptr<Thesaurus const> thesaurus,
                    Languages const& languages) {
  reader.begin();
  auto const numbers = store::record_numbers(reader);
  ConceptUses out(std::make_shared<catalogue::TermPool>(
                      std::move(thesaurus),
                      std::make_shared<KeywordDecisions const>(reader.keyword_decisions())),
                  {});
  reader.end();
  json::Parser parser;
  for (auto const number : numbers) {
    reader.begin();
    auto const row = reader.record(number);
    auto const texts = row ? reader.record_texts(number) : std::nullopt;
    auto const said = texts ? formats::from_record_json(texts->record, parser)
                            : Result<model::Record>(Problem{ProblemKind::store_corrupt});
    if (said) {
      auto const corrections = reader.corrections(row->source, row->native_id);
      auto const record = catalogue::corrected(*said, corrections, languages);
      out.put(number, out.terms_of(record), record.is_collection());
    }
    reader.end();
  }
  return out;
}

/// Those of one standing, for people or as JSON.
class Listing {
 public:
  Listing(ConceptUses const& uses, store::Reader& reader, ListKeywords const& options,
          Languages const& languages)
      : uses_(uses), reader_(reader), options_(options), languages_(languages) {}

  void print() {
    auto const queue = catalogue::keyword_queue(uses_);
    if (options_.json) out_.begin_object().name("suggestions").begin_array();
    bool const is_near = options_.status == "near";
    if (is_near || options_.status == "unknown") {
      auto const& list = is_near ? queue.near : queue.unknown;
      std::size_t left = options_.limit;
      for (auto const& one : list) {
        if (left-- == 0) break;
        print(one);
      }
    } else {
      for (auto const& one : uses_.decisions().all()) {
        if (one.concept_uri.empty() == (options_.status == "refused")) print(one, queue);
      }
    }
    if (options_.json) std::cout << out_.end_array().end_object().take() << '\n';
  }

 private:
  void print(QueuedKeyword const& one) {
    if (options_.json) return write(one);
    std::cout << std::setw(8) << one.records << "  " << plain_line(one.label) << '\n';
    for (auto const& [number, label, method, score] : one.candidates) {
      auto const found = uses_.thesaurus().at(number);
      std::cout << "          " << std::fixed << std::setprecision(2) << score << "  " << std::left
                << std::setw(10) << name(method) << std::right << ' ' << plain_line(found.uri())
                << "  \"" << plain_line(label.text) << "\"\n";
    }
  }

  void print(KeywordDecision const& one, KeywordQueue const& queue) {
    auto const said = queue.decided.find(one.keyword);
    auto const records = said == queue.decided.end() ? 0 : said->second;
    if (options_.json) return write(one, records);
    std::cout << std::setw(8) << records << "  " << plain_line(one.label);
    if (!one.concept_uri.empty()) std::cout << "  " << plain_line(one.concept_uri);
    std::cout << "  " << model::to_iso8601(one.at) << "  " << plain_line(one.author) << '\n';
  }

  void begin(std::string_view keyword, std::string_view label, std::size_t records) {
    out_.begin_object().name("keyword").string(keyword).name("label").string(label);
    out_.name("status").string(options_.status);
    out_.name("records").integer(static_cast<std::int64_t>(records));
  }

  void write(QueuedKeyword const& one) {
    begin(one.keyword, one.label, one.records);
    out_.name("examples").begin_array();
    reader_.begin();
    for (auto const number : one.examples) {
      if (auto const row = reader_.record(number)) out_.string(row->id);
    }
    reader_.end();
    out_.end_array().name("candidates").begin_array();
    for (auto const& [number, label, method, score] : one.candidates) {
      auto const found = uses_.thesaurus().at(number);
      out_.begin_object().name("uri").string(found.uri());
      out_.name("label").string(found.label(languages_).text).name("matched").string(label.text);
      out_.name("method").string(name(method)).name("score").number(score).end_object();
    }
    out_.end_array().end_object();
  }

  void write(KeywordDecision const& one, std::size_t records) {
    begin(one.keyword, one.label, records);
    out_.member("concept", one.concept_uri).member("decided", model::to_iso8601(one.at));
    out_.member("by", one.author).end_object();
  }

  ConceptUses const& uses_;
  store::Reader& reader_;
  ListKeywords const& options_;
  Languages const& languages_;
  json::Writer out_;
};

int complain_of(std::string const& text) {
  std::cerr << "terracat: " << plain_line(text) << '\n';
  return bad_usage;
}

} // namespace

int work(Workplace const& place, DecideKeyword const& options, Console& console) {
  KeywordDecision decision{.keyword = catalogue::folded_keyword(options.keyword),
                           .label = options.keyword,
                           .concept_uri = options.concept_uri,
                           .author = formats::one_line(options.author),
                           .at = model::Instant::now()};
  if (decision.keyword.empty()) {
    console.complain("terracat: expected a keyword of up to 500 bytes with a word in it\n");
    return bad_usage;
  }
  auto said = plain_line(options.keyword) + ": ";
  catalogue::KeywordEdit edit;
  if (options.verb == "withdraw") {
    said += "nothing is decided any more";
    edit.dropped.push_back(decision.keyword);
  } else {
    said += decision.concept_uri.empty() ? "not offered again" : plain_line(decision.concept_uri);
    edit.made.push_back(std::move(decision));
  }
  place.catalogue.submit(std::move(edit)).get();
  console.say(said + "\n");
  return success;
}

int run(config::Config const& config, DecideKeyword const& options) {
  auto whole = options;
  if (whole.verb == "accept") {
    auto const thesaurus = thesaurus_of(config);
    auto const number = thesaurus->find_address(whole.concept_uri);
    if (!number) return complain_of("no vocabulary has the concept " + whole.concept_uri);
    whole.concept_uri = thesaurus->at(*number).uri();
  }
  if (whole.author.empty()) whole.author = account();
  return here_or_there(config, whole,
                       [&](Workplace const& place, Console& console, std::stop_token const&) {
                         return work(place, whole, console);
                       });
}

int run(config::Config const& config, ListKeywords const& options) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  auto const uses = uses_of(*reader, thesaurus_of(config), config.site.languages);
  Listing(uses, *reader, options, config.site.languages).print();
  return success;
}

} // namespace terracat::cli
