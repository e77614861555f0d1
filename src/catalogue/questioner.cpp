#include "catalogue/questioner.hpp"

#include "catalogue/damage.hpp"
#include "index/record_words.hpp"
#include "query/spoken_time.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

/// No more are looked at of what answers a question.
constexpr std::size_t most_ranked = 5'000;

constexpr std::size_t longest_spoken = 300; ///< bytes; longer questions are not searched for times

bool tells_something(std::string_view text) {
  return std::ranges::any_of(index::words_of(text, true).words, [](index::Word const& word) {
    return !word.exact.empty() || !index::is_empty_word(word);
  });
}

model::Instant begin_of_day(model::Instant at) {
  return model::Instant(at.milliseconds() - at.ms_of_day());
}

/// The time that a question names. All that stands between quotation marks is words.
std::optional<query::SpokenTime> time_in(std::string const& text, model::Instant today) {
  if (text.size() > longest_spoken || text.find('"') != std::string::npos) return std::nullopt;
  return query::find_time(text, today);
}

/// What is open lasts from the first years that anybody tells of, or until today.
index::AskedTime bounded(query::SpokenTime const& time, model::Instant today) {
  constexpr model::Instant long_ago(-62'135'596'800'000); // the year 1
  auto const first = time.first.value_or(long_ago);
  return {.first = first, .last = std::max(first, time.last.value_or(today))};
}

/// A time that is told in words ("depuis 2015") is what the data are of, and seldom what a record
/// says: its words would find whatever began in that year. A bare number stays, for it may be of a
/// name; so does what would leave nothing.
std::string without_spoken_time(std::string const& text,
                                std::optional<query::SpokenTime> const& time) {
  if (!time) return text;
  bool const is_in_words =
      std::ranges::any_of(text.begin() + static_cast<std::ptrdiff_t>(time->begin),
                          text.begin() + static_cast<std::ptrdiff_t>(time->end),
                          [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  if (!is_in_words) return text;
  auto left = text;
  left.replace(time->begin, time->end - time->begin, " ");
  return tells_something(left) ? left : text;
}

} // namespace

std::optional<index::AskedTime> asked_time(std::string const& question, model::Instant now) {
  auto const today = begin_of_day(now);
  auto const time = time_in(question, today);
  return time ? std::optional(bounded(*time, today)) : std::nullopt;
}

std::optional<Asked> Questioner::ask(RecordRequest const& request, index::Locator const& locate,
                                     index::Dater const& date) {
  if (request.question.empty()) return std::nullopt;
  auto const& question = read(request);
  if (!last_ranking_) {
    auto const use = words();
    index::WordLookup const lookup(reader_, use.words());
    last_ranking_ = index::rank(question, word_maker(), lookup, most_ranked, locate);
    if (last_time_) index::weigh_times(*last_ranking_, *last_time_, date);
    if (request.places == PlaceNames::bounds) {
      std::erase_if(last_ranking_->records,
                    [](index::RankedRecord const& one) { return !one.is_there; });
    }
  }
  return Asked{.question = question, .ranking = *last_ranking_};
}

index::Question const& Questioner::read(RecordRequest const& request) {
  if (last_ && last_text_ == request.question && last_places_ == request.places) return *last_;
  auto const today = begin_of_day(model::Instant::now());
  auto const time = time_in(request.question, today);
  auto const asked = without_spoken_time(request.question, time);
  auto const use = words();
  index::WordLookup const lookup(reader_, use.words());
  auto out = index::read_question(asked, word_maker(), lookup, request.expand);
  if (asked.size() != request.question.size()) out.text = request.question; // a name may be like it
  last_text_ = request.question;
  last_time_ = time ? std::optional(bounded(*time, today)) : std::nullopt;
  last_places_ = request.places;
  last_ranking_.reset();
  return last_.emplace(std::move(out));
}

std::vector<index::Reason> Questioner::reasons(index::Question const& question, RecordNumber record,
                                               index::Locator const& locate) {
  std::size_t damage = 0; // `check` tells of it
  auto const words =
      unless_damaged(damage, [&] { return reader_.record_words(record); }).value_or(std::nullopt);
  if (!words) return {};
  bool const has_place = std::ranges::any_of(
      question.parts, [](index::QuestionPart const& part) { return part.place() != nullptr; });
  return index::reasons(question, word_maker(), *words,
                        has_place ? locate(record) : std::optional<index::RecordPlace>());
}

WordKeeper::Use Questioner::words() {
  return words_.at(reader_, directory_, epoch_);
}

index::WordMaker const& Questioner::word_maker() {
  if (!word_maker_) word_maker_.emplace();
  return *word_maker_;
}

} // namespace terracat::catalogue
