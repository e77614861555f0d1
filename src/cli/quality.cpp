#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "cli/thesaurus.hpp"

#include "catalogue/concept_uses.hpp"
#include "catalogue/corrections.hpp"
#include "catalogue/record_facts.hpp"
#include "enrich/quality.hpp"
#include "formats/record_json.hpp"
#include "helper/rdf_client.hpp"
#include "store/record_numbers.hpp"
#include "store/stores.hpp"

#include <algorithm>
#include <array>
#include <iomanip>
#include <iostream>
#include <map>

namespace terracat::cli {
namespace {

using enrich::Level;

/// How complete the records of a source are.
struct Tally {
  std::size_t records = 0;
  std::size_t scores = 0; ///< summed
  std::map<enrich::Criterion const*, std::array<std::size_t, 3>> levels;

  void add(enrich::Quality const& quality) {
    ++records;
    scores += quality.score();
    for (auto const& [criterion, level] : quality.ratings()) {
      ++levels[criterion].at(static_cast<std::size_t>(level));
    }
  }

  [[nodiscard]] std::size_t mean() const noexcept { return (scores + records / 2) / records; }

  /// Criteria that some records do not meet wholly, those that most are without first.
  [[nodiscard]] std::vector<std::pair<enrich::Criterion const*, std::array<std::size_t, 3>>>
  lacks() const {
    std::vector<std::pair<enrich::Criterion const*, std::array<std::size_t, 3>>> out;
    for (auto const& criterion : enrich::criteria()) {
      auto const found = levels.find(&criterion);
      if (found == levels.end()) continue;
      auto const& [missing, partial, stated] = found->second;
      if (missing + partial > 0) out.emplace_back(&criterion, found->second);
    }
    std::ranges::stable_sort(out, std::ranges::greater{},
                             [](auto const& one) { return one.second.front(); });
    return out;
  }
};

/// Rates one record after the other as the site answers it, each in its newest state.
class Rater {
 public:
  Rater(config::Config const& config, store::Reader& reader,
        std::shared_ptr<vocabulary::Thesaurus const> thesaurus)
      : languages_(config.site.languages),
        reader_(reader),
        uses_(std::make_shared<catalogue::TermPool>(std::move(thesaurus)), {}) {}

  /// \param visit  is called with the row, the record and its quality
  template<class Visit>
  void each(std::vector<std::string> const& sources, Visit const& visit) {
    reader_.begin();
    auto const numbers = store::record_numbers(reader_);
    reader_.end();
    for (auto const number : numbers) {
      reader_.begin();
      auto const row = reader_.record(number);
      bool const is_wanted =
          row && (sources.empty() || std::ranges::find(sources, row->source) != sources.end());
      if (is_wanted) rate(*row, visit);
      reader_.end();
    }
  }

 private:
  template<class Visit>
  void rate(store::RecordRow const& row, Visit const& visit) {
    auto const texts = reader_.record_texts(row.number);
    if (!texts) return;
    auto const said = formats::from_record_json(texts->record, parser_).value();
    auto const corrections = reader_.corrections(row.source, row.native_id);
    auto record = catalogue::corrected(said, corrections, languages_);
    enrich::Known known;
    if (auto const derived = reader_.derived(row.number)) {
      auto const items = catalogue::derived_from_text(*derived);
      known.has_items = items.items > 0;
      record = catalogue::with_items(record, items);
    }
    auto const terms = uses_.terms_of(record);
    known.names_concepts =
        std::ranges::any_of(terms, [](auto const* term) { return !term->meant.empty(); });
    visit(row, record, enrich::quality_of(record, known));
  }

