#include "catalogue/roll.hpp"

#include "catalogue/value_names.hpp"
#include "geometry/deadline.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <tuple>
#include <utility>

namespace terracat::catalogue {
namespace {

template<class Kept>
void note(Kept const& kept, std::vector<Kept const*>& by_number) {
  if (by_number.size() <= kept.number) by_number.resize(kept.number + std::size_t{1});
  by_number[kept.number] = &kept;
}

void add(KeptValue const* value, RollColumn& column) {
  column.values.push_back(value == nullptr ? RollColumn::none : value->number);
  if (value == nullptr) return;
  if (value->number < column.kept.size() && column.kept[value->number] != nullptr) return;
  note(*value, column.kept);
  for (auto const& text : value->texts) note(*text, column.texts);
}

void list_texts(RollColumn& column) {
  column.texts_begin.reserve(column.kept.size() + 1);
  for (auto const* const value : column.kept) {
    column.texts_begin.push_back(static_cast<std::uint32_t>(column.texts_of_values.size()));
    if (value == nullptr) continue;
    for (auto const& text : value->texts) column.texts_of_values.push_back(text->number);
  }
  column.texts_begin.push_back(static_cast<std::uint32_t>(column.texts_of_values.size()));
}

/// Calls `visit(word, row)` once for each word of each row. \throws geometry::Late
template<class Visit>
void for_each_word(std::span<Roll::Row const> rows, Visit const& visit) {
  std::vector<std::uint32_t> last; // of each word the row that had it last, from 1
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    constexpr std::uint32_t between_looks = 64;
    if (row % between_looks == 0 && geometry::is_late()) throw geometry::Late();
    auto const& said = rows[row].facts->said();
    for (std::size_t place = 0; place < said.size(); ++place) {
      auto const word = said.at(place);
      if (word == WordNumbers::text_end) continue;
      if (word >= last.size()) last.resize(2 * std::size_t{word} + 1);
      if (std::exchange(last[word], row + 1) != row + 1) visit(word, row);
    }
  }
}

std::shared_ptr<RollWords const> words_of(std::span<Roll::Row const> rows) {
  auto out = std::make_shared<RollWords>();
  auto& begin = out->begin; // of each word first how many rows have it, two places further
  for_each_word(rows, [&](std::uint32_t word, std::uint32_t) {
    if (begin.size() < word + std::size_t{3}) begin.resize(word + std::size_t{3});
    ++begin[word + 2];
  });
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  out->rows.resize(begin.empty() ? 0 : begin.back());
  for_each_word(rows, [&](std::uint32_t word, std::uint32_t row) {
    out->rows[begin[word + 1]++] = row; // which is where the next word begins in the end
  });
  if (!begin.empty()) begin.pop_back();
  return out;
}

/// \throws geometry::Late
std::shared_ptr<Roll::Ranks const>
ranked(std::size_t rows, std::function<query::SortValue(std::uint32_t row)> const& value_of) {
  std::vector<std::pair<query::SortValue, std::uint32_t>> all;
  all.reserve(rows);
  auto out = std::make_shared<Roll::Ranks>();
  out->of_rows.resize(rows, Roll::Ranks::none);
  for (std::uint32_t row = 0; row < rows; ++row) {
    constexpr std::uint32_t between_looks = 64;
    if (row % between_looks == 0 && geometry::is_late()) throw geometry::Late();
    auto value = value_of(row);
    if (!std::holds_alternative<std::monostate>(value)) all.emplace_back(std::move(value), row);
  }
  std::ranges::sort(all);
  std::uint32_t rank = 0;
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (place > 0 && all[place].first != all[place - 1].first) ++rank;
    out->of_rows[all[place].second] = rank;
  }
  return out;
}

} // namespace

Roll::Roll(RollEdition edition, std::vector<Row> rows)
    : edition_(std::move(edition)), rows_(std::move(rows)) {
  std::ranges::sort(rows_, [](Row const& a, Row const& b) {
    return std::tie(a.entry->title_key, b.entry->number) <
           std::tie(b.entry->title_key, a.entry->number); // the newest first
  });
  for (auto& column : columns_) column.values.reserve(rows_.size());
  by_number_.reserve(rows_.size());
  numbers_.reserve(rows_.size());
  traits_.reserve(rows_.size());
  periods_.reserve(rows_.size());
  lasting_.reserve(rows_.size());
  boxes_.reserve(rows_.size());
  title_prints_.reserve(rows_.size());
  source_of_.reserve(rows_.size());
  boost::unordered_flat_map<std::string_view, std::uint32_t> by_source;
  for (auto const& [entry, facts, is_collection] : rows_) {
    by_number_.emplace(entry->number, static_cast<std::uint32_t>(by_number_.size()));
    numbers_.push_back(entry->number);
    auto const next = static_cast<std::uint32_t>(sources_.size());
    auto const& [source, is_new] = by_source.emplace(entry->source, next);
    if (is_new) sources_.push_back(entry->source);
    source_of_.push_back(source->second);
    auto const& footprint = facts->footprint();
    traits_.push_back({.is_collection = is_collection,
                       .is_clustered = static_cast<bool>(entry->cluster),
                       .fills_box = footprint && footprint->is_box(),
                       .has_period = facts->period().has_value()});
    for (std::size_t place = 0; place < columns_.size(); ++place) {
      add(facts->kept(place), columns_[place]);
    }
    periods_.push_back(facts->period());
    lasting_.push_back(facts->lasting());
    title_prints_.push_back(facts->title_print());
    boxes_.push_back(footprint ? std::optional(footprint->bbox()) : std::nullopt);
  }
  for (auto& column : columns_) list_texts(column);
}

