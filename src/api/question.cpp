#include "api/question.hpp"

#include "api/area.hpp"
#include "api/choices.hpp"
#include "api/criteria_input.hpp"
#include "api/spoken_places.hpp"
#include "api/vocabulary_question.hpp"
#include "catalogue/record_facts.hpp"
#include "query/queryables.hpp"
#include "query/sort.hpp"
#include "query/spoken_time.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>

namespace terracat::api {
namespace {

using pages::Question;
using pages::Sort;

constexpr std::size_t longest_text = 500;
constexpr std::size_t most_pages = 100'000;

std::string text_of(Parameters const& parameters, std::string_view name) {
  auto text = trimmed(parameters.get(name).value_or(""));
  if (text.size() > longest_text) {
    auto end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    text = text.substr(0, end);
  }
  return std::string(text);
}

std::optional<int> digits(std::string_view text) noexcept {
  int value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  bool const is_number = error == std::errc{} && stop == end && !text.empty() && is_digit(text[0]);
  return is_number ? std::optional(value) : std::nullopt;
}

/// "2018", "2018-03" or "2018-03-15".
std::optional<model::Bound> bound_in(std::string_view text) noexcept {
  auto const precision = text.size() == 4   ? model::Precision::year
                         : text.size() == 7 ? model::Precision::month
                                            : model::Precision::day;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  auto const year = digits(text.substr(0, 4));
  auto const month =
      text.size() > 4 && text[4] == '-' ? digits(text.substr(5, 2)) : std::optional(1);
  auto const day = text.size() > 7 && text[7] == '-' ? digits(text.substr(8, 2)) : std::optional(1);
  bool const has_dashes =
      (text.size() == 4 || text[4] == '-') && (text.size() < 10 || text[7] == '-');
  if (!year || !month || !day || !has_dashes || *month < 1 || *day < 1) return std::nullopt;
  auto const instant = model::Instant::at(
      {.year = *year, .month = static_cast<unsigned>(*month), .day = static_cast<unsigned>(*day)});
  return instant ? std::optional(model::Bound::at(*instant, precision)) : std::nullopt;
}

/// \return  whether the period can be read; then it is in the criteria
bool read_period(Question const& question, query::Criteria& criteria, std::string_view& wrong) {
  auto const from = bound_in(question.from);
  auto const to = bound_in(question.to);
  if (!question.from.empty() && !from) wrong = "from";
  if (wrong.empty() && !question.to.empty() && !to) wrong = "to";
  if (!wrong.empty() || (!from && !to)) return wrong.empty();
  auto interval =
      model::Interval::make(from.value_or(model::Bound::open()), to.value_or(model::Bound::open()));
  if (interval) {
    criteria.datetime = *interval;
  } else {
    wrong = "to";
  }
  return wrong.empty();
}

/// Four numbers between commas or blanks.
std::optional<model::Bbox3> bbox_in(std::string_view text) {
  std::vector<double> numbers;
  while (!(text = trimmed(text, " ,;")).empty()) {
    auto const end = std::min(text.find_first_of(" ,;"), text.size());
    double value = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + end, value);
    if (error != std::errc{} || stop != text.data() + end || numbers.size() == 4)
      return std::nullopt;
    numbers.push_back(value);
    text.remove_prefix(end);
  }
  if (numbers.size() != 4) return std::nullopt;
  auto box = model::Bbox3::from_numbers(numbers);
  return box ? std::optional(*box) : std::nullopt;
}

/// Empty: as the catalogue sorts by itself.
std::string_view sort_keys(Sort sort) noexcept {
  switch (sort) {
  case Sort::standard:
    return {};
  case Sort::title:
    return "title";
  case Sort::updated:
    return "-updated";
  case Sort::start:
    return "start_datetime";
  case Sort::end:
    return "-end_datetime";
  }
  return {};
}

/// A day as people write it; a year if it is the first or the last of one.
std::string text_of(std::optional<model::Instant> const& at, std::string_view edge_of_year) {
  if (!at) return {};
  auto const day = model::to_iso8601(*at).substr(0, 10);
  return day.ends_with(edge_of_year) ? day.substr(0, day.size() - edge_of_year.size()) : day;
}

} // namespace

