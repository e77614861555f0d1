#include "index/ranking.hpp"

#include "index/language.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace terracat::index {
namespace {

// What counts how much, found by measuring (doc/discovery.md).
constexpr double expanded = 1;          ///< what says exactly the same, against what was typed
constexpr double acronym_in_case = 1.3; ///< an acronym in the case in which it was typed
constexpr double acronym_in_other_case = 0.6;
constexpr double less_near = 0.7;        ///< each next word that a mistyped one is taken for
constexpr double in_place = 0.4;         ///< to lie in a place, against naming it
constexpr double share_in_place = 0.65;  ///< of a part that is there by where the record lies alone
constexpr double lost_out_of_time = 0.3; ///< by a record of another time than is asked for
constexpr double outright = 1'000;       ///< what the question names; no sum of words comes near

constexpr std::size_t most_expansions = 64; ///< of a part
constexpr std::size_t most_of_title = 20;   ///< records
constexpr std::size_t most_located = 2'000; ///< records that are asked where they are

using Scores = boost::unordered_flat_map<std::int64_t, double>;

/// Of several scores of a record.
struct Sum {
  double score = 0;
  double there = 0; ///< how many there are; one that counts for less is less
};

using Sums = boost::unordered_flat_map<std::int64_t, Sum>;

/// Room for so many, which is never given back.
template<class Map>
void make_room(Map& map, std::size_t most) {
  if (map.max_load() < most) map.reserve(most);
}

std::int64_t integer(RecordNumber number) noexcept {
  return static_cast<std::int64_t>(number);
}

bool is_doi(std::string_view text) noexcept {
  return text.starts_with("10.") && text.find('/') != std::string_view::npos;
}

/// A label in the form in which it may stand in a table. An acronym is one only in its own case.
struct Phrase {
  WordTable table;
  std::string words;
};

std::vector<Phrase> phrases_of(Expansion const& expansion, WordMaker const& maker) {
  auto const words = words_of(expansion.label, true).words;
  if (words.size() == 1 && !words.front().exact.empty() && words.front().exact.size() < 24) {
    return {{WordTable::exact, words.front().exact}};
  }
  std::vector<Phrase> out;
  for (auto const table : language_tables) {
    bool const may_be = expansion.language.empty() || table_of(expansion.language) == table;
    auto text = may_be ? maker.in(table, words) : std::string();
    if (!text.empty()) out.push_back({table, std::move(text)});
  }
  return out;
}

bool is_better(RankedRecord const& a, RankedRecord const& b) noexcept {
  return a.score != b.score ? a.score > b.score : a.record > b.record;
}

class Ranker {
 public:
  Ranker(WordMaker const& maker, WordLookup const& lookup, Locator const& locate,
         std::size_t by_word)
      : maker_(maker),
        lookup_(lookup),
        reader_(lookup.reader()),
        locate_(locate),
        by_word_(by_word) {}

  Ranking rank(Question const& question, std::size_t most) {
    for (auto const& part : question.parts) {
      if (part.place() != nullptr) continue;
      put_scores(part, of_part_);
      add(total_, of_part_);
    }
    std::vector<std::pair<model::Bbox const*, Scores>> places;
    for (auto const& part : question.parts) {
      if (part.place() != nullptr)
        put_scores(part, places.emplace_back(part.place(), Scores()).second);
    }
    auto const words = places.empty() ? Sums() : total_;
    for (auto& [place, scores] : places) {
      add_located(*place, words, scores);
      add_of_place(scores);
    }
    auto const parts = static_cast<double>(question.parts.size());
    for (auto& [record, sum] : total_) sum.score *= sum.there / parts;
    if (question.parts.size() > 1) add_whole(question);
    add_named(question);
    Ranking out{.records = {}, .is_cut = is_cut_};
    out.records.reserve(total_.size());
    for (auto const& [record, sum] : total_) {
      bool const is_there = std::ranges::all_of(
          places, [number = record](auto const& place) { return place.second.contains(number); });
      out.records.push_back({RecordNumber{record}, sum.score, is_there});
    }
    if (out.records.size() > most) {
      auto const end = out.records.begin() + static_cast<std::ptrdiff_t>(most);
      std::ranges::nth_element(out.records, end, is_better);
      out.records.resize(most);
      out.is_cut = true;
    }
    std::ranges::sort(out.records, is_better);
    return out;
  }

 private:
  std::vector<WordMatch> find(WordTable table, std::string_view phrase) {
    constexpr std::size_t looked_at_for_each = 10; // of those that go on
    auto out = lookup_.find({.table = table,
                             .phrase = phrase,
                             .limit = by_word_,
                             .looked_at = looked_at_for_each * by_word_});
    is_cut_ = is_cut_ || out.size() == by_word_;
    return out;
  }