Roll::~Roll() = default;

ValueNames const& Roll::names(std::size_t place) const {
  std::scoped_lock const lock(mutex_);
  auto& names = names_.at(place);
  if (!names) names = std::make_unique<ValueNames const>(*this, place);
  return *names;
}

std::optional<std::uint32_t> Roll::find(RecordNumber number) const {
  auto const found = by_number_.find(number);
  return found == by_number_.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<RollWords const> Roll::words() const {
  std::scoped_lock const lock(mutex_);
  if (!words_) words_ = words_of(rows_);
  return words_;
}

std::shared_ptr<Roll::Ranks const>
Roll::ranks(std::string const& property,
            std::function<query::SortValue(std::uint32_t row)> const& value) const {
  std::scoped_lock const lock(mutex_);
  auto& kept = ranks_[property];
  if (!kept) kept = ranked(rows_.size(), value);
  return kept;
}

std::shared_ptr<RollConcepts const>
Roll::concepts(std::shared_ptr<ConceptUses const> const& uses) const {
  std::scoped_lock const lock(mutex_);
  if (concepts_ && concepts_->uses == uses) return concepts_;
  auto made = std::make_shared<RollConcepts>();
  made->uses = uses;
  made->begin.reserve(rows_.size() + 1);
  for (auto const& row : rows_) {
    made->begin.push_back(static_cast<std::uint32_t>(made->heads.size()));
    auto const heads = uses->counted_of(row.entry->number);
    made->heads.insert(made->heads.end(), heads.begin(), heads.end());
  }
  made->begin.push_back(static_cast<std::uint32_t>(made->heads.size()));
  concepts_ = std::move(made);
  return concepts_;
}

// ---- Keeper

std::shared_ptr<Roll const> RollKeeper::made_of(RollEdition const& edition) const {
  std::scoped_lock const lock(mutex_);
  for (auto const& roll : last_) {
    if (roll && roll->edition() == edition) return roll;
  }
  return nullptr;
}

std::shared_ptr<Roll const> RollKeeper::made_or_turn(RollEdition const& edition) {
  constexpr std::chrono::milliseconds between_looks{20};
  std::unique_lock lock(mutex_);
  for (;;) {
    for (auto const& roll : last_) {
      if (roll && roll->edition() == edition) return roll;
    }
    if (!is_being_made_) break;
    ended_.wait_for(lock, between_looks);
    if (geometry::is_late()) throw geometry::Late();
  }
  is_being_made_ = true;
  return nullptr;
}

/// \param roll  null: it could not be made
void RollKeeper::end_turn(std::shared_ptr<Roll const> roll) {
  {
    std::scoped_lock const lock(mutex_);
    is_being_made_ = false;
    if (roll) last_[1] = std::exchange(last_[0], std::move(roll));
  }
  ended_.notify_all();
}

std::shared_ptr<Roll const> RollKeeper::at(Directory const& directory, RollEdition const& edition,
                                           Read const& read) {
  if (auto made = made_or_turn(edition)) return made;
  try {
    if (epoch_ != edition.epoch || languages_ != edition.languages) known_.clear();
    epoch_ = edition.epoch;
    languages_ = edition.languages;
    std::vector<Roll::Row> rows;
    rows.reserve(directory.entries().size() + directory.others().size());
    add_rows(directory.entries(), true, read, rows);
    add_rows(directory.others(), false, read, rows);
    if (known_.size() > directory.entries().size() + directory.others().size()) {
      forget_others(directory);
    }
    auto roll = std::make_shared<Roll const>(edition, std::move(rows));
    end_turn(roll);
    return roll;
  } catch (...) {
    end_turn(nullptr);
    throw;
  }
}

void RollKeeper::add_rows(EntryMap const& entries, bool are_collections, Read const& read,
                          std::vector<Roll::Row>& rows) {
  for (auto const& [number, entry] : entries) {
    auto& known = known_[number];
    if (known.sequence != entry->last_change()) {
      if (geometry::is_late()) throw geometry::Late();
      known.facts = read(*entry, are_collections);
      known.sequence = entry->last_change();
    }
    if (!known.facts) continue;
    rows.push_back({.entry = entry, .facts = known.facts, .is_collection = are_collections});
  }
}

void RollKeeper::forget_others(Directory const& directory) {
  std::erase_if(known_, [&](auto const& row) {
    return !directory.entries().contains(row.first) && !directory.others().contains(row.first);
  });
}

} // namespace terracat::catalogue
