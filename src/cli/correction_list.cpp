#include "cli/correction_list.hpp"

#include "catalogue/corrections.hpp"
#include "catalogue/renamings.hpp"
#include "cli/terminal.hpp"
#include "formats/record_json.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace terracat::cli {
namespace {

using State = ShownCorrection::State;

std::string_view name(State state) noexcept {
  switch (state) {
  case State::applied:
    return "applied";
  case State::needless:
    return "same-as-source";
  case State::record_gone:
    return "record-gone";
  case State::unknown:
    return "unknown-field";
  }
  return "";
}

std::string time_text(model::Instant at) {
  return model::to_iso8601(model::Instant(at.milliseconds() / 1'000 * 1'000));
}

/// What each correction does to what the source said.
void judge(std::vector<ShownCorrection>& shown, model::Record const& said,
           std::vector<store::Correction> const& corrections,
           std::vector<std::string> const& languages) {
  auto const answered = catalogue::corrected(said, corrections, languages);
  for (auto& one : shown) {
    auto const& key = one.correction.key;
    auto const* const field = catalogue::find_correctable(key.field);
    if (field == nullptr) continue;
    one.said = field->said(*said, key.language, languages);
    bool const is_marked =
        std::ranges::any_of(answered->corrected, [&](model::Corrected const& mark) {
          return mark.member == key.field && mark.language == key.language;
        });
    one.state = is_marked ? State::applied : State::needless;
  }
}

void write(json::Writer& out, CorrectedRecord const& record) {
  out.begin_object().name("id").string(record.id).name("source").string(record.source);
  out.name("native_id").string(record.native_id).name("in_catalogue").boolean(record.is_there);
  out.member("title", record.title).name("corrections").begin_array();
  for (auto const& [correction, state, said] : record.corrections) {
    out.begin_object().name("field").string(correction.key.field);
    out.member("language", correction.key.language).name("value").string(correction.value);
    out.name("state").string(name(state)).member("source_says", said);
    out.name("by").string(correction.author).name("at").string(time_text(correction.at));
    out.member("reason", correction.reason).end_object();
  }
  out.end_array().end_object();
}

} // namespace

CorrectedRecord corrected_record(store::Reader& reader, std::string const& source,
                                 std::string const& native_id,
                                 std::vector<std::string> const& languages) {
  CorrectedRecord out{.id = native_id, .source = source, .native_id = native_id, .title = {}};
  auto const corrections = reader.corrections(source, native_id);
  auto const number = reader.record_by_native(source, native_id);
  for (auto const& correction : corrections) {
    if (catalogue::is_refusal(correction.key)) continue;
    bool const is_known = catalogue::find_correctable(correction.key.field) != nullptr;
    out.corrections.push_back({.correction = correction,
                               .state = is_known ? State::record_gone : State::unknown,
                               .said = {}});
  }
  if (!number) return out;
  auto const row = reader.record(*number).value();
  out.id = row.id;
  out.title = row.title;
  out.is_there = true;
  json::Parser parser;
  auto const said =
      formats::from_record_json(reader.record_texts(*number).value().record, parser).value();
  judge(out.corrections, said, corrections, languages);
  return out;
}

std::vector<CorrectedRecord> corrected_records(store::Reader& reader,
                                               std::vector<std::string> const& languages) {
  std::vector<CorrectedRecord> out;
  for (auto const& correction : reader.corrections()) { // in order of their records
    auto const& key = correction.key;
    if (catalogue::is_refusal(key)) continue;
    bool const is_known =
        !out.empty() && out.back().source == key.source && out.back().native_id == key.native_id;
    if (!is_known) out.push_back(corrected_record(reader, key.source, key.native_id, languages));
  }
  return out;
}

std::string to_text(CorrectedRecord const& record) {
  auto text = plain_line(record.id) + " (source " + plain_line(record.source) + "): " +
              (record.is_there ? plain_line(record.title)
                               : "not in the catalogue; kept in case it comes back") +
              '\n';
  if (record.corrections.empty()) text += "  nothing is corrected\n";
  for (auto const& [correction, state, said] : record.corrections) {
    text += "  " + catalogue::place_name(correction.key) + ": " + plain_line(correction.value) +
            "\n      ";
    if (state == State::needless) {
      text += "the source says the same by now";
    } else if (state == State::unknown) {
      text += "not applied: this terracat knows no such field";
    } else if (state == State::record_gone) {
      text += "not applied: the record is gone";
    } else {
      text += said.empty() ? "the source says nothing" : "the source says: " + plain_line(said);
    }
    text += "\n      by " + plain_line(correction.author) + ", " + time_text(correction.at);
    if (!correction.reason.empty()) text += ": " + plain_line(correction.reason);
    text += '\n';
  }
  return text;
}

std::string to_text(std::vector<CorrectedRecord> const& records) {
  if (records.empty()) return "nothing is corrected\n";
  std::ostringstream out;
  auto const row = [&](std::string_view id, std::string_view place, std::string_view state,
                       std::string_view author, std::string_view at, std::string_view value) {
    out << std::left << std::setw(24) << plain_line(id) << ' ' << std::setw(16) << place << ' '
        << std::setw(15) << state << ' ' << std::setw(12) << plain_line(author) << ' '
        << std::setw(21) << at << plain_line(value) << '\n';
  };
  row("RECORD", "FIELD", "STATE", "BY", "AT", "VALUE");
  for (auto const& record : records) {
    for (auto const& [correction, state, said] : record.corrections) {
      row(record.id, catalogue::place_name(correction.key), name(state), correction.author,
          time_text(correction.at), excerpt(correction.value));
    }
  }
  return out.str();
}

std::string to_json(CorrectedRecord const& record) {
  json::Writer out;
  write(out, record);
  return out.take() + '\n';
}

std::string to_json(std::vector<CorrectedRecord> const& records) {
  json::Writer out;
  out.begin_object().name("records").begin_array();
  for (auto const& record : records) write(out, record);
  return out.end_array().end_object().take() + '\n';
}

} // namespace terracat::cli
