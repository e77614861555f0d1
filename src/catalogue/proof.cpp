#include "catalogue/proof.hpp"

#include "catalogue/cluster_keys.hpp"
#include "catalogue/corrections.hpp"
#include "catalogue/damage.hpp"
#include "formats/record_json.hpp"
#include "formats/stac_text.hpp"
#include "index/record_words.hpp"
#include "store/record_numbers.hpp"

#include <terracat/format.hpp>

#include <algorithm>

namespace terracat::catalogue {
namespace {

constexpr std::size_t piece = 1'000; ///< rows that are read at once

std::string number_of(RecordNumber number) {
  return std::to_string(static_cast<std::int64_t>(number));
}

std::string number_of(ItemNumber number) {
  return std::to_string(static_cast<std::int64_t>(number));
}

std::string joined(std::vector<std::string> const& names) {
  std::string out;
  for (auto const& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// Which language was preferred when a title was written is nowhere said: any of the record's own
/// is right.
bool is_title_of(std::string_view title, model::Record const& record) {
  auto const& entries = record->title.entries();
  return std::ranges::any_of(entries, [&](auto const& entry) { return entry.text == title; });
}

/// Goes through a catalogue, and tells what is wrong or puts it right.
class Walk {
 public:
  /// \param writer  null: nothing is put right
  Walk(store::Reader& reader, store::Writer* writer, Rules const& rules)
      : reader_(reader), writer_(writer), rules_(rules) {}

  std::vector<std::string> run(OnProgress const& progress) {
    begin();
    auto const numbers = store::record_numbers(reader_);
    end();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      tell_ = [&] { progress(static_cast<double>(i) / static_cast<double>(numbers.size())); };
      tell_();
      begin(); // one state for a record and its items; none is held longer
      if (auto const row = reader_.record(numbers[i])) {
        guarded("record " + number_of(row->number), [&] { look_at(*row); });
      }
      end();
    }
    progress(1);
    return std::move(said_);
  }

 private:
  // A writer's own reader has the state of its transaction, and keeps it.
  void begin() {
    if (writer_ == nullptr) reader_.begin();
  }

  void end() {
    if (writer_ == nullptr) reader_.end();
  }

  void look_at(store::RecordRow const& row) {
    auto const texts = reader_.record_texts(row.number);
    if (!texts) return; // the store tells of it
    auto const record = formats::from_record_json(texts->record, records_);
    if (!record) return say("record " + number_of(row.number) + ": its text cannot be read");
    check_identifiers(row);
    auto const corrections = reader_.corrections(row.source, row.native_id);
    auto const answered = corrected(*record, corrections, rules_.languages);
    auto write = record_write(row.source, *record, corrections, rules_.languages);
    write.number = row.number;
    write.id = row.id;
    if (is_marked(texts->body, answered)) {
      if (is_title_of(row.title, answered)) write.title = row.title;
      write.texts = *texts;
    } else {
      say("record " + number_of(row.number) + ": its texts do not say what was corrected");
      if (writer_ != nullptr) writer_->put(write);
    }
    auto const differing = reader_.differences(row.number, write);
    if (!differing.empty()) {
      say("record " + number_of(row.number) + ": not as its text says: " + joined(differing));
      if (writer_ != nullptr) writer_->put(write);
    }
    check_keys(row, *record);
    if (record->is_collection()) look_at_items(row, *texts);
  }

  /// The text of a collection has the marks of what was corrected, and no others.
  bool is_marked(std::string const& body, model::Record const& answered) {
    bool const has_marks = body.find(formats::corrected_member) != std::string::npos;
    if (body.empty() || (!has_marks && answered->corrected.empty())) return true;
    auto const text = bodies_.parse("{" + body + "]}");
    auto const marks = text ? text->member(formats::corrected_member) : std::nullopt;
    if (!marks) return answered->corrected.empty();
    return marks->text() == formats::corrected_text(answered->corrected);
  }

  void check_identifiers(store::RecordRow const& row) {
    check_identifier(row, row.id, "id");
    // One row stands for both if they are the same.
    if (row.native_id != row.id) check_identifier(row, row.native_id, "native");
  }

  void check_identifier(store::RecordRow const& row, std::string const& id,
                        std::string_view scheme) {
    auto const leads_to = reader_.records_by_identifier(id);
    if (std::ranges::find(leads_to, row.number) != leads_to.end()) return;
    say("record " + number_of(row.number) + ": its identifier does not lead to it");
    if (writer_ != nullptr) writer_->put_identifier(id, scheme, row.number);
  }

  void check_keys(store::RecordRow const& row, model::Record const& record) {
    auto const words = reader_.record_words(row.number);
    if (!words || words->version != index::word_rules) return; // they are still to be made
    auto const keys = cluster_keys(record);
    if (std::ranges::is_permutation(keys, reader_.keys(row.number))) return;
    say("record " + number_of(row.number) + ": its keys are not those of its identifiers");
    if (writer_ != nullptr) writer_->put_keys(row.number, keys);
  }

  void look_at_items(store::RecordRow const& collection, store::RecordTexts const& texts) {
    Derived anew;
    bool is_whole = true;
    ItemNumber last{0};
    for (;;) {
      tell_();
      auto const extents = reader_.item_extents(collection.number, last, piece);
      for (auto const& extent : extents) {
        last = extent.number;
        ++anew.items;
        is_whole = look_at_item(collection, extent, anew) && is_whole;
      }
      if (extents.size() < piece) break;
    }
    // Without one of its items nobody can say what a collection should say of them.
    if (is_whole) compare(collection, anew, texts);
  }

  /// \return  false if it could not be read
  bool look_at_item(store::RecordRow const& collection, store::ItemExtent const& extent,
                    Derived& anew) {
    auto const where = "item " + number_of(extent.number);
    bool is_read = false;
    guarded(where, [&] {
      auto const row = reader_.item(extent.number);
      if (!row) return;
      auto item = read(collection, *row);
      if (!item) return say(where + ": its body cannot be read");
      is_read = true;
      store::ItemWrite const write{.number = row->number,
                                   .collection = collection.number,
                                   .id = row->id,
                                   .source = row->source,
                                   .hash = row->hash,
                                   .item = std::move(*item)};
      auto const differing = reader_.differences(row->number, write);
      if (!differing.empty()) {
        say(where + ": not as its body says: " + joined(differing));
        if (writer_ != nullptr) writer_->put(write);
      }
      auto const& parts = *write.item;
      auto const bbox = parts.footprint ? std::optional(parts.footprint->bbox()) : std::nullopt;
      properties_.parse(parts.body);
      add_item(anew, bbox, write.item.period(), properties_);
    });
    return is_read;
  }

  /// The item as its body says, which is what a reading of it made.
  std::optional<model::Item> read(store::RecordRow const& collection, store::ItemRow const& row) {
    std::string body;
    reader_.body(row.number, body);
    auto const text = R"({"id":)" + json::quoted(row.native_id) + R"(,"collection":)" +
                      json::quoted(collection.native_id) + ',' + body + "]}";
    auto reading = formats::find("stac-item")
                       ->read(text, {.address = {},
                                     .language = {},
                                     .local_assets = {},
                                     .is_ours = true,
                                     .json = items_});
    auto const* const item = reading ? std::get_if<model::Item>(&reading->resource) : nullptr;
    if (item == nullptr) return std::nullopt;
    auto parts = **item;
    parts.body = std::move(body);
    parts.has_local_assets = row.has_local_assets;
    return model::Item::make(std::move(parts)).value();
  }

  void compare(store::RecordRow const& collection, Derived& anew, store::RecordTexts const& texts) {
    auto const where = "collection " + number_of(collection.number);
    std::size_t damage = 0; // which is as if nothing were kept
    auto const kept = reader_.derived(collection.number);
    auto const read = unless_damaged(damage, [&] { return derived_from_text(kept.value_or("")); });
    auto const known = read.value_or(Derived{.items = -1});
    anew.shown_change = known.shown_change;
    render(anew, texts.extent, texts.summaries);
    // What is marked as perhaps too wide may be so, but counts what there is.
    bool const is_right = known.is_exact ? known == anew : known.items == anew.items;
    if (is_right) return;
    say(where + ": what it says of its items is not what they say");
    if (writer_ == nullptr) return;
    anew.shown_change = writer_->pending().sequence;
    writer_->put_derived(collection.number, to_text(anew));
  }

  template<class Body>
  void guarded(std::string const& where, Body const& body) {
    try {
      body();
    } catch (store::StoreError const& error) {
      if (error.reason() != store::StoreError::Reason::corrupt) throw;
      // The store proves its values itself, and tells which are damaged.
      if (writer_ != nullptr) say(where + ": stays as it is: " + error.what());
    }
  }

  void say(std::string text) {
    if (said_.size() < most_said) said_.push_back(std::move(text));
  }

  static constexpr std::size_t most_said = 1'000; ///< damage has many alike

  store::Reader& reader_;
  store::Writer* writer_;
  Rules const& rules_;
  json::Parser records_;
  json::Parser items_;
  json::Parser bodies_;
  query::BodyProperties properties_;
  std::vector<std::string> said_;
  std::function<void()> tell_; ///< of the progress
};

} // namespace

std::vector<store::Fault> prove(store::Reader& reader, Rules const& rules,
                                OnProgress const& progress) {
  return Walk(reader, nullptr, rules).run(progress);
}

std::vector<std::string> put_right(store::Writer& writer, Rules const& rules,
                                   OnProgress const& progress) {
  return Walk(writer.reader(), &writer, rules).run(progress);
}

} // namespace terracat::catalogue