  /// Each record with the better of its scores.
  static void take_best(Scores& best, std::vector<WordMatch> const& others, double weight) {
    make_room(best, others.size());
    for (auto const& [record, score] : others) {
      auto& known = best[integer(record)];
      known = std::max(known, weight * score);
    }
  }

  void put_scores(Word const& word, Scores& out) {
    out.clear();
    for (auto const table : language_tables) {
      take_best(out, find(table, maker_.in(table, word.small)), 1);
    }
    if (word.exact.empty()) return;
    auto const in_case = find(WordTable::exact, word.exact);
    if (in_case.empty()) return;
    for (auto& [record, score] : out) score *= acronym_in_other_case;
    take_best(out, in_case, acronym_in_case);
  }

  void put_scores(std::vector<Word> const& words, Scores& out) {
    if (words.size() == 1) return put_scores(words.front(), out);
    of_words_.clear();
    for (auto const& word : words) {
      put_scores(word, of_word_);
      add(of_words_, of_word_);
    }
    out.clear();
    make_room(out, of_words_.size());
    for (auto const& [record, sum] : of_words_) {
      auto const share = sum.there / static_cast<double>(words.size());
      out[record] = sum.score * share * share;
    }
    for (auto const& [record, score] : together(words)) out[record] += score;
  }

  /// Of those in which the words stand one behind the other. Valid until the next ones.
  Scores const& together(std::vector<Word> const& words) {
    of_word_.clear();
    for (auto const table : language_tables) {
      auto const phrase = maker_.in(table, words);
      if (!phrase.empty()) take_best(of_word_, find(table, phrase), 1);
    }
    return of_word_;
  }

  /// Of what other parts found, the best that lie there: they get a share of what is best by words,
  /// the less the less of them lies there.
  /// \param words  the sum of the scores of other parts
  void add_located(model::Bbox const& place, Sums const& words, Scores& scores) {
    if (!locate_) return;
    located_.clear();
    std::vector<std::pair<double, std::int64_t>> found;
    found.reserve(words.size());
    for (auto const& [record, sum] : words) found.emplace_back(sum.score, record);
    if (found.empty()) return;
    double best = 0;
    for (auto const& [record, score] : scores) best = std::max(best, score);
    if (best == 0) best = std::ranges::max(found).first;
    if (found.size() > most_located) {
      std::ranges::nth_element(found, found.begin() + most_located, std::greater());
      found.resize(most_located);
    }
    for (auto const& [score, record] : found) {
      auto const there = locate_(RecordNumber{record});
      auto const near = there ? nearness(place, *there) : 0;
      if (near == 0) continue;
      auto& known = scores[record];
      if (known >= in_place * best * near) continue;
      known = in_place * best * near;
      located_.insert(record);
    }
  }

  void put_scores(QuestionPart const& part, Scores& best) {
    best.clear();
    if (part.meant.empty()) put_scores(part.words, best);
    double nearness = 1;
    for (auto const& [table, word] : part.meant) {
      take_best(best, find(table, word), nearness);
      nearness *= less_near;
    }
    std::size_t left = most_expansions;
    taken_.clear();
    for (auto const& expansion : part.expansions) {
      if (left-- == 0) break;
      for (auto const& [table, words] : phrases_of(expansion, maker_)) {
        // Many labels of one concept have the same stems.
        auto const& [taken, is_new] = taken_.try_emplace(std::pair(table, words), expansion.weight);
        if (!is_new && taken->second >= expansion.weight) continue;
        taken->second = expansion.weight;
        take_best(best, find(table, words), expanded * expansion.weight);
      }
    }
  }

  static void add(Sums& sums, Scores const& scores) {
    make_room(sums, scores.size());
    for (auto const& [record, score] : scores) {
      auto& sum = sums[record];
      sum.score += score;
      ++sum.there;
    }
  }

  /// Likewise of a place, by which some were found that say nothing of it.
  void add_of_place(Scores const& scores) {
    add(total_, scores);
    for (auto const record : located_) total_[record].there -= 1 - share_in_place;
  }

  void add_whole(Question const& question) {
    std::vector<Word> words;
    for (auto const& part : question.parts) {
      words.insert(words.end(), part.words.begin(), part.words.end());
    }
    for (auto const& [record, score] : together(words)) total_[record].score += score;
  }

  void add_named(Question const& question) {
    for (auto const& exact : question.exact) {
      if (!is_doi(exact)) continue;
      for (auto const& [record, score] : find(WordTable::exact, exact)) {
        total_[integer(record)].score += outright;
      }
    }
    if (auto const record = reader_.record_by_id(question.text)) {
      total_[integer(*record)].score += 2 * outright;
    }
    for (auto const record : reader_.records_by_identifier(question.text)) {
      total_[integer(record)].score += outright;
    }
    add_titles(question);
  }