  std::vector<std::string> const& languages_;
  store::Reader& reader_;
  catalogue::ConceptUses uses_;
  json::Parser parser_;
};

void print(std::string const& source, Tally const& tally) {
  std::cout << std::left << std::setw(20) << plain_line(source) << ' ' << std::right << std::setw(7)
            << tally.records << " records, " << tally.mean() << " % complete on average\n";
  for (auto const& [criterion, levels] : tally.lacks()) {
    std::cout << "    " << std::left << std::setw(14) << criterion->name << std::right
              << std::setw(7) << levels[0] << " without, " << levels[1] << " in part\n";
  }
}

void write_json(std::map<std::string, Tally> const& tallies) {
  json::Writer out;
  out.begin_object().name("sources").begin_array();
  for (auto const& [source, tally] : tallies) {
    out.begin_object().name("source").string(source).name("records");
    out.integer(static_cast<std::int64_t>(tally.records)).name("score");
    out.integer(static_cast<std::int64_t>(tally.mean())).name("criteria").begin_array();
    for (auto const& criterion : enrich::criteria()) {
      auto const found = tally.levels.find(&criterion);
      if (found == tally.levels.end()) continue;
      out.begin_object().name("name").string(criterion.name);
      for (auto const level : {Level::missing, Level::partial, Level::stated}) {
        out.name(enrich::name_of(level));
        out.integer(static_cast<std::int64_t>(found->second.at(static_cast<std::size_t>(level))));
      }
      out.end_object();
    }
    out.end_array().end_object();
  }
  std::cout << out.end_array().end_object().take() << '\n';
}

using Languages = std::vector<std::string>;

void print_record(store::RecordRow const& row, model::Record const& record, Level level,
                  unsigned score, Languages const& languages) {
  std::cout << std::left << std::setw(9) << enrich::name_of(level) << std::right << std::setw(4)
            << score << " %  " << plain_line(row.source) << "  " << plain_line(row.id) << "  \""
            << plain_line(record->title.best(languages)) << "\"\n";
}

void write_record(store::RecordRow const& row, model::Record const& record, Level level,
                  unsigned score, Languages const& languages) {
  std::cout << json::Writer()
                   .begin_object()
                   .member("id", row.id)
                   .member("source", row.source)
                   .member("title", std::string(record->title.best(languages)))
                   .member("level", std::string(enrich::name_of(level)))
                   .name("score")
                   .integer(score)
                   .end_object()
                   .take()
            << '\n';
}

/// The records that do not meet a criterion. \return  how many
std::size_t list(Rater& rater, config::Config const& config, ShowQuality const& options) {
  auto const* const wanted = enrich::criterion(options.missing);
  std::size_t count = 0;
  rater.each(options.sources, [&](store::RecordRow const& row, model::Record const& record,
                                  enrich::Quality const& quality) {
    auto const rating = std::ranges::find(quality.ratings(), wanted, &enrich::Rating::criterion);
    if (rating == quality.ratings().end() || rating->level == Level::stated) return;
    ++count;
    auto const show = options.json ? write_record : print_record;
    show(row, record, rating->level, quality.score(), config.site.languages);
  });
  return count;
}

/// \return  true if there is one
bool complain_of_unknown(store::Reader& reader, std::vector<std::string> const& sources) {
  reader.begin();
  auto const known = reader.sources();
  reader.end();
  bool has_any = false;
  for (auto const& source : sources) {
    if (std::ranges::find(known, source) != known.end()) continue;
    has_any = true;
    std::cerr << "terracat: the catalogue has nothing of a source '" << plain_line(source) << "'\n";
  }
  return has_any;
}

} // namespace

int run(config::Config const& config, ShowQuality const& options) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  if (complain_of_unknown(*reader, options.sources)) return failed;
  helper::RdfClient parser({.program = helper::own_program(std::string(helper::rdf_mode))});
  auto loaded = load_vocabularies(config, parser);
  for (auto const& failure : loaded.failures) {
    std::cerr << "terracat: " << plain_line(to_text(failure)) << '\n';
  }
  Rater rater(config, *reader,
              std::make_shared<vocabulary::Thesaurus const>(std::move(loaded.drafts)));
  if (!options.missing.empty()) {
    auto const count = list(rater, config, options);
    if (!options.json) std::cout << count << " records do not state it wholly\n";
  } else {
    std::map<std::string, Tally> tallies;
    rater.each(options.sources,
               [&](store::RecordRow const& row, model::Record const&,
                   enrich::Quality const& quality) { tallies[row.source].add(quality); });
    if (options.json) write_json(tallies);
    if (!options.json && tallies.empty()) std::cout << "there are no records\n";
    if (!options.json) {
      for (auto const& [source, tally] : tallies) print(source, tally);
    }
  }
  std::cout.flush();
  return std::cout ? success : io_error;
}

} // namespace terracat::cli
