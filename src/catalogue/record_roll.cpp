#include "catalogue/corrections.hpp"
#include "catalogue/damage.hpp"
#include "catalogue/view.hpp"
#include "formats/record_json.hpp"

#include <algorithm>

/// What searches among records know of them: read, kept and guessed.
namespace terracat::catalogue {
namespace {

/// What `make` makes of a record; null if this is damaged, which is told: one of many must not
/// spoil the search.
template<class Make>
auto unless_corrupt(KnownFacts const& known, RecordNumber number, Make const& make)
    -> decltype(make()) {
  try {
    return make();
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::corrupt) throw;
    if (known.unreadable) known.unreadable(number, error.what());
    return nullptr;
  }
}

} // namespace

model::Record View::answered(RecordNumber number, Entry const* entry) {
  auto const row = reader_.record(number);
  auto const text = reader_.record_text(number, &store::RecordTexts::record);
  if (!record_parser_) record_parser_.emplace();
  auto const said = row && text ? formats::from_record_json(*text, *record_parser_)
                                : Result<model::Record>(Problem{ProblemKind::store_corrupt});
  if (!said) {
    throw store::StoreError(store::StoreError::Reason::corrupt,
                            "record_text of record " +
                                std::to_string(static_cast<std::int64_t>(number)) +
                                " cannot be read");
  }
  auto record =
      corrected(*said, reader_.corrections(row->source, row->native_id), version_->languages());
  return entry == nullptr ? std::move(record) : with_items(record, entry->derived);
}

std::shared_ptr<RecordTexts const> View::texts_of(Roll::Row const& row) {
  auto const& entry = *row.entry;
  RecordEdition const edition{revision_.epoch, entry.last_change()};
  if (auto known = known_.texts.find(entry.number, edition)) return known;
  auto texts = unless_corrupt(known_, entry.number, [&] {
    return std::make_shared<RecordTexts const>(
        answered(entry.number, row.is_collection ? &entry : nullptr), version_->languages());
  });
  if (!texts) return std::make_shared<RecordTexts const>();
  known_.texts.keep(entry.number, edition, texts);
  return texts;
}

RollEdition View::roll_edition() const {
  return {.epoch = revision_.epoch,
          .sequence = directory().last_record_change(),
          .languages = version_->languages()};
}

Roll const& View::roll() {
  if (!roll_) {
    roll_ = known_.rolls.at(directory(), roll_edition(),
                            [this](Entry const& entry, bool is_collection) {
                              return unless_corrupt(known_, entry.number, [&] {
                                return std::make_shared<RecordFacts const>(
                                    answered(entry.number, is_collection ? &entry : nullptr),
                                    is_collection ? &entry.derived : nullptr, version_->languages(),
                                    known_.rolls.pool());
                              });
                            });
  }
  return *roll_;
}

Roll const* View::made_roll() {
  if (!roll_) roll_ = known_.rolls.made_of(roll_edition());
  return roll_.get();
}

void View::prepare() {
  static_cast<void>(guess_of(std::uint32_t{0}));
  known_.words.prepare(reader_, directory(), revision_.epoch);
}

std::optional<std::string_view> View::shown_as(Roll::Row const& row) const {
  auto const& entry = *row.entry;
  bool const is_empty = row.is_collection && entry.derived.items == 0;
  if (is_empty && !scope_.shows_empty_collections()) return std::nullopt;
  if (auto const* const members = scope_.members()) {
    auto const member = std::ranges::find(*members, entry.id, &Scope::Member::collection);
    bool const is_shown = row.is_collection && member != members->end();
    return is_shown ? std::optional<std::string_view>(member->shown_as) : std::nullopt;
  }
  return is_in_sources(entry.source) ? std::optional<std::string_view>(entry.id) : std::nullopt;
}

index::Locator View::locator() {
  return [this](RecordNumber number) -> std::optional<index::RecordPlace> {
    auto const row = roll().find(number);
    if (!row) return std::nullopt;
    if (auto const& box = roll().boxes()[*row]) return index::RecordPlace(*box);
    auto const* const guess = guess_of(*row);
    if (guess == nullptr) return std::nullopt;
    return index::RecordPlace(guess->box, guess->rule);
  };
}

index::Dater View::dater() {
  return [this](RecordNumber number) -> std::optional<model::Interval> {
    auto const row = roll().find(number);
    return row ? roll().periods()[*row] : std::nullopt;
  };
}

GuessedBox const* View::guess_of(std::uint32_t row) {
  static_cast<void>(roll());
  if (!guesses_) {
    guesses_ = known_.guesses.at(roll_, [this](Roll::Row const& one) {
      std::size_t damage = 0; // told when the roll was made
      return unless_damaged(damage, [&] {
        return answered(one.entry->number, one.is_collection ? one.entry.get() : nullptr);
      });
    });
  }
  return guesses_->find(row);
}

GuessedBox const* View::guess_of(RecordNumber number) {
  auto const row = roll().find(number);
  return row ? guess_of(*row) : nullptr;
}

model::LocalText View::title_of(RecordNumber number, Entry const* entry) {
  auto const* const all = made_roll();
  auto const place = all == nullptr ? std::nullopt : all->find(number);
  return place ? all->rows()[*place].facts->title() : answered(number, entry)->title;
}

model::LocalText View::title_of(ShownRecord const& record) {
  return title_of(record.row.number, record.entry);
}

model::LocalText View::title_of(ShownCollection const& collection) {
  return title_of(collection.entry->number, collection.entry);
}

} // namespace terracat::catalogue