  /// Records that are called exactly so.
  void add_titles(Question const& question) {
    for (auto const table : language_tables) {
      auto const title = maker_.in(table, words_of(question.text, true).words);
      if (title.empty()) continue;
      auto const found = lookup_.find(
          {.table = table, .phrase = title, .only_title = true, .limit = most_of_title});
      for (auto const& match : found) {
        auto const words = words_of_record(match.record);
        if (words && (*words)[table][0] == title)
          total_[integer(match.record)].score += outright / 2;
      }
    }
  }

  /// \return  nothing as well if they are damaged: one record must not spoil the search
  std::optional<RecordWords> words_of_record(RecordNumber record) {
    try {
      return reader_.record_words(record);
    } catch (store::StoreError const& error) {
      if (error.reason() != store::StoreError::Reason::corrupt) throw;
      return std::nullopt;
    }
  }

  WordMaker const& maker_;
  WordLookup const& lookup_;
  store::Reader& reader_;
  Locator const& locate_;
  std::size_t by_word_;
  // Kept from one use to the next, with the room that they have.
  Scores of_word_;
  Scores of_part_;
  Sums of_words_;
  std::map<std::pair<WordTable, std::string>, double> taken_; ///< of a part, with the weights

  Sums total_; ///< `there`: how many parts each record says something of
  boost::unordered_flat_set<std::int64_t> located_; ///< of the part that was asked last
  bool is_cut_ = false;
};

/// The best field in which a phrase stands.
std::optional<WordField> field_of(FieldWords const& fields, std::string const& phrase) {
  for (std::size_t field = 0; field < word_fields; ++field) {
    if ((" " + fields.at(field) + " ").find(" " + phrase + " ") != std::string::npos) {
      return static_cast<WordField>(field);
    }
  }
  return std::nullopt;
}

std::optional<WordField> better(std::optional<WordField> a, std::optional<WordField> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<WordField> field_of(Word const& word, WordMaker const& maker,
                                  RecordWords const& words) {
  std::optional<WordField> out;
  for (auto const table : language_tables) {
    out = better(out, field_of(words[table], maker.in(table, word.small)));
  }
  return out;
}

std::optional<Reason> reason_of(QuestionPart const& part, WordMaker const& maker,
                                RecordWords const& words) {
  Reason out{.kind = Reason::Kind::typed, .text = part.text, .label = {}};
  std::optional<WordField> field;
  for (auto const& word : part.words) field = better(field, field_of(word, maker, words));
  if (field) {
    out.field = *field;
    return out;
  }
  out.kind = Reason::Kind::meant;
  for (auto const& [table, word] : part.meant) {
    if (auto const found = field_of(words[table], word)) {
      out.label = word;
      out.field = *found;
      return out;
    }
  }
  out.kind = Reason::Kind::related;
  for (auto const& expansion : part.expansions) {
    for (auto const& [table, phrase] : phrases_of(expansion, maker)) {
      if (auto const found = field_of(words[table], phrase)) {
        out.label = expansion.label;
        out.field = *found;
        return out;
      }
    }
  }
  return std::nullopt;
}

} // namespace

Ranking rank(Question const& question, WordMaker const& maker, WordLookup const& lookup,
             std::size_t most, Locator const& locate, std::size_t by_word) {
  return Ranker(maker, lookup, locate, by_word).rank(question, most);
}

void weigh_times(Ranking& ranking, AskedTime const& asked, Dater const& date) {
  constexpr double unknown = 0.5;
  for (auto& one : ranking.records) {
    auto const period = date(one.record);
    auto const common = period ? common_time(asked, *period) : unknown;
    one.score *= 1 - lost_out_of_time * (1 - common);
  }
  std::ranges::sort(ranking.records, is_better);
}

std::vector<Reason> reasons(Question const& question, WordMaker const& maker,
                            RecordWords const& words, std::optional<RecordPlace> const& there) {
  std::vector<Reason> out;
  for (auto const& part : question.parts) {
    auto reason = reason_of(part, maker, words);
    auto const* const place = part.place();
    if (!reason && place != nullptr && there && nearness(*place, *there) > 0) {
      bool const is_guessed = !there->guessed_from.empty();
      reason = {.kind = is_guessed ? Reason::Kind::guessed : Reason::Kind::located,
                .text = part.text,
                .label = part.expansions.front().label,
                .from = there->guessed_from};
    }
    if (reason) out.push_back(std::move(*reason));
  }
  return out;
}

} // namespace terracat::index
