#include "catalogue/committer.hpp"

#include "catalogue/keyword_decisions.hpp"
#include "formats/record_json.hpp"

#include <algorithm>

/// What a committer does when a record is to be answered otherwise, although its source said
/// nothing new.
namespace terracat::catalogue {

store::RecordWrite Committer::write_of(store::RecordRow const& row, std::string const& id) {
  json::Parser parser;
  auto& reader = writer_.reader();
  auto const texts = reader.record_texts(row.number).value();
  auto const said = formats::from_record_json(texts.record, parser).value();
  auto write = record_write(row.source, said, reader.corrections(row.source, row.native_id),
                            rules_.languages);
  write.number = row.number;
  write.id = id;
  return write;
}

void Committer::note_change(store::RecordWrite const& write) {
  auto const sequence = writer_.pending().sequence;
  directory_.note_record_change(sequence);
  auto const* const known = directory_.find(*write.number);
  Entry entry = known == nullptr ? Entry{.number = *write.number, .source = write.source} : *known;
  entry.id = write.id;
  entry.title = write.title;
  entry.record_change = sequence;
  if (known == nullptr) {
    directory_.put_other(std::move(entry));
  } else {
    directory_.put(std::move(entry));
  }
}

void Committer::apply(Edit const& edit) {
  for (auto const& key : edit.dropped) writer_.remove_correction(key);
  for (auto const& correction : edit.made) writer_.put_correction(correction);
  auto& reader = writer_.reader();
  auto const number = reader.record_by_native(edit.source, edit.native_id);
  if (!number) return;
  auto const row = reader.record(*number).value();
  auto const write = write_of(row, row.id);
  // Of what is no collection the title alone is kept as it is answered: there the text tells
  // nothing.
  bool const is_kept = model::is_collection_type(row.type);
  if (is_kept && write.title == row.title && write.texts == reader.record_texts(*number)) return;
  writer_.put(write);
  note_change(write);
}

void Committer::apply(KeywordEdit const& edit) {
  KeywordDecisions const known(writer_.reader().keyword_decisions());
  bool is_other = false;
  for (auto const& keyword : edit.dropped) {
    if (known.find(keyword) == nullptr) continue;
    writer_.remove_keyword_decision(keyword);
    is_other = true;
  }
  for (auto const& decision : edit.made) {
    auto const* const former = known.find(decision.keyword);
    bool const stands = former != nullptr && former->concept_uri == decision.concept_uri;
    if (stands && std::ranges::find(edit.dropped, decision.keyword) == edit.dropped.end()) continue;
    writer_.put_keyword_decision(decision);
    is_other = true;
  }
  if (!is_other) return;
  writer_.advance();
  directory_.note_record_change(writer_.pending().sequence);
}

} // namespace terracat::catalogue