std::optional<pages::SaidPeriod> said_period(Question const& question) {
  if (!question.from.empty() || !question.to.empty()) return std::nullopt;
  auto const time = query::find_time(question.words, model::Instant::now());
  if (!time) return std::nullopt;
  auto const& words = question.words;
  pages::SaidPeriod out{.text = words.substr(time->begin, time->end - time->begin),
                        .question = question};
  auto const before = trimmed(std::string_view(words).substr(0, time->begin));
  auto const behind = trimmed(std::string_view(words).substr(time->end));
  out.question.words = before;
  if (!before.empty() && !behind.empty()) out.question.words += ' ';
  out.question.words += behind;
  out.question.from = text_of(time->first, "-01-01");
  out.question.to = text_of(time->last, "-12-31");
  out.question.page = 1;
  return out;
}

std::vector<pages::SaidPlace> said_places(Site const& site, Question const& question,
                                          pages::Language language) {
  std::vector const languages{std::string(pages::code(language))};
  std::vector<pages::SaidPlace> out;
  for (auto const& spoken : spoken_places(site, question.words)) {
    auto const& place = *spoken.place;
    out.push_back({.label = std::string(place.label(languages)),
                   .bbox = place.bbox ? text_of(*place.bbox) : std::string()});
  }
  return out;
}

Question read_question(Site const& site, Parameters const& parameters) {
  Question out{
      .words = text_of(parameters, "q"),
      .pole = text_of(parameters, "pole"),
      .from = text_of(parameters, "from"),
      .to = text_of(parameters, "to"),
      .bbox = text_of(parameters, "bbox"),
      .area = std::string(trimmed(parameters.get("area").value_or("").substr(0, longest_area + 1))),
      .concept_uri = text_of(parameters, "concept")};
  read_choices(site, parameters, out);
  if (!out.area.empty()) out.bbox.clear();
  out.has_words_alone = !out.words.empty() && parameters.get("place") == "words";
  if (parameters.get("type") == "other") out.kind = pages::Kind::others;
  out.sort = pages::sort_named(parameters.get("sort").value_or("")).value_or(Sort::standard);
  // By title is how things stand without words.
  if (out.words.empty() && out.sort == Sort::title) out.sort = Sort::standard;
  auto const page = digits(parameters.get("page").value_or("1")).value_or(1);
  out.page = std::clamp<std::size_t>(static_cast<std::size_t>(page), 1, most_pages);
  return out;
}

AskedOfRecords asked_of_records(Site const& site, Question const& question) {
  AskedOfRecords out{.request = {}, .wrong = {}};
  ask(site, question.words, out.request,
      question.has_words_alone ? catalogue::PlaceNames::words : catalogue::PlaceNames::bounds);
  out.request.explains = false; // of all that match; reasons are for those that are shown
  auto& criteria = out.request.criteria;
  if (!question.concept_uri.empty()) {
    query::Property const concepts{.name = std::string(catalogue::concepts_name),
                                   .type = query::Type::list};
    criteria.filters.push_back({query::ListCompare{
        concepts,
        query::ListComparison::overlaps,
        {query::Scalar(known_address(*site.thesaurus, question.concept_uri))}}});
  }
  for (auto& condition : conditions_of(site, question.choices)) {
    criteria.filters.push_back(std::move(condition));
  }
  if (!read_period(question, criteria, out.wrong)) return out;
  if (!question.bbox.empty()) {
    criteria.bbox = bbox_in(question.bbox);
    if (!criteria.bbox) out.wrong = "bbox";
  }
  out.request.guesses = true; // cards say which
  if (!question.area.empty()) {
    criteria.intersects = area_in(question.area);
    if (!criteria.intersects) out.wrong = "area";
  }
  if (auto const keys = sort_keys(question.sort); !keys.empty()) {
    out.request.sort = query::read_sortby(keys, query::Queryables::of_records()).value();
  }
  return out;
}

} // namespace terracat::api
