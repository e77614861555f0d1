#include "catalogue/corrections.hpp"
#include "catalogue/identity.hpp"
#include "cli/account.hpp"
#include "cli/commands.hpp"
#include "cli/correction_list.hpp"
#include "cli/here_or_there.hpp"
#include "cli/terminal.hpp"
#include "formats/json/identifier_text.hpp"
#include "formats/words/text.hpp"
#include "query/queryables.hpp"
#include "store/stores.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace terracat::cli {
namespace {

/// What a data manager means, whether it is in the catalogue or only was.
struct Target {
  std::string source;
  std::string native_id;
};

Problem not_found(std::string detail) {
  return {.kind = ProblemKind::not_found, .detail = std::move(detail), .where = {}};
}

/// A record that is gone, of which something is corrected.
std::optional<Target> gone_record(store::Reader& reader, config::Config const& config,
                                  std::string const& id) {
  for (auto const& correction : reader.corrections()) {
    auto const& [source, native_id, field, language] = correction.key;
    auto const found = std::ranges::find(config.sources, source, &Source::name);
    auto const prefix = found == config.sources.end() ? std::string() : found->id_prefix;
    if (native_id == id || catalogue::record_id(prefix, native_id) == id) {
      return Target{source, native_id};
    }
  }
  return std::nullopt;
}

std::string nearest_ids(store::Reader& reader, std::string const& id) {
  constexpr std::size_t most = 2'000; // comparing more takes long
  auto const page = reader.records({.limit = most});
  if (page.has_more) return {};
  std::vector<std::string_view> ids;
  for (auto const& row : page.rows) ids.push_back(row.id);
  auto const near = query::nearest(id, ids);
  return near.empty() ? std::string() : "; did you mean " + listed(near) + "?";
}

Result<Target> target_of(store::Reader& reader, config::Config const& config,
                         std::string const& id) {
  auto const of = [&](RecordNumber number) {
    auto const row = reader.record(number).value();
    return Target{row.source, row.native_id};
  };
  if (auto const number = reader.record_by_id(id)) return of(*number);
  auto known_so = reader.records_by_identifier(id);
  if (known_so.empty()) {
    if (auto const doi = formats::stated_doi(id)) known_so = reader.records_by_identifier(*doi);
  }
  if (known_so.size() == 1) return of(known_so.front());
  if (known_so.size() > 1) {
    return not_found(
        "several records are known as '" + id + "': " +
        listed(known_so, [&](RecordNumber number) { return reader.record(number).value().id; }) +
        "; name one of them");
  }
  if (auto gone = gone_record(reader, config, id)) return std::move(*gone);
  return not_found("there is no record '" + id + "'" + nearest_ids(reader, id));
}

/// The corrections that are to be dropped, found by how they are called.
Result<std::vector<store::CorrectionKey>> dropped(std::vector<store::Correction> const& known,
                                                  EditRecord const& options,
                                                  catalogue::Languages languages) {
  std::vector<store::CorrectionKey> out;
  auto const name_of = [](store::Correction const& correction) {
    return catalogue::place_name(correction.key);
  };
  for (auto const& place : options.removed) {
    auto const found = std::ranges::find(known, place, name_of);
    if (found != known.end()) {
      out.push_back(found->key);
      continue;
    }
    if (auto const read = catalogue::read_place(place, languages); !read) return read.error();
    return not_found("'" + place + "' is not corrected" +
                     (known.empty() ? "" : "; corrected are " + listed(known, name_of)));
  }
  return out;
}

Result<std::vector<store::Correction>> made(Target const& target, EditRecord const& options,
                                            catalogue::Languages languages) {
  std::vector<store::Correction> out;
  auto const now = model::Instant::now();
  for (auto const& text : options.wordings) {
    auto wording = catalogue::read_wording(text, languages);
    if (!wording) return wording.error();
    out.push_back({.key = {.source = target.source,
                           .native_id = target.native_id,
                           .field = std::move(wording->field),
                           .language = std::move(wording->language)},
                   .value = std::move(wording->value),
                   .author = formats::one_line(options.author),
                   .at = now,
                   .reason = formats::one_line(options.reason)});
  }
  return out;
}

int complain(Console& console, Problem const& problem) {
  console.complain("terracat: " + plain_line(problem.detail) + "\n");
  return problem.kind == ProblemKind::not_found ? failed : bad_usage;
}

std::string shown(store::Reader& reader, Target const& target, config::Config const& config,
                  bool as_json) {
  auto const record =
      corrected_record(reader, target.source, target.native_id, config.site.languages);
  return as_json ? to_json(record) : to_text(record);
}

/// Reads beside whoever writes.
int show(config::Config const& config, EditRecord const& options) {
  OwnConsole console;
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  reader->begin();
  if (options.list) {
    auto const all = corrected_records(*reader, config.site.languages);
    console.say(options.json ? to_json(all) : to_text(all));
    return success;
  }
  auto const target = target_of(*reader, config, options.id);
  if (!target) return complain(console, target.error());
  console.say(shown(*reader, *target, config, options.json));
  return success;
}

} // namespace

int work(Workplace const& place, EditRecord const& options, Console& console) {
  auto const& languages = place.config.site.languages;
  auto const session = place.catalogue.session();
  auto& reader = session->reader();
  reader.begin();
  auto const target = target_of(reader, place.config, options.id);
  if (!target) return complain(console, target.error());
  auto const known = reader.corrections(target->source, target->native_id);
  auto keys = dropped(known, options, languages);
  if (!keys) return complain(console, keys.error());
  auto corrections = made(*target, options, languages);
  if (!corrections) return complain(console, corrections.error());
  reader.end();
  place.catalogue
      .submit(catalogue::Edit{.source = target->source,
                              .native_id = target->native_id,
                              .dropped = std::move(*keys),
                              .made = std::move(*corrections)})
      .get();
  reader.begin();
  console.say(shown(reader, *target, place.config, options.json));
  return success;
}

int run(config::Config const& config, EditRecord const& options) {
  if (!options.list && options.id.empty()) {
    std::cerr << "terracat: expected the id of a record, or --list\n";
    return bad_usage;
  }
  bool const is_question = options.wordings.empty() && options.removed.empty();
  bool const is_there = std::filesystem::exists(config.store.path);
  if (is_question || !is_there) return show(config, options); // says that there is none
  auto whole = options;
  if (whole.author.empty()) whole.author = account();
  return here_or_there(config, whole,
                       [&](Workplace const& place, Console& console, std::stop_token const&) {
                         return work(place, whole, console);
                       });
}

} // namespace terracat::cli
