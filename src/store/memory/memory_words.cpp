#include "query/words.hpp"
#include "store/memory/memory_reader.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

/// Words of records and items by looking at each of them: what an index has to come to.
namespace terracat::store {
namespace {

using Words = std::vector<std::string>;

Words split(std::string const& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

/// One record as a table has it.
struct Row {
  RecordNumber record{};
  std::array<Words, word_fields> fields;
  double length = 0; ///< words in all fields
};

std::vector<Row> rows_of(MemoryState const& state, WordTable table) {
  std::vector<Row> out;
  for (auto const& [number, record] : state.records) {
    Row row{.record = number, .fields = {}};
    for (std::size_t field = 0; field < word_fields; ++field) {
      row.fields.at(field) = split(record->words[table].at(field));
      row.length += static_cast<double>(row.fields.at(field).size());
    }
    if (row.length > 0) out.push_back(std::move(row));
  }
  return out;
}

/// How often the phrase stands in the words.
std::size_t count(Words const& words, Words const& phrase, bool is_open) {
  std::size_t out = 0;
  for (std::size_t at = 0; at + phrase.size() <= words.size(); ++at) {
    auto const* const first = words.data() + at;
    bool stands = std::equal(phrase.begin(), phrase.end() - 1, first);
    auto const& last = first[phrase.size() - 1];
    stands = stands && (is_open ? last.starts_with(phrase.back()) : last == phrase.back());
    if (stands) ++out;
  }
  return out;
}

/// The sum of the weights of the fields in which the phrase stands, once for each time.
double weight(Row const& row, Words const& phrase, WordSearch const& search) {
  double out = 0;
  for (std::size_t field = 0; field < word_fields; ++field) {
    if (search.field && static_cast<std::size_t>(*search.field) != field) continue;
    out += field_weights.at(field) *
           static_cast<double>(count(row.fields.at(field), phrase, search.is_open));
  }
  return out;
}

/// BM25 of one phrase in each row.
void add_scores(std::vector<Row> const& rows, Words const& phrase, WordSearch const& search,
                std::vector<double>& scores) {
  constexpr double k1 = 1.2;
  constexpr double b = 0.75;
  std::vector<double> weights;
  double length = 0;
  double found = 0;
  for (auto const& row : rows) {
    weights.push_back(weight(row, phrase, search));
    length += row.length;
    if (weights.back() > 0) ++found;
  }
  auto const all = static_cast<double>(rows.size());
  auto const rareness = std::log((all - found + 0.5) / (found + 0.5));
  for (std::size_t place = 0; place < rows.size(); ++place) {
    auto const often = weights[place];
    auto const relative = rows[place].length / (length / all);
    scores[place] +=
        (rareness > 0 ? rareness : 1e-6) * often * (k1 + 1) / (often + k1 * (1 - b + b * relative));
  }
}

} // namespace

std::vector<WordMatch> MemoryReader::find_words(WordSearch const& search) {
  auto const rows = rows_of(state(), search.table);
  std::vector<double> scores(rows.size());
  for (auto const& phrase : search.phrases) add_scores(rows, split(phrase), search, scores);
  std::vector<WordMatch> out;
  for (std::size_t place = rows.size(); place-- > 0 && out.size() < most_weighed;) {
    if (scores[place] > 0) out.push_back({.record = rows[place].record, .score = scores[place]});
  }
  std::ranges::sort(out, [](WordMatch const& a, WordMatch const& b) {
    return a.score != b.score ? a.score > b.score : a.record < b.record;
  });
  if (out.size() > search.limit) out.resize(search.limit);
  return out;
}

std::vector<KnownWord> MemoryReader::known_words(WordTable table, std::string_view begins,
                                                 std::size_t limit) {
  std::map<std::string, std::set<RecordNumber>> known;
  for (auto const& row : rows_of(state(), table)) {
    for (auto const& words : row.fields) {
      for (auto const& word : words) {
        if (word.starts_with(begins)) known[word].insert(row.record);
      }
    }
  }
  std::vector<KnownWord> out;
  for (auto const& [word, records] : known) {
    if (out.size() == limit) break;
    out.push_back({.word = word, .records = records.size()});
  }
  return out;
}

std::optional<RecordWords> MemoryReader::record_words(RecordNumber number) {
  auto const found = state().records.find(number);
  if (found == state().records.end()) return std::nullopt;
  return found->second->words;
}

std::vector<RecordNumber>
MemoryReader::records_of_other_words(std::int64_t version, RecordNumber after, std::size_t limit) {
  std::vector<RecordNumber> out;
  for (auto at = state().records.upper_bound(after);
       at != state().records.end() && out.size() < limit; ++at) {
    if (at->second->words.version != version) out.push_back(at->first);
  }
  return out;
}

std::vector<ItemNumber> MemoryReader::items_saying(std::string_view phrase) {
  auto const asked = " " + std::string(phrase) + " ";
  std::vector<ItemNumber> out;
  for (auto const& [number, stored] : state().items) {
    check_deadline();
    auto const words = query::words_in_body(stored->item->body);
    if (words.find(asked) != std::string::npos) out.push_back(number);
  }
  return out;
}

} // namespace terracat::store
